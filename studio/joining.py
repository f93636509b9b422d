"""Clips put one after the other. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.records import SourceFile
from studio.timeline.cuts import is_music
from studio.timeline.material import CannotApply, begin
from studio.timeline.model import Fit, Timeline, TrackKind
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
