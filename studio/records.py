"""The rows of the studio's database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Account:
    """The user of one client id. Times are in seconds since the epoch; `address` is where it first asked from."""

    user_id: str
    client_id: str
    token: str
    issued: float
    expires: float
    credits: int
    address: str


@dataclass(frozen=True, slots=True)
class Session:
    """One project. `draft` is the timeline as JSON, "" before the first edit.

    `used` is in seconds since the epoch: when the session was created, or last got a file, an edit or a render.
    `question` is the open one as `studio.agent.asking` writes it, "" for none, and `memory` what was said before as
    `studio.understanding` writes it.
    """

    id: str
    user_id: str
    task_id: str
    task_name: str
    language: str
    draft: str = ""
    used: float = 0.0
    question: str = ""
    memory: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """The drafts before each edit, newest first, "" for the empty one; and the drafts of undone edits, last undone
    first.
    """

    before: tuple[str, ...] = ()
    taken_back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """An uploaded file. `id` is unguessable: it names the file on disk and in links. `duration` is in ms.

    `fresh` is True until an edit has used the file or passed it over: a user means the newest fresh file.
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
    """The voice of a session's file, keyed by the digest of that file.

    `wanted` is the method that was planned and `method` the one that was used; `level` and `fell_back` are as in
    `studio.separation.methods.Outcome`.
    """

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
    """One export. `id` is chosen by the client and unique per user; `slug` is the secret part of the result's link.

    `created` and `completed` are in seconds since the epoch, `duration` in ms, `size` in bytes. `notices` are names for
    the user to be told, separated by spaces.
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
