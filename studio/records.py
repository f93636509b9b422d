"""The rows that the studio keeps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Account:
    """One client id's user. Times in seconds since the epoch; `address` is who asked first."""

    user_id: str
    client_id: str
    token: str
    issued: float
    expires: float
    credits: int
    address: str


@dataclass(frozen=True, slots=True)
class Session:
    """One project. `draft` is the timeline as JSON in the default keys, "" before the first edit.

    `used` in seconds since the epoch: when it was made, or last given a file, an edit or a render.
    """

    id: str
    user_id: str
    task_id: str
    task_name: str
    language: str
    draft: str = ""
    used: float = 0.0


@dataclass(frozen=True, slots=True)
class History:
    """The drafts of a session as they were before each edit, the newest first, "" for the empty one; and those that
    edits had made which were taken back since, the last first."""

    before: tuple[str, ...] = ()
    taken_back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """An uploaded file. `id` is unguessable: it names the file on disk and in links. `duration` in ms.

    `fresh` until an edit has used it or passed it over: the newest fresh file is what a user means.
    """

    id: str
    session: str
    name: str
    extension: str
    kind: str
    size: int
    digest: str
    duration: int | None = None
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    sound: bool = False
    fresh: bool = True

    @property
    def stored_name(self) -> str:
        return f"{self.id}.{self.extension}"


@dataclass(frozen=True, slots=True)
class KeptVoice:
    """The voice of a session's file, by the digest of that file. `wanted` is the method that was to make it and
    `method` the one that did; `level` and `fell_back` are of what became of it, as `studio.separation` has them."""

    session: str
    digest: str
    wanted: str
    method: str
    level: float
    fell_back: bool

    @property
    def stored_name(self) -> str:
        return f"{self.digest}.{self.wanted}.voice.wav"


class Status(StrEnum):
    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"

    @property
    def over(self) -> bool:
        return self in (Status.COMPLETED, Status.FAILED)


@dataclass(frozen=True, slots=True)
class Render:
    """One export. `id` is the client's own, unique for its user; `slug` is the secret part of the result's link.

    `created` and `completed` in seconds since the epoch, `duration` in ms, `size` in bytes. `notices` are what is to
    be told of it, names with spaces between.
    """

    id: str
    user_id: str
    session: str
    draft: str
    output: str
    slug: str
    name: str
    created: float
    status: Status = Status.PENDING
    error: str = ""
    completed: float | None = None
    duration: int | None = None
    size: int | None = None
    notices: str = ""
