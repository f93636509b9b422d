"""A timeline to one FFmpeg run. Pure: what is known of the sources is handed in.

One graph and one encode. Video is copied where no edit touches its pixels or cuts it between key frames; sound
is copied where it is what was asked for already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.media import AudioStream, Media, VideoStream, aac_args, mp3_args
from studio.output import Output, Quality
from studio.timeline import Clip, Timeline, TrackKind

_SLACK = 60  # ms between what a container says and its last frame: not a cut


class CannotRender(Exception):
    """The draft does not fit its sources, or the output does not fit the draft. The text is for the client."""


@dataclass(frozen=True, slots=True)
class Input:
    """A source, read from `seek` for `length` ms; all of it where they are None."""

    source: str
    seek: int | None = None
    length: int | None = None

    def options(self) -> list[str]:
        seek = [] if self.seek is None else ["-ss", _seconds(self.seek)]
        return seek if self.length is None else [*seek, "-t", _seconds(self.length)]


@dataclass(frozen=True, slots=True)
class Plan:
    """Inputs in their order, then the options of the output. `duration` in seconds is what will come out."""

    inputs: tuple[Input, ...]
    options: tuple[str, ...]
    duration: float


def compile_timeline(timeline: Timeline, sources: Mapping[str, Media], output: Output) -> Plan:
    """Raises `CannotRender`."""
    clips = [_within(clip, sources) for clip in timeline.clips]
    heard = [clip for clip in clips if clip.volume > 0 and sources[clip.source].audio]
    pictures = [_within(clip, sources) for clip in timeline.of_kind(TrackKind.VIDEO)]
    length = max(clip.end for clip in clips)
    if output.sound_only or not pictures:
        return _sound_plan(heard, sources, output, length)
    if len(pictures) > 1 or pictures[0].start:
        raise CannotRender("Only one video track that starts at zero can be rendered.")
    return _picture_plan(pictures[0], heard, sources, output, length)


def _within(clip: Clip, sources: Mapping[str, Media]) -> Clip:
    media = sources.get(clip.source)
    if media is None or media.duration is None:
        raise CannotRender("The draft names a file that is not in this session.")
    if clip.offset + clip.duration > round(media.duration * 1000) + _SLACK:
        raise CannotRender("The draft reaches beyond the end of a file.")
    return clip


def _sound_plan(heard: Sequence[Clip], sources: Mapping[str, Media], output: Output, length: int) -> Plan:
    if not heard:
        raise CannotRender("There is no sound to export.")
    inputs = tuple(_input(clip, sources) for clip in heard)
    plain = _is_plain(heard, sources, length)
    audio = sources[heard[0].source].audio
    codec = _sound_codec(audio, output, plain=plain)
    return Plan(inputs, (*_sound_graph(heard, 0, length, plain=plain), "-vn", "-sn", "-dn", *codec), length / 1000)


def _picture_plan(
    picture: Clip, heard: Sequence[Clip], sources: Mapping[str, Media], output: Output, length: int
) -> Plan:
    media = sources[picture.source]
    if media.video is None:
        raise CannotRender("The video track holds no video.")
    others = [clip for clip in heard if clip is not picture and clip != picture]
    own = [picture] if picture in heard else []
    inputs = (_input(picture, sources), *(_input(clip, sources) for clip in others))
    video = ["-map", "0:V:0", *_video_codec(media.video, output, whole=_is_whole(picture, sources))]
    sounds = [*own, *others]
    if not sounds:
        return Plan(inputs, (*video, "-an", "-sn", "-dn", "-movflags", "+faststart"), length / 1000)
    plain = _is_plain(sounds, sources, length)
    graph = _sound_graph(sounds, 0 if own else 1, length, plain=plain)
    codec = _sound_codec(sources[sounds[0].source].audio, output, plain=plain)
    return Plan(inputs, (*video, *graph, "-sn", "-dn", *codec), length / 1000)


def _input(clip: Clip, sources: Mapping[str, Media]) -> Input:
    if _is_whole(clip, sources):
        return Input(clip.source)
    return Input(clip.source, seek=clip.offset or None, length=clip.duration)


def _is_whole(clip: Clip, sources: Mapping[str, Media]) -> bool:
    length = round((sources[clip.source].duration or 0) * 1000)
    return clip.offset == 0 and abs(length - clip.duration) <= _SLACK


def _is_plain(heard: Sequence[Clip], sources: Mapping[str, Media], length: int) -> bool:
    """One sound as it was recorded, from the beginning: nothing to compute."""
    clip = heard[0]
    return len(heard) == 1 and clip.volume == 1 and clip.start == 0 and _is_whole(clip, sources)


def _sound_graph(heard: Sequence[Clip], first: int, length: int, *, plain: bool) -> list[str]:
    """Maps the sound. `first` is the input of the first clip; the others follow it."""
    if plain:
        return ["-map", f"{first}:a:0"]
    chains = []
    for index, clip in enumerate(heard):
        place = f"adelay={clip.start}:all=1," if clip.start else ""
        chains.append(f"[{first + index}:a:0]{place}volume={clip.volume:.4f}[s{index}]")
    mixed = "".join(f"[s{index}]" for index in range(len(heard)))
    if len(heard) > 1:
        mixed += f"amix=inputs={len(heard)}:duration=longest:normalize=0,alimiter=limit=0.95:level=0,"
    chains.append(f"{mixed}atrim=end={length / 1000:.3f}[sound]")
    return ["-filter_complex", ";".join(chains), "-map", "[sound]"]


def _sound_codec(audio: AudioStream | None, output: Output, *, plain: bool) -> list[str]:
    match output.format:
        case "wav":
            return ["-c:a", "pcm_s16le"]
        case "mp3":
            if plain and audio and audio.codec == "mp3" and audio.bit_rate_k == output.bitrate_k:
                return ["-c:a", "copy"]
            return mp3_args(output.bitrate_k, audio.sample_rate if audio else None)
        case "mp4" | "m4a":
            # A client may make an MP3 of this yet, so what is encoded keeps room above it.
            codec = ["-c:a", "copy"] if plain and audio and audio.codec == "aac" else aac_args(256)
            return [*codec, "-movflags", "+faststart"]


def _video_codec(video: VideoStream, output: Output, *, whole: bool) -> list[str]:
    """Copied only if nothing cuts or scales it, and every player shows it as it is."""
    shown = video.codec == "h264" and video.pixel_format in ("yuv420p", "yuvj420p")
    short = output.short_side
    scaled = short is not None and min(video.width, video.height) > short
    if whole and shown and not scaled and output.quality is not Quality.DRAFT:
        return ["-c:v", "copy"]
    factor = short / min(video.width, video.height) if short and scaled else 1.0
    width, height = _even(video.width * factor), _even(video.height * factor)
    preset, crf = output.quality.encoder
    return [
        *("-vf", f"scale={width}:{height},setsar=1", "-c:v", "libx264"),
        *("-preset", preset, "-crf", str(crf), "-pix_fmt", "yuv420p"),
    ]


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.3f}"
