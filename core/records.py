"""Small records beside jobs: a kept result, what became of a message at the door, an answer still owed to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from core.messages import Button, MediaKind, Place, Tone


@dataclass(frozen=True, slots=True)
class KeptResult:
    """`id` is the job's. `message` and `file` are the platform's handles of the message and its media, by which it
    can be shown again without an upload; `file` is "" where only the link was sent. `link` is public or "".
    `caption` is what was said with it, `made` in seconds since the epoch."""

    id: str
    place: Place
    sender: str
    name: str
    kind: MediaKind
    message: str
    file: str
    link: str
    caption: str
    made: float


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


class Inquiry(StrEnum):
    """What has to be looked up before it can be said."""

    CREDITS = "credits"
    STATUS = "status"
    HELP = "help"
    UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class Owed:
    """`message` is the id of the message that is answered. Either `text` is what is said, or `inquiry` asks for it."""

    message: str
    place: Place
    language: str
    reply_to: str = ""
    text: str = ""
    tone: Tone = Tone.ANSWER
    buttons: tuple[Button, ...] = ()
    inquiry: Inquiry | None = None
