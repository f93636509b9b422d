"""Operations applied to a timeline. Pure: the same clip ids come out for the same input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from studio.records import SourceFile
from studio.timeline import picture as showing
from studio.timeline import sound as mixing
from studio.timeline.cuts import is_music, keep, others, sped, united
from studio.timeline.material import SHORTEST, CannotApply, Material, Step, begin, clock, range_of, sound_of
from studio.timeline.model import Fit, Timeline, TrackKind
from studio.timeline.operations import (
    AddMusic,
    AddText,
    Cut,
    Duck,
    EditText,
    ExtractAudio,
    Fade,
    Join,
    Merge,
    Mute,
    Operation,
    RemoveMusic,
    RemoveText,
    SetAspect,
    SetVolume,
    Speed,
    StartOver,
    Trim,
    Visualize,
)
from studio.timeline.sound import each


def join(timeline: Timeline, files: Sequence[SourceFile]) -> Timeline:
    """The files behind what is there, in their order. Music that goes round goes on to the new end."""
    if not files:
        raise CannotApply("join_needs_more")
    joined = timeline
    for number, file in enumerate(files):
        joined = _behind(joined, file, number)
    length, whole = timeline.duration, joined.duration
    return each(
        joined,
        lambda clip: (
            replace(clip, duration=whole - clip.start) if is_music(clip) and clip.loop and clip.end == length else clip
        ),
    )


def _behind(timeline: Timeline, file: SourceFile, number: int) -> Timeline:
    begun = begin(file)
    [clip] = begun.clips
    kind = TrackKind.VIDEO if begun.of_kind(TrackKind.VIDEO) else TrackKind.AUDIO
    before = timeline.of_kind(kind)
    if not before or (kind is TrackKind.AUDIO and timeline.of_kind(TrackKind.VIDEO)):
        raise CannotApply("join_needs_more")
    taken = {each.id for each in timeline.clips}
    name = f"{clip.id}_{number}" if clip.id in taken else clip.id
    moved = replace(clip, id=name, start=timeline.duration)
    same = begun.width * timeline.height == begun.height * timeline.width
    fit = timeline.fit if same or timeline.fit is not Fit.PAD else Fit.BLUR
    return replace(timeline.with_clips(kind, (*before, moved)), fit=fit)


__all__ = ["CannotApply", "Material", "Step", "apply", "begin", "clock"]

_SLOWEST, _FASTEST = 0.1, 16.0


def apply(operations: Sequence[Operation], material: Material) -> list[Step]:
    """The operations done one by one, in an order in which none undoes another. Raises `CannotApply`."""
    steps: list[Step] = []
    timeline = material.base
    for wanted in sorted(operations, key=_rank):
        operation = showing.as_possible(timeline, wanted)
        sound = _sound(operation, material)
        after = _applied(operation, timeline, material, sound)
        steps.append(Step(operation, timeline, after, sound))
        timeline = after
    return steps


def _sound(operation: Operation, material: Material) -> SourceFile | None:
    match operation:
        case Merge(source=number):
            return sound_of(material, number, "merge_needs_audio")
        case AddMusic(source=number):
            return sound_of(material, number, "music_needs_file")
        case _:
            return None


def _applied(operation: Operation, timeline: Timeline, material: Material, sound: SourceFile | None) -> Timeline:
    match operation:
        case StartOver():
            return material.untouched or timeline
        case Join():
            return join(timeline, material.following)
        case Trim() | Cut() | Speed():
            return _in_time(operation, timeline)
        case SetAspect():
            return showing.set_aspect(timeline, operation)
        case AddText():
            return showing.add_text(timeline, operation)
        case EditText():
            return showing.edit_text(timeline, operation)
        case RemoveText():
            return showing.remove_text(timeline)
        case Visualize():
            return showing.visualize(timeline, operation, material)
        case _:
            return _in_sound(operation, timeline, sound)


def _in_time(operation: Trim | Cut | Speed, timeline: Timeline) -> Timeline:
    length = timeline.duration
    match operation:
        case Trim(parts):
            return keep(timeline, united([range_of(part, length) for part in parts], length))
        case Cut(parts):
            kept = others([range_of(part, length) for part in parts], length)
            if sum(end - start for start, end in kept) < SHORTEST:
                raise CannotApply("trim_empty")
            return keep(timeline, kept)
        case Speed(factor):
            if not all(_SLOWEST <= clip.speed * factor <= _FASTEST for clip in timeline.clips):
                raise CannotApply("speed_extreme")
            return sped(timeline, factor)
        case _:
            assert_never(operation)


_OfSound = RemoveMusic | Mute | Merge | AddMusic | Duck | SetVolume | Fade | ExtractAudio


def _in_sound(operation: _OfSound, timeline: Timeline, sound: SourceFile | None) -> Timeline:
    match operation:
        case Merge() if sound:
            return mixing.merge(timeline, operation, sound)
        case AddMusic() if sound:
            return mixing.add_music(timeline, operation, sound)
        case Merge() | AddMusic():
            raise CannotApply("merge_needs_audio")
        case RemoveMusic():
            return mixing.remove_music(timeline)
        case Mute():
            return mixing.mute(timeline, operation)
        case Duck():
            return mixing.duck(timeline)
        case SetVolume():
            return mixing.set_volume(timeline, operation)
        case Fade():
            return mixing.fade(timeline, operation)
        case ExtractAudio():
            return mixing.extract(timeline, operation)
        case _:
            assert_never(operation)


def _rank(operation: Operation) -> int:
    """Muting, and how loud a part is, are of what was there before a merge or a cut; titles and music are of what a
    cut leaves."""
    match operation:
        case StartOver() | Join():
            return 0
        case Visualize() | RemoveMusic() | Mute(parts=()):
            return 1
        case Merge():
            return 2
        case Mute() | SetVolume(parts=(_, *_), target="all" | "voice"):
            return 2
        case Trim() | Cut() | Speed():
            return 3
        case SetAspect() | AddMusic():
            return 4
        case ExtractAudio():
            return 6
        case _:
            return 5
