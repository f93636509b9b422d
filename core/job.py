"""A request as a row, and the place's project that it works on. The row is the truth; a run only works it off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from core.files import Kind
from core.messages import Attachment, Place
from core.question import OpenRequest, Question


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


class Behind(StrEnum):
    """What is known of a request that replied to one of our results: it is for the project behind that result."""

    NOTHING = ""  # it replied to none
    PROJECT = "project"  # the project is as it was then
    MOVED_ON = "moved-on"  # it has been edited since
    ANOTHER = "another"  # the place had begun a new project, and goes back to that one


class Form(StrEnum):
    """What is sent of a finished render that is too large for its place."""

    WHOLE = ""  # all of it, made smaller where it has to be
    SOUND = "sound"  # alone
    SHORTER = "shorter"  # a piece from its beginning
    PARTS = "parts"  # all of it in several files


class Ending(StrEnum):
    """How a job ended, for its status line and the sign on its person's message."""

    DONE = "done"
    PARTLY = "partly"  # something of it is done, and something is not
    UNFULFILLED = "unfulfilled"  # answered, but not with what was wanted: refused, asked back, nothing changed
    STOPPED = "stopped"

    @property
    def stage(self) -> Stage:
        return Stage.DONE if self is Ending.DONE else Stage.FAILED


class JobError(StrEnum):
    """What `Job.error` says where no `UserError` stopped the job; else it is that error's key."""

    NONE = ""
    UNFULFILLED = "unfulfilled"
    PARTLY = "partly"  # the agent stopped midway, or a part of the result could not be made
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
    `restore` is the render that the project is taken back to first, where the backend can. `files` are the names of the
    project's files that the agent's turn was for. `named` is what the result is called, without its file type. `behind`
    says what project was meant, `instead` are the files of the result that was replied to: a button edits them instead
    of the project. `press` tells the button that it came from. `form` is what is wanted of a render that another job
    had made. `answers` is the id of the open question that its words were said to. `question` is the one that its own
    turn left open, and `asked_in` the message with the buttons of that.
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
    files: tuple[str, ...] = ()
    named: str = ""
    behind: Behind = Behind.NOTHING
    restore: str = ""
    instead: tuple[Attachment, ...] = ()
    press: str = ""
    form: Form = Form.WHOLE
    answers: str = ""
    question: Question | None = None
    asked_in: str = ""

    @property
    def ending(self) -> Ending:
        """How it ended, or how it would by what has been noted of it so far.

        What an earlier run noted and did not come to say does not count where something else was said since.
        """
        said = {name.kind for name in CLOSING_MESSAGES if name.key(self.id) in self.said}
        match self.error:
            case JobError.NONE:
                return Ending.DONE
            case JobError.PARTLY if MessageKind.ERROR not in said:
                return Ending.PARTLY
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
class ProjectFile:
    """A file that was brought into a project. `key` tells it from others of its name; `origin` is the message that it
    hung on, "" where nobody can reply to that. `seconds` is None where unknown; `silent` is a film without sound."""

    key: str
    name: str
    kind: Kind
    seconds: float | None = None
    silent: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """What a place works on. `language` and `skill` are "" until somebody chooses.

    `fresh` names the uploaded files that no edit has used yet: the next request is for them, so its result is
    exported without being asked for. `files` are all that were uploaded, `source` names the first of the last ones.
    `used` is the skill of the last edit, `output` the file type that its words asked for, and `turn` the job that took
    the last turn. `pending` waits for its file. `rendered` is the last job that had the project rendered and a digest
    of the project's state then; () before the first.

    `kind` is what the timeline is as it stands: "video" where it shows something, "audio" for sound alone, "" where
    that is not known; `played` are the files on it, as far as they are known. `shown` is the result that shows the
    project as it stands, "" after an edit. `open_request` waits for an answer; `answered` is the id of the question
    that was answered last, and `dropped` of the one that its person did not want to answer.
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
    output: str = ""
    files: tuple[ProjectFile, ...] = ()
    kind: str = ""
    played: tuple[str, ...] = ()
    shown: str = ""
    open_request: OpenRequest | None = None
    answered: str = ""
    dropped: str = ""

    @property
    def open_question(self) -> Question | None:
        """The one that waits for an answer; none that has been answered or dropped."""
        question = self.open_request.question if self.open_request else None
        return question if question and question.id not in (self.answered, self.dropped) else None


# What may be changed of a project, by the name of its field.
ProjectValue = str | tuple[str, ...] | tuple[ProjectFile, ...] | PendingRequest | OpenRequest | None
# What a place that begins anew forgets.
_EMPTY: dict[str, ProjectValue] = {
    **dict.fromkeys(("source", "used", "output", "kind", "shown"), ""),
    **dict.fromkeys(("fresh", "files", "played"), ()),
    "pending": None,
    "open_request": None,
}
EMPTY_PROJECT: Mapping[str, ProjectValue] = MappingProxyType(_EMPTY)
