"""Small records beside jobs: kept results, admission results, the entries of inbox and outbox."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum, auto

from core.addresses import looks_public
from core.messages import Button, MediaKind, Place, Tone


@dataclass(frozen=True, slots=True)
class KeptResult:
    """`id` is the job's. `message` and `file` are the platform's handles of the message and its media, by which it
    can be shown again without an upload; `file` is "" where only the link was sent. `beside` are other messages that
    show something of it. `link` is public or "", and leads nowhere after `link_until`, where that is known and not 0.
    `caption` is what was said with it, `made` and `link_until` are in seconds since the epoch. `session` is the project
    that it came from, `render` the export."""

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
    session: str = ""
    render: str = ""
    beside: tuple[str, ...] = ()
    link_until: float = 0

    def as_of(self, now: float) -> KeptResult:
        """The same with its link only if people can open it. Rows of earlier releases may hold one to this machine."""
        opens = now < self.link_until if self.link_until else looks_public(self.link)
        return self if opens else replace(self, link="")


@dataclass(frozen=True, slots=True)
class PublishedResult:
    """A result with a page at this bot's own address, whose path ends in `slug`: who has it may open it, and nobody can
    guess it. A job, by its `id`, has one.

    The file lies at the backend: at `url`, "" where only the id of its `render` leads to it, for the account of `place`
    and in the name of `skill`. `size` in bytes, `duration` in seconds, `width` and `height` as displayed; None where
    unknown or there is none. `made` and `until`, when the page ends, are in seconds since the epoch. `poster` is a
    small JPEG of it, b"" where there is none.
    """

    slug: str
    id: str
    place: Place
    skill: str
    name: str
    kind: MediaKind
    url: str
    render: str
    size: int
    made: float
    until: float
    duration: float | None = None
    width: int | None = None
    height: int | None = None
    poster: bytes = field(default=b"", repr=False)


class AdmissionResult(Enum):
    """What became of a message at the door. Only `SAVED` starts anything. With any of them, the message is
    acknowledged to the platform."""

    SAVED = auto()
    SEEN = auto()  # it came before: everything about it is done or under way
    TOO_LATE = auto()  # it edits a request that is being worked on or is over
    FULL = auto()  # no more jobs fit in all
    FULL_FOR_YOU = auto()  # no more of this person's


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
class InboxEntry:
    """Something that came in and is not a request yet. `since` in seconds since the epoch; only the adapter reads
    `body`."""

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
class OutboxEntry:
    """An answer that is still to be sent. `message` is the id of the message that it answers. Either `text` is what is
    said, or `inquiry` tells what has to be looked up for it."""

    message: str
    place: Place
    language: str
    reply_to: str = ""
    text: str = ""
    tone: Tone = Tone.ANSWER
    buttons: tuple[Button, ...] = ()
    inquiry: Inquiry | None = None
