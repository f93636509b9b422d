"""Prepares the inputs of an encode: keeps voices, draws titles, measures and draws a sound."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from math import log10
from pathlib import Path
from typing import Protocol

from PIL import Image

from core.media import Ffmpeg, Media, safe_input, standard_picture
from core.media.streams import AudioStream
from studio.render.compiling import (
    STILL,
    STRIP,
    CannotRender,
    Input,
    Plan,
    Raw,
    compile_mono,
    compile_timeline,
    title_input,
    voice_of,
)
from studio.render.compiling.frame import Frame, frame_of
from studio.render.compiling.sound import loudest_of
from studio.render.output import Output
from studio.render.titles import draw_title
from studio.render.waveform.analysis import RATE, Sound
from studio.render.waveform.background import Still, designed_cover
from studio.render.waveform.scene import Scene, compose
from studio.separation.methods import Outcome
from studio.timeline.model import Timeline, TrackKind, Visual

Progress = Callable[[float], None]
_COVER = "scale=w='min(1920,iw)':h='min(1920,ih)':force_original_aspect_ratio=decrease"
_AT_THE_TOP = 0.5  # dB below the most that a file holds
_HEARD = 1.0  # dB: less is not worth a sentence
_NO_VOICE = "Voice and music cannot be separated here."


class KeepVoice(Protocol):
    """Returns the file with only the voice of a source, as long as the source; made in `work` if necessary."""

    def __call__(self, source: str, work: Path, on_progress: Progress) -> Awaitable[tuple[Path, Outcome]]: ...


@dataclass(frozen=True, slots=True)
class Ready:
    """A plan, the paths of its inputs, and the frames that are piped into it."""

    plan: Plan
    paths: Mapping[str, Path]
    sources: Mapping[str, Media]
    strip: Callable[[], Iterator[bytes]] | None = None

    def arguments(self) -> list[str]:
        return [option for each in self.plan.inputs for option in self._input(each)] + list(self.plan.options)

    def _input(self, wanted: Input | Raw) -> list[str]:
        if isinstance(wanted, Input):
            return [*wanted.options(), *safe_input(self.paths[wanted.source], self.sources.get(wanted.source))]
        source = "pipe:0" if wanted.source == STRIP else f"file:{self.paths[wanted.source].absolute()}"
        return [*wanted.options(), "-i", source]


@dataclass(slots=True)
class Preparation:
    """The preparation of one render. `work` is its own temporary folder; `paths` and `sources` are keyed by file id;
    `voices` are the outcomes of the voices that were kept.
    """

    ffmpeg: Ffmpeg
    work: Path
    paths: dict[str, Path]
    sources: dict[str, Media]
    keep_voice: KeepVoice | None = None
    on_progress: Progress = field(default=lambda _: None)
    voices: list[Outcome] = field(default_factory=list)

    async def limits_of(self, timeline: Timeline) -> list[str]:
        """Names of notices about sounds that were to be louder than a file can be. Call it after `ready`."""
        found: list[str] = []
        for clip in timeline.clips:
            media = self.sources.get(clip.source)
            gain = loudest_of(clip)
            if gain <= 1 or media is None or media.audio is None:
                continue
            name, number = (voice_of(clip.source), 0) if clip.voice_only else (clip.source, media.audio.number)
            peak = await self.ffmpeg.loudest(self.paths[name], number, clip.offset / 1000, clip.used / 1000)
            if peak is not None and peak > -_AT_THE_TOP:
                found.append("full-scale")
            elif peak is not None and peak + 20 * log10(gain) > _HEARD:
                found.append("held-back")
        return sorted(set(found))

    async def ready(self, timeline: Timeline, output: Output) -> Ready:
        """Raises `CannotRender`, `FfmpegFailed`."""
        await self._keep_voices(timeline)
        if timeline.visual and not output.sound_only:
            return await self._drawn(timeline, timeline.visual, output)
        pictures = timeline.of_kind(TrackKind.VIDEO)
        if timeline.titles and pictures and not output.sound_only:
            first = self.sources.get(pictures[0].source)
            frame = frame_of(timeline, first.video if first else None, output)
            await self._draw_titles(timeline, frame)
        return Ready(compile_timeline(timeline, self.sources, output), self.paths, self.sources)

    async def _keep_voices(self, timeline: Timeline) -> None:
        wanted = sorted({clip.source for clip in timeline.clips if clip.voice_only and clip.source in self.paths})
        for number, source in enumerate(wanted):
            if self.keep_voice is None:
                raise CannotRender(_NO_VOICE)
            report = partial(self._voice_progress, number, len(wanted))
            self.paths[voice_of(source)], outcome = await self.keep_voice(source, self.work, report)
            self.voices.append(outcome)
            media = self.sources[source]
            its_own = media.audio.number if media.audio else 0  # other clips may use the sound as it is
            self.sources[source] = replace(media, audio=AudioStream("pcm_s16le", 48000, "stereo", number=its_own))

    def _voice_progress(self, done: int, all_of_them: int, share: float) -> None:
        self.on_progress((done + share) / all_of_them)

    async def _draw_titles(self, timeline: Timeline, frame: Frame) -> None:
        for number, title in enumerate(timeline.titles):
            picture = self.work / f"title{number}.png"
            await asyncio.to_thread(draw_title, title, (frame.width, frame.height), picture)
            self.paths[title_input(title.id)] = picture

    async def _drawn(self, timeline: Timeline, visual: Visual, output: Output) -> Ready:
        frame = frame_of(timeline if timeline.width else replace(timeline, width=1920, height=1080), None, output)
        await self._draw_titles(timeline, frame)
        sound = self.work / "sound.raw"
        plan = Ready(compile_mono(timeline, self.sources, RATE), self.paths, self.sources)
        await self.ffmpeg.run(plan.arguments(), output=sound, duration=plan.plan.duration)
        scene = await self._scene(timeline, visual, frame, sound)
        self.paths[STILL] = scene.still
        compiled = compile_timeline(timeline, self.sources, output, scene.layout)
        return Ready(compiled, self.paths, self.sources, scene.strip)

    async def _scene(self, timeline: Timeline, visual: Visual, frame: Frame, sound: Path) -> Scene:
        heard = self.sources[timeline.clips[0].source]
        title = visual.title or heard.title or timeline.title
        cover = await self._picture(visual.cover, "cover.png")
        if cover is None and heard.cover:
            cover = await self._picture(timeline.clips[0].source, "cover.png")
        behind = await self._picture(visual.background, "behind.png")

        def draw() -> Scene:
            front = _opened(cover) or (_opened(behind) if not visual.shows_cover else None) or designed_cover(title)
            still = Still(front, _opened(behind), visual.shows_cover, title, visual.artist or heard.artist)
            size, seconds = (frame.width, frame.height), timeline.duration / 1000
            return compose(still, Sound(sound), visual.look, size=size, seconds=seconds, to=self.work / "still.yuv")

        return await asyncio.to_thread(draw)

    async def _picture(self, source: str, name: str) -> Path | None:
        """Decodes an untrusted picture with FFmpeg in its own process; Pillow only opens the PNG that FFmpeg wrote."""
        if not source:
            return None
        if source not in self.paths:
            raise CannotRender("The draft names a file that is not in this session.")
        picture = self.work / name
        media = self.sources.get(source)
        whole = standard_picture(media.video) if media and media.video else []
        shown = ",".join([*whole, _COVER])
        args = [*safe_input(self.paths[source], media), "-map", "0:v:0", "-frames:v", "1", "-vf", shown]
        await self.ffmpeg.run([*args, "-pix_fmt", "rgb24", "-update", "1"], output=picture)
        return picture


def _opened(picture: Path | None) -> Image.Image | None:
    return Image.open(picture).convert("RGB") if picture else None
