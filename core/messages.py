"""What crosses the line between a platform and the core: frozen data, no library's type."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation happens. Only the adapter reads `key`; the core stores, compares, hands it back.

    Each place has one editing session: everybody in a group works on the same timeline.
    """

    platform: str
    key: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.key}"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file somebody sent, as a handle. Never a platform's URL: those carry tokens or expire.

    `size` is in bytes, None where the platform does not say. `url` is only ever a public link that the
    user wrote; the backend fetches it itself. `origin` tells the message that the file hangs on, so that the same file
    is known again whoever replies to it; "" where it is not known.
    """

    handle: str
    name: str
    size: int | None = None
    mime: str = ""
    caption: str = ""
    url: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message or one pressed button.

    `id` is the platform's own and unique there: a second delivery of it changes nothing. `language` is the
    platform's tag of the user ("en-GB"), "" where unknown. `action` is what a pressed button carries;
    `reply_to` is the message that answers should reply to. `replaces` is the id of an earlier message whose
    words were edited into these: what still waits of it is done as it reads now. `result` is the message of ours
    that it replies to, with the files on it: such a file is no attachment, for it means the project behind it. `under`
    is the message that a pressed button stood under. `quoted` are the words of somebody's message that it replies to or
    forwards: they may hold the link that is meant.
    """

    id: str
    place: Place
    sender: str
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    language: str = ""
    action: str = ""
    reply_to: str = ""
    replaces: str = ""
    result: str = ""
    result_files: tuple[Attachment, ...] = ()
    under: str = ""
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A choice under a message. `action` comes back in `Incoming.action`; at most 64 bytes of it."""

    label: str
    action: str


class MediaKind(StrEnum):
    VIDEO = "video"
    AUDIO = "audio"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A finished file on this machine's disk, with what a platform wants to be told of it.

    `size` in bytes, `duration` in seconds, `width` and `height` as displayed (after rotation). `thumbnail` is a
    JPEG of at most 320 pixels a side and 200 kB, None where none could be made.
    """

    path: Path
    name: str
    kind: MediaKind
    size: int
    duration: float | None = None
    width: int | None = None
    height: int | None = None
    thumbnail: Path | None = None


class Tone(StrEnum):
    """What a message is for. A platform may ring for some and be silent for others."""

    STATUS = "status"  # of work under way: edited in place, silent
    ANSWER = "answer"
    RESULT = "result"  # finished media: a new message that rings
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to be said. `link` stands in the text too; it is named for platforms that show it apart.

    `progress` is a share from 0 to 1 of the step that `text` names, None where unknown. `media` are the files of
    one result; a platform shows them together where it can. `key` is the same when the same message is said
    again after an unknown outcome: a platform that drops repeats by a key is given it. `result` is the id by which
    a result is kept, "" for everything else: by it a platform can offer to share it.
    `language` is what buttons of the platform's own are labelled in. `person` is who asked for it: where the chat is
    closed by now, a platform may have another way to them.
    """

    text: str
    tone: Tone = Tone.ANSWER
    buttons: tuple[Button, ...] = ()
    media: tuple[MediaFile, ...] = ()
    link: str = ""
    reply_to: str = ""
    progress: float | None = None
    key: str = ""
    result: str = ""
    language: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that stands in the chat now. `files` are the platform's handles of its media, in their order, by
    which the platform can show them again; never a URL. `messages` are the ids of the messages that they hang on, where
    each has one of its own; () where all hang on this one."""

    id: str
    files: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()


class Mark(StrEnum):
    """A sign on somebody's message, where a platform has such."""

    SEEN = "seen"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Album:
    """How many files one message can show, and which together: those whose types ("mp4") stand in one of `mixes`, and
    a type that stands in none by itself. None: any."""

    most: int
    mixes: tuple[frozenset[str], ...] | None = None

    def mixed_with(self, kind: str) -> frozenset[str] | None:
        """The types that may stand beside this one; None: any."""
        if self.mixes is None:
            return None
        return next((mix for mix in self.mixes if kind in mix), frozenset())


@dataclass(frozen=True, slots=True)
class Limits:
    """What a platform can do, as numbers. Sizes in bytes, text in UTF-16 units, times in seconds.

    `edit_every` None means that messages cannot be edited there: news is sent as messages instead. `album` None means
    that every result is shown by itself. `local_links` says that people there sit at this machine: they can open a
    link that leads to it.
    """

    text: int
    caption: int
    download: int | None
    upload: int | None
    edit_every: float | None
    album: Album | None = None
    local_links: bool = False
