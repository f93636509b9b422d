"""A message that asks for work becomes jobs, one or one for each file, which are admitted if there is room for them.

A request that was sent before its file waits for it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.assistant.asked import Asked
from core.assistant.replies import Ids, Replies
from core.assistant.waiting_line import WaitingLine
from core.attachments import shown_name
from core.errors import EditTooLate, UserError, WaitingRoomFull, YourShareIsFull
from core.files import Kind, kind_of
from core.intents import converts_openly, joins_files, output_of, per_file_requests, told_apart
from core.job import ITS_OWN, Behind, Form, Job, PendingRequest, Project, ProjectFile, ProjectValue, Task
from core.lifecycle import Facts, Step, next_step
from core.messages import Attachment, Incoming
from core.ports import Engine, Store
from core.records import AdmissionResult, Room
from core.skills import SkillBook, choose_skill

# A request waits that long for the file that it is about.
PENDING_SECONDS = 600.0


def with_pending(incoming: Incoming, project: Project, now: float) -> Incoming:
    """A file without words gets the request that its person made before it, if that was not long ago."""
    pending = _pending_of(incoming, project)
    return replace(incoming, text=pending.text) if pending and now - pending.asked <= PENDING_SECONDS else incoming


def fulfilled(asked: Asked) -> dict[str, ProjectValue]:
    """What a request changes of what waits for its person: words for a file, a question for words. Somebody else's
    leaves both waiting."""
    theirs = asked.incoming.attachments and _pending_of(asked.incoming, asked.project)
    waiting: dict[str, ProjectValue] = {"pending": None} if theirs else {}
    return {**waiting, **({"answered": asked.question.id} if asked.question else {})}


def _pending_of(incoming: Incoming, project: Project) -> PendingRequest | None:
    return project.pending if project.pending and project.pending.sender == incoming.sender else None


@dataclass(frozen=True, slots=True)
class JobFactory:
    """Makes the jobs of a message. `default` names the operator's skill for requests that point to none."""

    skills: SkillBook
    default: str

    def upload(self, asked: Asked, now: float) -> Job:
        return self._job(asked, now, Task.UPLOAD, "", asked.incoming.attachments)

    def export(self, asked: Asked, now: float, output: str) -> Job:
        """Ends in `output`, or in what the words of the project's last edit asked for."""
        project = asked.project
        output = output or project.output
        job = self._job(asked, now, Task.EXPORT, asked.incoming.text, asked.incoming.attachments, output)
        return job if project.skill or not project.used else replace(job, skill=project.used)

    def edits(self, asked: Asked, now: float, text: str, output: str = "", *, export: bool = False) -> list[Job]:
        """One job for all files where the words use them together, else one job and one result a file. `export` says
        that the result is wanted, whether files came along or not."""
        files = asked.incoming.attachments
        if not files and (opened := asked.open_request):
            job = self._edit(asked, now, text, (), output or opened.output, opened.about)
            return [replace(job, export=export or opened.export)]
        jobs = [_as_known(job, asked.project) for job in self._edits(asked, now, text, output)]
        wanted = export or asked.behind is not Behind.NOTHING
        return [replace(job, export=True) for job in jobs] if wanted else jobs

    def _edits(self, asked: Asked, now: float, text: str, output: str) -> list[Job]:
        files = asked.incoming.attachments
        names = [shown_name(file) for file in files] or list(asked.project.fresh)
        kinds = [_kind(file) for file in files] or [kind_of(name) for name in names]
        requests = told_apart(text, names, kinds) if len(names) > 1 and asked.behind is Behind.NOTHING else None
        if requests is None:
            if len(names) < 2 or asked.behind or len({*kinds} - {"other"}) > 1 or joins_files(text, kinds):
                return [self._edit(asked, now, text, files, output)]
            requests = per_file_requests(text, len(names))
        if not files:
            return [
                self._edit(asked, now, request, (), about=name)
                for request, name in zip(requests, names, strict=True)
                if request
            ]
        return [
            self._edit(asked, now, file.caption or request, (file,), about=ITS_OWN)
            for request, file in zip(requests, files, strict=True)
        ]

    def again(self, job: Job, asked: Asked, now: float) -> Job | None:
        """A failed job once more, from the step where it can go on; None for one that did not fail."""
        return again(job, asked.incoming, asked.project, now)

    def _edit(
        self,
        asked: Asked,
        now: float,
        text: str,
        files: tuple[Attachment, ...],
        output: str = "",
        about: str = "",
    ) -> Job:
        if not text:  # a file of several that none of the words speak of
            return self._job(asked, now, Task.UPLOAD, "", files)
        job = self._job(asked, now, Task.EDIT, text, files, output or output_of(text))
        if not job.output and converts_openly(text):
            made = self.skills.named(job.skill)
            job = replace(job, output=made.output if made else "")
        return replace(job, about=about)

    def _job(
        self,
        asked: Asked,
        now: float,
        task: Task,
        text: str,
        files: tuple[Attachment, ...],
        output: str = "",
    ) -> Job:
        incoming, project = asked.incoming, asked.project
        kinds = _kinds(files, project, text)
        skill = choose_skill(self.skills, text, kinds, chosen=project.skill, default=self.default)
        return Job(
            id=uuid.uuid4().hex,
            place=incoming.place,
            sender=incoming.sender,
            language=asked.language,
            task=task,
            created=now,
            request=text,
            attachments=files,
            skill=skill.name,
            output=output,
            reply_to=incoming.reply_to,
            message=incoming.replaces or incoming.id,
            behind=asked.behind,
            restore=asked.restore,
            instead=incoming.result_files,
            press=press_of(incoming),
            answers=asked.question.id if asked.question else "",
        )


