"""A request as a row, and the place's project that it works on. The row is the truth; a run only works it off."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.messages import Attachment, Place


class Stage(StrEnum):
    """How far a job is. Each stage is saved before its first step that must not be repeated."""

    ACCEPTED = "accepted"
    UPLOADING = "uploading"  # after a crash: starts again
    EDITING = "editing"  # the paid turn may have been sent: the state is read, nothing is sent again
    RENDERING = "rendering"  # polled on under the saved render id
    READY = "ready"  # rendered, and waits for the others of its message: nobody works on it
    DELIVERING = "delivering"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        return self in (Stage.DONE, Stage.FAILED, Stage.CANCELLED)


class Task(StrEnum):
    """What a job has to do."""

    UPLOAD = "upload"  # bring files into the project, nothing else
    EDIT = "edit"  # upload what came along, one turn of the agent, and on to the export where `export` says so
    EXPORT = "export"  # render the project as it stands


ITS_OWN = "*"


class Ending(StrEnum):
    """How a job ended, for its status line and the sign on its person's message."""

    DONE = "done"
    UNFULFILLED = "unfulfilled"  # answered, but not with what was wanted: refused, asked back, nothing changed
    STOPPED = "stopped"

    @property
    def stage(self) -> Stage:
        return Stage.DONE if self is Ending.DONE else Stage.FAILED


class JobError(StrEnum):
    """What `Job.error` says where no `UserError` stopped the job; else it is that error's key."""

    NONE = ""
    UNFULFILLED = "unfulfilled"
    INTERNAL = "internal"
    CHAT_GONE = "chat-gone"
    PLATFORM_DOWN = "platform-down"


class MessageKind(StrEnum):
    """What a job says, beside its status message."""

    UPLOADED = "uploaded"
    ANSWER = "answer"
    RESULT = "result"
    ALBUM = "album"  # results that fill more than one message; the last of these is the `RESULT`
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class MessageName:
    """Tells a message from the others of its job. `page` numbers the albums, `piece` the results that are sent one by
    one where an album is not taken; `in_words` stands in for files that are not taken."""

    kind: MessageKind
    page: int = 0
    piece: int = 0
    in_words: bool = False

    def __str__(self) -> str:
        page, piece = str(self.page or ""), f"piece-{self.piece}" if self.piece else ""
        return "-".join(part for part in (self.kind, page, piece, "words" if self.in_words else "") if part)

    def key(self, job_id: str) -> str:
        """By which the message stands in `Job.begun` and `Job.said`, and by which a platform knows it again."""
        return f"{job_id}-{self}"


# With one of these a job has said how it ended.
CLOSING_MESSAGES = (
    MessageName(MessageKind.UPLOADED),
    MessageName(MessageKind.ANSWER),
    MessageName(MessageKind.RESULT),
    MessageName(MessageKind.RESULT, in_words=True),
    MessageName(MessageKind.ERROR),
)

# Of these, a job that says one has brought what was wanted.
_BRINGS = frozenset({MessageKind.UPLOADED, MessageKind.RESULT})


@dataclass(frozen=True, slots=True)
class Job:
    """`output` is a file type ("mp4", "mp3"); "" means what the skill declares. `about` names the one file of
    several that this job is for; `ITS_OWN` stands for the one that it brings itself. `message` is the id of the
    message that it came from, as it was first sent.

    `opened` says that the session was made for this job: nobody else's material was in it. `before` is the project's
    state before the agent's turn, as canonical JSON: what a silent or broken turn is compared with. `edited` once the
    turn may have been taken, whatever came of it: it must not be taken again by itself. `answer` is what the agent
    said, in its own words until `concluded` and then as it is to be said. `followed` once a second turn may have been
    taken for what the agent had left to its reader. `exportable` once a file can be made of what came of the turn.
    `offers` are requests that buttons under the answer stand for. `uploaded` are the names of the attachments that are
    in the project already; `held` is how many files it held before them, None where nobody counted, so that an upload
    without an answer can be looked for. `begun` are the keys of the messages that were sent off, once an attempt,
    `said` of those that the platform confirmed. `carries` are the jobs whose results this one brings along: they end
    with it. `created` is in seconds since the epoch. `error` is a `JobError` or the key of a `UserError`.
    """

    id: str
    place: Place
    sender: str
    language: str
    task: Task
    created: float
    request: str = ""
    attachments: tuple[Attachment, ...] = ()
    skill: str = ""
    output: str = ""
    export: bool = False
    about: str = ""
    reply_to: str = ""
    message: str = ""
    stage: Stage = Stage.ACCEPTED
    status_message: str = ""
    session: str = ""
    opened: bool = False
    before: str = ""
    edited: bool = False
    followed: bool = False
    concluded: bool = False
    exportable: bool = False
    uploaded: tuple[str, ...] = ()
    held: int | None = None
    begun: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    render: str = ""
    answer: str = ""
    offers: tuple[str, ...] = ()
    error: str = JobError.NONE

    @property
    def ending(self) -> Ending:
        """How it ended, or how it would by what has been noted of it so far.

        What an earlier run noted and did not come to say does not count where something else was said since.
        """
        said = {name.kind for name in CLOSING_MESSAGES if name.key(self.id) in self.said}
        match self.error:
            case JobError.NONE:
                return Ending.DONE
            case JobError.UNFULFILLED:
                return Ending.DONE if said & _BRINGS else Ending.UNFULFILLED
            case _:
                return Ending.DONE if said and MessageKind.ERROR not in said else Ending.STOPPED

    @property
    def has_closed(self) -> bool:
        """Whether it was said how it ended."""
        return any(name.key(self.id) in self.said for name in CLOSING_MESSAGES)


@dataclass(frozen=True, slots=True)
class PendingRequest:
    """A request whose file has not come yet. `asked` in seconds since the epoch."""

    text: str
    sender: str
    asked: float


@dataclass(frozen=True, slots=True)
class Project:
    """What a place works on. `language` and `skill` are "" until somebody chooses.

    `fresh` names the uploaded files that no edit has used yet: the next request is for them, so its result is
    exported without being asked for. `source` names the file that results are named after, `used` is the skill
    of the last edit, and `turn` the job that took the last turn. `pending` waits for its file. `rendered` is the last
    job that had the project rendered and a digest of the project's state then; () before the first.
    """

    place: Place
    session: str = ""
    language: str = ""
    skill: str = ""
    source: str = ""
    used: str = ""
    turn: str = ""
    pending: PendingRequest | None = None
    fresh: tuple[str, ...] = ()
    rendered: tuple[str, ...] = ()


# What may be changed of a project, by the name of its field.
ProjectValue = str | tuple[str, ...] | PendingRequest | None
