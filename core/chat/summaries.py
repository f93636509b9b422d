"""Describes credits, the timeline, and changes to it in words."""

from __future__ import annotations

from typing import assert_never

from core.chat.status import clock_face
from core.language.catalogue import say
from core.language.detection import ui_language
from core.nemo.draft.changes import (
    Change,
    LengthChanged,
    Moved,
    OtherChange,
    SegmentAdded,
    SegmentRemoved,
    TextChanged,
    TrackAdded,
    TrackRemoved,
    Trimmed,
    VolumeChanged,
    changes,
)
from core.nemo.draft.summary import CHINESE, Notation, TimelineLabels, segment_words, summary
from core.nemo.draft.timeline import Kind, Segment, Timeline, has_segments, read_timeline
from core.nemo.models import Credits

MOST_CHANGES = 4


def timeline_line(language: str, draft: object) -> str:
    """What is on the timeline, or that nothing is."""
    if not has_segments(draft):
        return say(language, "timeline-empty")
    timeline = read_timeline(draft)
    return summary(timeline, _labels(language, len(timeline.filled)))


def credits_line(language: str, balance: Credits) -> str:
    """What can be spent, and what is held for running work if anything is."""
    key = "credits-with-frozen" if balance.frozen else "credits"
    values = {"available": balance.available, "frozen": balance.frozen, "total": balance.total}
    return say(language, key, **values)


def describe(language: str, before: Timeline, after: Timeline) -> str:
    """What a silent edit did, from the two timelines alone; never more than they show."""
    found = changes(before, after) or (OtherChange(),)
    told = [_change(language, change) for change in found if not isinstance(change, LengthChanged)]
    told = told or [_change(language, change) for change in found]
    return " ".join(dict.fromkeys(told[:MOST_CHANGES]))


def _labels(language: str, count: int) -> TimelineLabels:
    return TimelineLabels(
        heading=say(language, "timeline-heading", count=count),
        video=_label(language, Kind.VIDEO),
        audio=_label(language, Kind.AUDIO),
        text=_label(language, Kind.TEXT),
        other=_label(language, Kind.OTHER),
        notation=_notation(language),
    )


def _notation(language: str) -> Notation:
    return CHINESE if ui_language(language) == "zh" else Notation()


def _segment(language: str, segment: Segment) -> str:
    return segment_words(segment, _notation(language))


def _label(language: str, kind: Kind) -> str:
    return say(language, f"track-{kind.value}")


def _change(language: str, change: Change) -> str:
    match change:
        case TrackAdded(track) | TrackRemoved(track):
            notation = _notation(language)
            said = [segment_words(segment, notation) for segment in track.segments[:2]]
            what = notation.comma.join(filter(None, said))
            key = "change-added" if isinstance(change, TrackAdded) else "change-removed"
            return say(language, key, kind=_label(language, track.kind), what=what)
        case SegmentAdded(kind, segment):
            return say(language, "change-added", kind=_label(language, kind), what=_segment(language, segment))
        case SegmentRemoved(kind, segment):
            return say(language, "change-removed", kind=_label(language, kind), what=_segment(language, segment))
        case Trimmed(kind, old, new) | Moved(kind, old, new) | VolumeChanged(kind, old, new):
            return _change_of(language, kind, old, new)
        case TextChanged(old, new):
            return _change_of(language, Kind.TEXT, old, new)
        case LengthChanged(_, after):
            return say(language, "change-length", length=clock_face(after / 1000))
        case OtherChange():
            return say(language, "change-other")
        case _:
            assert_never(change)


def _change_of(language: str, kind: Kind, old: Segment, new: Segment) -> str:
    label = _label(language, kind)
    return say(language, "change-altered", kind=label, before=_segment(language, old), after=_segment(language, new))
