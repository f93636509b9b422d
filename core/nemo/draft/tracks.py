"""A timeline as we understand it: what is known of a draft, and None for what is not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    VIDEO = "video"
    AUDIO = "audio"
    TEXT = "text"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Segment:
    """Times in milliseconds from the timeline's beginning; `volume` is a share, 1.0 is 100 %."""

    name: str = ""
    text: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
    volume: float | None = None

    @property
    def length_ms(self) -> int | None:
        return None if self.start_ms is None or self.end_ms is None else self.end_ms - self.start_ms


@dataclass(frozen=True, slots=True)
class Track:
    kind: Kind
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    tracks: tuple[Track, ...] = ()
    title: str = ""
    duration_ms: int | None = None

    @property
    def filled(self) -> tuple[Track, ...]:
        """The tracks that hold something."""
        return tuple(track for track in self.tracks if track.segments)
