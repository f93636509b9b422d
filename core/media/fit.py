"""Makes a file fit a size: in two passes at the best that `core.media.fit_plan` finds, and never larger than asked."""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import assert_never

from core.media.ffmpeg import Ffmpeg, FfmpegFailed, Progress
from core.media.fit_plan import Below, GifPlan, PicturePlan, Plan, SoundPlan, Span, VideoPlan, aim_for, plan_fit
from core.media.inputs import safe_input
from core.media.recipes import aac_args, mp3_args
from core.media.standard import BT709, standard_picture
from core.media.streams import Media

log = logging.getLogger(__name__)

# The first pass takes about a third of the time of both.
_FIRST_SHARE = 0.35
# Encodes of the second pass: one as planned, one corrected, and one that is sure to fit.
_ATTEMPTS = 3
# Each further one aims at so much less of the limit.
_SAFETY = 0.005
# A file that fills less of the limit is encoded once more, unless its picture is as good as can be.
_FILLED = 0.95
_BEST_QUANTIZER = 16
_QUANTIZER = re.compile(r" q:(-?[\d.]+)")


@dataclass(frozen=True, slots=True)
class Fitted:
    """The file that fits. `facts` is what it holds, `size` in bytes."""

    path: Path
    size: int
    facts: Media


async def fit(
    ffmpeg: Ffmpeg,
    source: Path,
    limit: int,
    output: Path,
    *,
    span: Span | None = None,
    on_progress: Progress | None = None,
) -> Fitted | Below:
    """Makes `source`, or a piece of it, a file of at most `limit` bytes.

    `output` is its path without a suffix, which follows from what it becomes; what is needed meanwhile lies beside
    it. Cancelling kills FFmpeg at once. `Below` where it would be spoilt. Raises `FfmpegFailed`.
    """
    media = await ffmpeg.probe(source)
    if media is None:
        raise FfmpegFailed("no media")
    size = (await asyncio.to_thread(source.stat)).st_size
    plan = plan_fit(media, size, limit, span)
    if isinstance(plan, Below):
        return plan
    job = _Job(ffmpeg, source, media, limit, output, span, on_progress or (lambda _: None))
    made = await job.run(plan)
    facts = await ffmpeg.probe(made) if made else None
    if made is None or facts is None:
        return Below()
    return Fitted(made, (await asyncio.to_thread(made.stat)).st_size, facts)


def first_pass(media: Media, plan: VideoPlan, statistics: Path) -> list[str]:
    """FFmpeg's options between the input and the output. Sound needs no first pass."""
    return ["-map", "0:V:0", "-an", "-sn", "-dn", *_video_args(media, plan, plan.rate), *_pass(1, statistics)]


def second_pass(media: Media, plan: VideoPlan, rate: int, statistics: Path) -> list[str]:
    sound = [*_map_sound(media), *_sound_args(plan.sound)] if plan.sound else ["-an"]
    shown = ["-map", "0:V:0", *_video_args(media, plan, rate), *_pass(2, statistics)]
    return [*shown, *sound, "-sn", "-dn", "-movflags", "+faststart"]


def _pass(number: int, statistics: Path) -> list[str]:
    return ["-pass", str(number), "-passlogfile", str(statistics.absolute())]


def _map_sound(media: Media) -> list[str]:
    return ["-map", f"0:a:{media.audio.number if media.audio else 0}"]


def _video_args(media: Media, plan: VideoPlan, rate: int) -> list[str]:
    frames = [f"fps={plan.fps:.5g}"] if plan.fps else []
    # Sizes are as displayed, after rotation and pixel aspect: so the pixels become square.
    sized = [f"scale={plan.width}:{plan.height}", "setsar=1", "format=yuv420p"]
    colours = _colours(media, plan)
    # A frame is not taken out before the two fields of its neighbours were looked at.
    first = [*colours, *frames] if media.video and media.video.interlaced else [*frames, *colours]
    filters = ",".join([*first, *sized])
    encoder = ["-c:v", "libx264", "-preset", plan.preset, "-b:v", str(rate), "-qmin", str(_BEST_QUANTIZER)]
    return ["-vf", filters, *encoder, *BT709]


def _colours(media: Media, plan: VideoPlan) -> list[str]:
    """None for what has them already: a filter of every pixel costs time."""
    video = media.video
    usual = video and video.plain and video.pixel_format == "yuv420p" and video.matrix == "bt709"
    return [] if usual or video is None else standard_picture(video, max(plan.width, plan.height))


def _sound_args(plan: SoundPlan) -> list[str]:
    if plan.codec == "copy":
        return ["-c:a", "copy"]
    codec = mp3_args(plan.rate_k) if plan.codec == "mp3" else aac_args(plan.rate_k)
    return [*codec, "-ac", "1" if plan.mono else "2"]


