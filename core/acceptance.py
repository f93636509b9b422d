"""What becomes of a message at the door."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Accepted(Enum):
    """Only `SAVED` starts anything. Whatever it is, the platform may be told that the message was taken."""

    SAVED = auto()
    SEEN = auto()  # it came before: everything about it has been done or is being done
    TOO_LATE = auto()  # it edits a request that is being worked on or is over
    FULL = auto()  # the waiting room of all
    FULL_FOR_YOU = auto()  # this person's share of it


@dataclass(frozen=True, slots=True)
class Room:
    """How many open jobs there may be, in all and of one person. A message whose jobs do not all fit saves none."""

    in_all: int = 10_000
    per_person: int = 100


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a waiting job waits for: open jobs of its own place before it, and all that came before it anywhere."""

    in_place: int
    in_all: int


@dataclass(frozen=True, slots=True)
class Held:
    """What came in and is no request yet. `since` in seconds since the epoch; only the adapter reads `body`."""

    item: str
    since: float
    body: str
