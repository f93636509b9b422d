"""Applies operations to a timeline. Pure: the same input gives the same clip ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from studio.records import SourceFile
from studio.timeline import picture, sound
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
    Rotate,
    SetAspect,
    SetVolume,
    Speed,
    StartOver,
    Trim,
    Visualize,
)

_SLOWEST, _FASTEST = 0.1, 16.0
# ms: drawing takes about a fifth of the length, and a job is given up after twenty minutes.
LONGEST_DRAWN = 3600 * 1000


def apply(operations: Sequence[Operation], material: Material) -> list[Step]:
    """Applies the operations one by one, in an order in which none undoes another. Raises `CannotApply`."""
    steps: list[Step] = []
    timeline = material.base
    for wanted in sorted(_wanted(operations, material.base), key=_rank):
        operation = picture.as_possible(timeline, wanted)
        file = _sound_file(operation, material)
        after = _applied(operation, timeline, material, file)
        steps.append(Step(operation, timeline, after, file))
        timeline = after
    if (
        timeline.visual
        and timeline.duration > LONGEST_DRAWN
        and any(isinstance(each, Visualize) for each in operations)
    ):
        raise CannotApply("visual_too_long", length=clock(timeline.duration), most=clock(LONGEST_DRAWN))
    return steps


def _wanted(operations: Sequence[Operation], timeline: Timeline) -> Sequence[Operation]:
    """Beside other wishes, "no title" where there is none is no wish."""
    others = [operation for operation in operations if not isinstance(operation, RemoveText)]
    return others if others and not timeline.titles else operations


def _sound_file(operation: Operation, material: Material) -> SourceFile | None:
    match operation:
        case Merge(source=number):
            return sound_of(material, number, "merge_needs_audio")
        case AddMusic(source=number):
            return sound_of(material, number, "music_needs_file")
        case _:
            return None


def _applied(operation: Operation, timeline: Timeline, material: Material, file: SourceFile | None) -> Timeline:
    match operation:
        case StartOver():
            return material.untouched or timeline
        case Join():
            return _join(timeline, material.following)
        case Trim() | Cut() | Speed():
            return _in_time(operation, timeline)
        case SetAspect() | Rotate() | AddText() | EditText() | RemoveText() | Visualize():
            return _in_picture(operation, timeline, material)
        case Merge() | AddMusic() if file and material.pictures and _needs_picture(operation, timeline, file):
            return picture.under_sound(timeline, material.pictures[-1], file)
        case _:
            return _in_sound(operation, timeline, file)


def _needs_picture(operation: Merge | AddMusic, timeline: Timeline, file: SourceFile) -> bool:
    """Whether what the sound shall go with can only be a picture: there is no film, and music would be under itself."""
    alone = {clip.source for clip in timeline.clips} == {file.id}
    return not timeline.of_kind(TrackKind.VIDEO) and (alone or isinstance(operation, Merge))


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


_OfPicture = SetAspect | Rotate | AddText | EditText | RemoveText | Visualize


def _in_picture(operation: _OfPicture, timeline: Timeline, material: Material) -> Timeline:
    match operation:
        case SetAspect():
            return picture.set_aspect(timeline, operation)
        case Rotate():
            return picture.rotate(timeline, operation)
        case AddText():
            return picture.add_text(timeline, operation)
        case EditText():
            return picture.edit_text(timeline, operation)
        case RemoveText():
            return picture.remove_text(timeline)
        case Visualize():
            return picture.visualize(timeline, operation, material)
        case _:
            assert_never(operation)


_OfSound = RemoveMusic | Mute | Merge | AddMusic | Duck | SetVolume | Fade | ExtractAudio


def _in_sound(operation: _OfSound, timeline: Timeline, file: SourceFile | None) -> Timeline:
    match operation:
        case Merge() if file:
            return sound.merge(timeline, operation, file)
        case AddMusic() if file:
            return sound.add_music(timeline, operation, file)
        case Merge() | AddMusic():
            raise CannotApply("merge_needs_audio")
        case RemoveMusic():
            return sound.remove_music(timeline)
        case Mute():
            return sound.mute(timeline, operation)
        case Duck():
            return sound.duck(timeline)
        case SetVolume():
            return sound.set_volume(timeline, operation)
        case Fade():
            return sound.fade(timeline, operation)
        case ExtractAudio():
            return sound.extract(timeline, operation)
        case _:
            assert_never(operation)


def _join(timeline: Timeline, files: Sequence[SourceFile]) -> Timeline:
    """Appends the files in order. Looped music is extended to the new end."""
    if not files:
        raise CannotApply("join_needs_more")
    joined = timeline
    for number, file in enumerate(files):
        joined = _behind(joined, file, number)
    length, whole = timeline.duration, joined.duration
    return sound.each(
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


def _rank(operation: Operation) -> int:
    """Mutes and levels of a part refer to the timeline before a merge or a cut; titles and music to that after it."""
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
        case Rotate():
            return 3
        case SetAspect() | AddMusic():
            return 4
        case ExtractAudio():
            return 6
        case _:
            return 5