@dataclass(frozen=True, slots=True)
class _Job:
    ffmpeg: Ffmpeg
    source: Path
    media: Media
    limit: int
    output: Path
    span: Span | None
    on_progress: Progress

    async def run(self, plan: Plan) -> Path | None:
        """The file, None where no attempt fits."""
        match plan:
            case VideoPlan():
                return await self._video(plan)
            case SoundPlan():
                return await self._sound(plan)
            case GifPlan():
                return await self._gif(plan)
            case PicturePlan():
                return await self._picture(plan)
            case _:
                assert_never(plan)

    async def _video(self, plan: VideoPlan) -> Path | None:
        statistics = self.output.with_name(f"{self.output.name}-pass")
        try:
            await self._through(first_pass(self.media, plan, statistics), 0.0, _FIRST_SHARE)
            return await self._second_passes(plan, statistics)
        finally:
            for path in statistics.parent.glob(f"{statistics.name}-*"):
                path.unlink(missing_ok=True)

    async def _second_passes(self, plan: VideoPlan, statistics: Path) -> Path | None:
        """One, and another with a corrected rate where it misses; the best of those that fit."""
        best, rate, made = None, plan.rate, self._named("mp4")
        # Sound and container do not grow with the picture's rate.
        aim = self.limit * aim_for(self._length)
        fixed = 0.0 if plan.capped else max(0.0, aim - plan.rate * self._length / 8)
        for attempt in range(1, _ATTEMPTS + 1):
            tried = made.with_stem(f"{made.stem}-{attempt}")
            await self._through(second_pass(self.media, plan, rate, statistics), _FIRST_SHARE, 1.0, tried)
            size = await _size_of(tried)
            log.info("made to fit: %s of %s bytes at %s b/s", size, self.limit, rate)
            if size <= self.limit:
                best = await _better(best, tried)
            if best and (attempt > 1 or size > self.limit * _FILLED or await _is_best(plan, statistics)):
                break
            aim -= self.limit * _SAFETY
            rate = max(1000, int(rate * (aim - fixed) / max(1.0, size - fixed)))
        return await asyncio.to_thread(best.replace, made) if best else None

    async def _sound(self, plan: SoundPlan) -> Path | None:
        kind, container = ("mp3", []) if plan.codec == "mp3" else ("m4a", ["-movflags", "+faststart"])
        made = self._named(kind)
        for rate in (plan.rate_k, plan.rate_k * 7 // 8):
            args = [*_map_sound(self.media), "-vn", *_sound_args(replace(plan, rate_k=rate)), *container]
            await self._through(args, 0.0, 1.0, made)
            if await _size_of(made) <= self.limit:
                return made
        return None

    async def _gif(self, plan: GifPlan) -> Path | None:
        made = self._named("gif")
        for factor in (1.0, 0.8, 0.6):
            width, height = (max(2, round(side * factor)) for side in (plan.width, plan.height))
            drawn = f"fps={plan.fps:.5g},scale={width}:{height}:flags=lanczos,split[a][b]"
            graph = f"{drawn};[a]palettegen[p];[b][p]paletteuse=dither=bayer:bayer_scale=4"
            await self._through(["-filter_complex", graph], 0.0, 1.0, made)
            if await _size_of(made) <= self.limit:
                return made
        return None

    async def _picture(self, plan: PicturePlan) -> Path | None:
        made = self._named("png" if plan.lossless else "jpg")
        for width, height, quality in plan.tries:
            drawn = ["-map", "0:v:0", "-frames:v", "1", "-update", "1", "-vf", f"scale={width}:{height}"]
            coded = [] if plan.lossless else ["-q:v", str(quality), "-pix_fmt", "yuvj420p"]
            await self._through([*drawn, *coded], 0.0, 1.0, made)
            if await _size_of(made) <= self.limit:
                return made
        return None

    async def _through(self, args: list[str], begin: float, end: float, output: Path | None = None) -> None:
        def report(share: float) -> None:
            self.on_progress(begin + share * (end - begin))

        piece = ["-ss", f"{self.span.start:.3f}", "-t", f"{self.span.length:.3f}"] if self.span else []
        await self.ffmpeg.run(
            [*piece, *safe_input(self.source, self.media), *args],
            output=output,
            duration=self._length,
            on_progress=report,
        )

    def _named(self, kind: str) -> Path:
        return self.output.with_name(f"{self.output.name}.{kind}")

    @property
    def _length(self) -> float:
        return self.span.length if self.span else self.media.duration or 0.0


async def _size_of(path: Path) -> int:
    return (await asyncio.to_thread(path.stat)).st_size


async def _better(best: Path | None, tried: Path) -> Path:
    return tried if best is None or await _size_of(tried) > await _size_of(best) else best


async def _is_best(plan: VideoPlan, statistics: Path) -> bool:
    """Whether more bits would not be seen: the first pass could spend no more, or was not meant to."""
    if plan.capped:
        return True
    text = await asyncio.to_thread(statistics.with_name(f"{statistics.name}-0.log").read_text, "ascii", "replace")
    quantizers = [float(found) for found in _QUANTIZER.findall(text)]
    return bool(quantizers) and sum(quantizers) / len(quantizers) < _BEST_QUANTIZER + 1
