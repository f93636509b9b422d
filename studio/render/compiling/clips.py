"""Checks a clip against its source and turns it into an FFmpeg input."""

from __future__ import annotations

from collections.abc import Mapping

from core.media import Media
from studio.render.compiling.plan import SLACK, CannotRender, Input, voice_of
from studio.timeline.model import Clip

Sources = Mapping[str, Media]


def check(clip: Clip, sources: Sources) -> None:
    """Raises `CannotRender` if the source is missing or too short."""
    media = sources.get(clip.source)
    if media is None or (media.duration is None and not media.still):
        raise CannotRender("The draft names a file that is not in this session.")
    if not 0.05 <= clip.speed <= 100:
        raise CannotRender("The draft asks for a speed that nobody could watch.")
    if media.still:
        return
    taken = clip.offset if clip.loop else clip.offset + clip.used
    if taken > _length(clip, sources) + SLACK:
        raise CannotRender("The draft reaches beyond the end of a file.")


def input_of(clip: Clip, sources: Sources) -> Input:
    """The whole picture for a still, else the span that is used. Seeking before the input is exact and fast."""
    media = sources[clip.source]
    if media.still or is_whole(clip, sources):
        return Input(clip.source)
    if media.animated:  # it cannot be sought in: what is used of it is cut out in the graph
        return Input(clip.source, loop=_starts_again(clip, sources))
    return Input(clip.source, clip.offset or None, clip.used, loop=_starts_again(clip, sources))


def sound_input_of(clip: Clip, sources: Sources) -> Input:
    plain = input_of(clip, sources)
    if not clip.voice_only:
        return plain
    return Input(voice_of(clip.source), plain.seek, plain.length, plain.loop)


def sound_of(stream: int, clip: Clip, sources: Sources) -> str:
    """The sound of an input that players would play. A separated voice is a file of its own with one sound."""
    audio = sources[clip.source].audio
    return f"{stream}:a:{audio.number if audio and not clip.voice_only else 0}"


def is_whole(clip: Clip, sources: Sources) -> bool:
    return clip.offset == 0 and abs(_length(clip, sources) - clip.used) <= SLACK


def is_heard(clip: Clip, sources: Sources) -> bool:
    return clip.volume > 0 and sources[clip.source].audio is not None


def _starts_again(clip: Clip, sources: Sources) -> bool:
    return clip.loop and clip.offset + clip.used > _length(clip, sources) + SLACK


def _length(clip: Clip, sources: Sources) -> int:
    return round((sources[clip.source].duration or 0) * 1000)
