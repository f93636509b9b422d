"""A request as a row, and the place's project that it works on. The row is the truth; a task only works it off."""

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


@dataclass(frozen=True, slots=True)
class Job:
    """`output` is a file type ("mp4", "mp3"); "" means what the skill declares.

    `before` is the project's state before the agent's turn, as canonical JSON: what a silent or broken turn
    is compared with. `created` is in seconds since the epoch.
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
    reply_to: str = ""
    stage: Stage = Stage.ACCEPTED
    status_message: str = ""
    session: str = ""
    before: str = ""
    render: str = ""
    answer: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """What a place works on. `language` and `skill` are "" until somebody chooses.

    `fresh` is true while a file has been uploaded that no edit has used yet: the next request is for it, so
    its result is exported without being asked for. `source` names the file that results are named after.
    """

    place: Place
    session: str = ""
    user_id: str = ""
    language: str = ""
    skill: str = ""
    source: str = ""
    fresh: bool = False
