"""What happened between two timelines, as data. Pure.

`core.chat.summaries` puts changes into words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from core.nemo.draft.timeline import Kind, Segment, Timeline, Track


@dataclass(frozen=True, slots=True)
class TrackAdded:
    track: Track


@dataclass(frozen=True, slots=True)
class TrackRemoved:
    track: Track


@dataclass(frozen=True, slots=True)
class SegmentAdded:
    kind: Kind
    segment: Segment


@dataclass(frozen=True, slots=True)
class SegmentRemoved:
    kind: Kind
    segment: Segment


@dataclass(frozen=True, slots=True)
class Trimmed:
    """The segment became longer or shorter."""

    kind: Kind
    before: Segment
    after: Segment


@dataclass(frozen=True, slots=True)
class Moved:
    """The segment begins at another moment and is as long as it was."""

    kind: Kind
    before: Segment
    after: Segment


@dataclass(frozen=True, slots=True)
class VolumeChanged:
    kind: Kind
    before: Segment
    after: Segment


@dataclass(frozen=True, slots=True)
class TextChanged:
    before: Segment
    after: Segment


@dataclass(frozen=True, slots=True)
class LengthChanged:
    """Of the whole timeline, in milliseconds."""

    before_ms: int
    after_ms: int


@dataclass(frozen=True, slots=True)
class OtherChange:
    """Something differs that has no name here."""


Change = (
    TrackAdded
    | TrackRemoved
    | SegmentAdded
    | SegmentRemoved
    | Trimmed
    | Moved
    | VolumeChanged
    | TextChanged
    | LengthChanged
    | OtherChange
)


def changes(before: Timeline, after: Timeline) -> tuple[Change, ...]:
    """What differs, tracks first; () for equal timelines. A draft may differ where its timeline does not."""
    if before == after:
        return ()
    found = [change for kind in Kind for change in _tracks(_of(before, kind), _of(after, kind))]
    if before.duration_ms and after.duration_ms and before.duration_ms != after.duration_ms:
        found.append(LengthChanged(before.duration_ms, after.duration_ms))
    return tuple(found) or (OtherChange(),)


def _of(timeline: Timeline, kind: Kind) -> list[Track]:
    return [track for track in timeline.filled if track.kind is kind]


def _tracks(before: list[Track], after: list[Track]) -> Iterator[Change]:
    """Tracks have no names: each new one is compared with the old one that shares most with it."""
    left = list(before)
    strangers: list[Track] = []
    for track in after:
        known = max(left, key=lambda old: _shared(old, track), default=None)
        if known is None or (len(before) != len(after) and not _shared(known, track)):
            strangers.append(track)
            continue
        left.remove(known)
        yield from _segments(track.kind, known.segments, track.segments)
    yield from map(TrackAdded, strangers)
    yield from map(TrackRemoved, left)


def _shared(one: Track, other: Track) -> int:
    return len({_identity(segment) for segment in one.segments} & {_identity(s) for s in other.segments})


def _segments(kind: Kind, before: tuple[Segment, ...], after: tuple[Segment, ...]) -> Iterator[Change]:
    names = [_identity(segment) for segment in before], [_identity(segment) for segment in after]
    for tag, i, i_end, j, j_end in SequenceMatcher(None, *names, autojunk=False).get_opcodes():
        olds, news = before[i:i_end], after[j:j_end]
        if tag == "equal" or (kind is Kind.TEXT and len(olds) == len(news)):
            for old, new in zip(olds, news, strict=True):
                yield from _segment(kind, old, new)
        else:
            yield from (SegmentRemoved(kind, old) for old in olds)
            yield from (SegmentAdded(kind, new) for new in news)


def _segment(kind: Kind, old: Segment, new: Segment) -> Iterator[Change]:
    if old.text != new.text:
        yield TextChanged(old, new)
    if _loudness(old) != _loudness(new):
        yield VolumeChanged(kind, old, new)
    if old.length_ms != new.length_ms:
        yield Trimmed(kind, old, new)
    elif old.start_ms != new.start_ms:
        yield Moved(kind, old, new)


def _identity(segment: Segment) -> str:
    return segment.text or segment.name


def _loudness(segment: Segment) -> float:
    """A volume that is not stated is the full one, so stating it later is no change."""
    return 1.0 if segment.volume is None else segment.volume
