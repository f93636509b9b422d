"""Operations applied to a timeline. Pure: the same clip ids come out for the same input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import assert_never

from studio.operations import ExtractAudio, Merge, Mute, Operation, Trim
from studio.records import SourceFile
from studio.timeline import Clip, SoundOnly, Timeline, Track, TrackKind

_SHORTEST = 100  # ms: less is a slip of the tongue, and no player shows it


class CannotApply(Exception):
    """The request is clear and cannot be done here. `key` names the sentence."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Step:
    """One operation done. `sound` is the file that a merge laid under."""

    operation: Operation
    before: Timeline
    after: Timeline
    sound: SourceFile | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """What a turn works with: where it begins, and the sounds it may lay under."""

    base: Timeline
    sounds: tuple[SourceFile, ...] = ()


def begin(file: SourceFile) -> Timeline:
    """A project of one file, as it was recorded. Raises `CannotApply` for a picture."""
    if file.duration is None or file.kind == "image":
        raise CannotApply("picture", name=file.name)
    clip = Clip(f"clip_{file.id[:12]}", file.id, file.name, start=0, duration=file.duration)
    kind = TrackKind.VIDEO if file.kind == "video" else TrackKind.AUDIO
    if kind is TrackKind.VIDEO and not file.sound:
        clip = replace(clip, volume=0.0)
    return Timeline(PurePath(file.name).stem, (Track(kind, (clip,)),), file.width or 0, file.height or 0)


def apply(operations: Sequence[Operation], material: Material) -> list[Step]:
    """The operations done one by one, in an order in which none undoes another. Raises `CannotApply`."""
    steps: list[Step] = []
    timeline = material.base
    for operation in sorted(operations, key=_rank):
        sound = material.sounds[-1] if isinstance(operation, Merge) and material.sounds else None
        after = _applied(operation, timeline, sound)
        steps.append(Step(operation, timeline, after, sound))
        timeline = after
    return steps


def _applied(operation: Operation, timeline: Timeline, sound: SourceFile | None) -> Timeline:
    match operation:
        case Mute():
            return _mute(timeline)
        case Merge():
            return _merge(timeline, operation, sound)
        case Trim():
            return _trim(timeline, operation)
        case ExtractAudio():
            return _extract(timeline, operation)
        case _:
            assert_never(operation)


def _rank(operation: Operation) -> int:
    """Muting is of what was there before a merge; a trim is of the whole; the sound is taken last."""
    return (Mute, Merge, Trim, ExtractAudio).index(type(operation))


def _mute(timeline: Timeline) -> Timeline:
    if not timeline.of_kind(TrackKind.VIDEO):
        raise CannotApply("mute_sound_only")
    silent = tuple(replace(clip, volume=0.0) for clip in timeline.of_kind(TrackKind.VIDEO))
    return timeline.with_clips(TrackKind.AUDIO, ()).with_clips(TrackKind.VIDEO, silent)


def _merge(timeline: Timeline, merge: Merge, sound: SourceFile | None) -> Timeline:
    pictures = timeline.of_kind(TrackKind.VIDEO)
    if not pictures:
        raise CannotApply("merge_needs_video")
    if sound is None:
        raise CannotApply("merge_needs_audio")
    length = min(sound.duration or 0, timeline.duration)
    clip = Clip(f"clip_{sound.id[:12]}", sound.id, sound.name, start=0, duration=length)
    if not merge.mix:
        pictures = tuple(replace(picture, volume=0.0) for picture in pictures)
        return timeline.with_clips(TrackKind.VIDEO, pictures).with_clips(TrackKind.AUDIO, (clip,))
    return replace(timeline, tracks=(*timeline.tracks, Track(TrackKind.AUDIO, (clip,))))


def _trim(timeline: Timeline, trim: Trim) -> Timeline:
    start, end = span_of(trim, timeline.duration)
    tracks = tuple(
        Track(track.kind, tuple(cut for clip in track.clips if (cut := _cut(clip, start, end))))
        for track in timeline.tracks
    )
    return replace(timeline, tracks=tuple(track for track in tracks if track.clips))


def span_of(trim: Trim, length: int) -> tuple[int, int]:
    """What a trim keeps of `length`, in ms. Raises `CannotApply`."""
    if trim.end is not None and 0 <= trim.end < trim.start:
        raise CannotApply("trim_reversed", start=clock(trim.start * 1000), end=clock(trim.end * 1000))

    def place(seconds: float) -> int:
        ms = round(seconds * 1000)
        return min(length, max(0, ms + length if ms < 0 else ms))

    start, end = place(trim.start), length if trim.end is None else place(trim.end)
    if end - start < _SHORTEST:
        outside = start == end in (0, length)
        raise CannotApply("trim_outside" if outside else "trim_empty", length=clock(length))
    return start, end


def _cut(clip: Clip, start: int, end: int) -> Clip | None:
    first, last = max(clip.start, start), min(clip.end, end)
    if last - first <= 0:
        return None
    return replace(clip, start=first - start, duration=last - first, offset=clip.offset + first - clip.start)


def _extract(timeline: Timeline, extract: ExtractAudio) -> Timeline:
    """Only what can be heard stays; the tracks of the sounds lie one over the other."""
    heard = [clip for clip in timeline.clips if clip.volume > 0]
    if not heard:
        raise CannotApply("no_sound")
    tracks = tuple(Track(TrackKind.AUDIO, (clip,)) for clip in heard)
    return Timeline(timeline.title, tracks, sound_only=SoundOnly(extract.kind, extract.bitrate_k))


def clock(ms: float, digits: int = 1) -> str:
    """0:03.5 for 3500: minutes and seconds, with the tenth that is nearest where there is one to speak of.

    `digits` 2 is for times that somebody has named, which are repeated as they were said.
    """
    minutes, seconds = divmod(round(ms / 1000, digits), 60)
    return f"{minutes:.0f}:{seconds:0{digits + 3}.{digits}f}".rstrip("0").removesuffix(".")
