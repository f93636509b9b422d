"""A message that asks for work becomes jobs: one, or one a file. Words sent before their file wait for it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.files import Kind, kind_of
from core.intents import joins_files, output_of, per_file_requests
from core.job import ITS_OWN, Job, Project, Task
from core.language.detection import detect_language
from core.lifecycle import Facts, Step, next_step
from core.messages import Attachment, Incoming
from core.skills import SkillBook, choose_skill

# Words wait that long for the file that they are about.
WISH_SECONDS = 600.0


def with_wish(incoming: Incoming, project: Project, now: float) -> Incoming:
    """A file without words gets those that its person said of it, if that was not long ago."""
    if not _is_theirs(incoming, project) or now - float(project.wished or 0) > WISH_SECONDS:
        return incoming
    return replace(incoming, text=project.wish)


def fulfilled(incoming: Incoming, project: Project) -> dict[str, str]:
    """What changes of the project's wish by a request. Somebody else's file leaves it waiting."""
    return {"wish": "", "wisher": "", "wished": ""} if incoming.attachments and _is_theirs(incoming, project) else {}


def _is_theirs(incoming: Incoming, project: Project) -> bool:
    return bool(project.wish) and project.wisher == incoming.sender


@dataclass(frozen=True, slots=True)
class Drafting:
    """`default` names the operator's skill for requests that speak for none."""

    skills: SkillBook
    default: str

    def upload(self, incoming: Incoming, project: Project, now: float) -> Job:
        return self._job(incoming, project, now, Task.UPLOAD, "", incoming.attachments)

    def export(self, incoming: Incoming, project: Project, now: float, output: str) -> Job:
        """Ends in `output`, or in what the project's last edit was to end in."""
        job = self._job(incoming, project, now, Task.EXPORT, incoming.text, incoming.attachments, output)
        return job if project.skill or not project.used else replace(job, skill=project.used)

    def edits(self, incoming: Incoming, project: Project, now: float, text: str, output: str = "") -> list[Job]:
        """One job for all files where the words use them together, else one job and one result a file."""
        files = incoming.attachments
        names = [file.name for file in files] or list(project.fresh)
        kinds = [_kind(file) for file in files] or [kind_of(name) for name in names]
        if len(names) < 2 or len({*kinds} - {"other"}) > 1 or joins_files(text, kinds):
            return [self._edit(incoming, project, now, text, files, output)]
        requests = per_file_requests(text, len(names))
        if not files:
            return [
                self._edit(incoming, project, now, request, (), about=name)
                for request, name in zip(requests, names, strict=True)
                if request
            ]
        return [
            self._edit(incoming, project, now, file.caption or request, (file,), about=ITS_OWN)
            for request, file in zip(requests, files, strict=True)
        ]

    def again(self, job: Job, incoming: Incoming, project: Project, now: float) -> Job | None:
        """A failed job once more, from the step where it can go on; None for one that did not fail."""
        new = once_more(job, incoming, now)
        match next_step(job, Facts(again=True, same_session=job.session == project.session)):
            case Step.RENDER:
                return replace(new, task=Task.EXPORT, attachments=())
            case Step.TAKE_TURN:
                return replace(new, attachments=())
            case Step.UPLOAD:
                return new
            case _:
                return None

    def _edit(
        self,
        incoming: Incoming,
        project: Project,
        now: float,
        text: str,
        files: tuple[Attachment, ...],
        output: str = "",
        about: str = "",
    ) -> Job:
        if not text:  # a file of several that none of the words speak of
            return self._job(incoming, project, now, Task.UPLOAD, "", files)
        job = self._job(incoming, project, now, Task.EDIT, text, files, output or output_of(text))
        return replace(job, about=about)

    def _job(
        self,
        incoming: Incoming,
        project: Project,
        now: float,
        task: Task,
        text: str,
        files: tuple[Attachment, ...],
        output: str = "",
    ) -> Job:
        kinds = _kinds(files, project)
        skill = choose_skill(self.skills, text, kinds, chosen=project.skill, default=self.default)
        return Job(
            id=uuid.uuid4().hex,
            place=incoming.place,
            sender=incoming.sender,
            language=language_of(incoming, project),
            task=task,
            created=now,
            request=text,
            attachments=files,
            skill=skill.name,
            output=output,
            reply_to=incoming.reply_to,
            message=incoming.replaces or incoming.id,
        )


def once_more(job: Job, incoming: Incoming, now: float) -> Job:
    """A new job that asks for all of what an old one asked for."""
    return Job(
        id=uuid.uuid4().hex,
        place=job.place,
        sender=incoming.sender,
        language=job.language,
        task=job.task,
        created=now,
        request=job.request,
        attachments=job.attachments,
        skill=job.skill,
        output=job.output,
        export=job.export,
        about=job.about,
        reply_to=incoming.reply_to,
        message=incoming.replaces or incoming.id,
    )


def language_of(incoming: Incoming, project: Project) -> str:
    """The chosen language, else the one that is spoken."""
    return project.language or detect_language(incoming.text, incoming.language)


def _kinds(files: Sequence[Attachment], project: Project) -> list[Kind]:
    if files:
        return [_kind(file) for file in files]
    return [kind_of(name) for name in project.fresh or (project.source,) if name]


def _kind(file: Attachment) -> Kind:
    return kind_of(file.name or file.url.partition("?")[0], file.mime)