def press_of(incoming: Incoming) -> str:
    """Tells a button under a message from all others, and who pressed it."""
    return f"{incoming.place}/{incoming.sender}/{incoming.under}/{incoming.action}" if incoming.action else ""


def _as_known(job: Job, project: Project) -> Job:
    """A reply to a file that the project has already: it is not uploaded again, and what was edited of it stands.

    The file still belongs to the job, so that a new session gets it.
    """
    known = [_known(file, project) for file in job.attachments]
    if not all(known) or not known:
        return job
    names = tuple(file.name for file in known if file)
    played = all(name in project.played for name in names) or len(project.files) == len(names)
    about = "" if played else job.about or (ITS_OWN if len(names) == 1 else "")
    return replace(job, uploaded=names, about=about)


def _known(file: Attachment, project: Project) -> ProjectFile | None:
    return next((each for each in project.files if file.origin and each.origin == file.origin), None)


@dataclass(frozen=True, slots=True)
class Admission:
    """Saves new jobs where there is room for them, else says why not. `room` is how many jobs may be open."""

    store: Store
    engine: Engine
    replies: Replies
    waiting_line: WaitingLine
    room: Room

    async def admit(self, asked: Asked, jobs: Sequence[Job], **changes: ProjectValue) -> Ids:
        """Returns the ids of the jobs that were saved. `changes` are made to the place's project with them."""
        incoming = asked.incoming
        replaced = await self.waiting_line.waiting_of(incoming.place, incoming.replaces)
        match await self.store.admit(incoming, jobs, self.room, changes=changes):
            case AdmissionResult.SAVED:
                self.waiting_line.dismiss(replaced, "status-replaced")
                self.waiting_line.announce(incoming, jobs)  # before a worker takes the job
                self.engine.wake()
                return tuple(job.id for job in jobs)
            case AdmissionResult.SEEN:
                return ()
            case AdmissionResult.TOO_LATE:
                error: UserError = EditTooLate()
            case AdmissionResult.FULL:
                error = WaitingRoomFull()
            case AdmissionResult.FULL_FOR_YOU:
                error = YourShareIsFull(count=self.room.per_person)
        return self.replies.apologise(replace(asked, language=jobs[0].language), error)


def again(job: Job, incoming: Incoming, project: Project, now: float) -> Job | None:
    """A new job that goes on where one that failed or was cancelled has stopped; None for one that did neither.

    What is done is not done again: the new row says what stands in the project already.
    """
    same_session = bool(job.session) and job.session == project.session
    step, new = next_step(job, Facts(again=True, same_session=same_session)), _once_more(job, incoming, now)
    if same_session:
        new = replace(new, session=job.session, opened=job.opened, uploaded=job.uploaded, held=job.held)
    match step:
        case Step.RESUME_RENDER:
            return replace(_with_turn(new, job), render=job.render)
        case Step.RESUME_TURN:
            return _with_turn(new, job)
        case Step.TAKE_TURN:
            # The edit that was waited for in vain may have come since. It cannot be told from somebody else's.
            return replace(new, before=job.before if job.edited and project.turn == job.id else "")
        case Step.UPLOAD:
            return new
        case _:
            return None


def in_form(form: Form, job: Job, asked: Asked, now: float) -> Job:
    """A new job that sends a finished render once more, in a form that its chat can take."""
    return replace(
        _once_more(job, asked.incoming, now),
        task=Task.EXPORT,
        request="",
        attachments=(),
        about="",
        files=(),
        behind=Behind.NOTHING,
        restore="",
        instead=(),
        answers="",
        session=job.session,
        render=job.render,
        output="mp3" if form is Form.SOUND else job.output,
        form=form,
    )


def _with_turn(new: Job, old: Job) -> Job:
    return replace(
        new,
        before=old.before,
        edited=old.edited,
        followed=old.followed,
        concluded=old.concluded,
        exportable=old.exportable,
        answer=old.answer,
        offers=old.offers,
        question=old.question,
    )


def _once_more(job: Job, incoming: Incoming, now: float) -> Job:
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
        files=job.files,
        named=job.named,
        behind=job.behind,
        restore=job.restore,
        instead=job.instead,
        press=press_of(incoming),
        form=job.form,
        answers=job.answers,
    )


def _kinds(files: Sequence[Attachment], project: Project, text: str) -> list[Kind]:
    """Of the new files, with what the timeline is where they are used in it; else of the timeline as it stands."""
    stands: list[Kind] = ["audio"] if project.kind == "audio" else ["video"] if project.kind else []
    new = [_kind(file) for file in files] or [kind_of(name) for name in project.fresh]
    if new:
        return [*stands, *new] if stands and joins_files(text, [*stands, *new]) else new
    return stands or [kind_of(name) for name in (project.source,) if name]


def _kind(file: Attachment) -> Kind:
    return kind_of(shown_name(file), file.mime)
