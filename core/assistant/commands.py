"""What is done at once: jobs are started or cancelled, a language or a skill is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.assistant.replies import Ids, Replies
from core.assistant.requests import language_of
from core.assistant.waiting_line import Reception
from core.chat.buttons import PressLanguage, PressSkill, write_press
from core.errors import EditTooLate, UserError, WaitingRoomFull, YourShareIsFull
from core.job import Job, Project, Stage
from core.language.catalogue import LANGUAGES, say
from core.language.detection import ui_language
from core.messages import Button, Incoming
from core.ports import Engine, Store
from core.records import AdmissionResult, Room
from core.skills import SkillBook


@dataclass(frozen=True, slots=True)
class Choices:
    """A choice that names nothing we have is answered with what there is. `jobs` are saved beside the answer."""

    replies: Replies
    skills: SkillBook

    async def language(self, incoming: Incoming, project: Project, tag: str, jobs: Sequence[Job]) -> Ids:
        if not tag:
            buttons = [Button(say(each, "language-name"), write_press(PressLanguage(each))) for each in LANGUAGES]
            spoken = language_of(incoming, project)
            return await self.replies.say(incoming, spoken, say(spoken, "which-language"), buttons, jobs)
        return await self.replies.say(incoming, tag, say(tag, "language-chosen"), jobs=jobs, language=tag)

    async def skill(self, incoming: Incoming, project: Project, name: str, jobs: Sequence[Job]) -> Ids:
        language = language_of(incoming, project)
        shown = ui_language(language)
        skill = self.skills.named(name)
        if skill is None:
            pressed = [(each, write_press(PressSkill(each.name))) for each in self.skills.skills]
            buttons = [Button(each.title.of(shown), action) for each, action in pressed if action]
            return await self.replies.say(incoming, language, say(language, "which-skill"), buttons, jobs)
        text = say(language, "skill-chosen", title=skill.title.of(shown))
        return await self.replies.say(incoming, language, text, jobs=jobs, skill=skill.name)


@dataclass(frozen=True, slots=True)
class Starting:
    """`room` is how many jobs may be open."""

    store: Store
    engine: Engine
    replies: Replies
    reception: Reception
    room: Room

    async def start(self, incoming: Incoming, jobs: Sequence[Job], **changes: str) -> Ids:
        """Returns the ids of the jobs that were begun. `changes` are what it changes of its place's project."""
        replaced = await self.reception.waiting_of(incoming.place, incoming.replaces)
        match await self.store.admit(incoming, jobs, self.room, changes=changes):
            case AdmissionResult.SAVED:
                self.reception.dismiss(replaced, "status-replaced")
                self.reception.welcome(incoming, jobs)  # before whoever works on it comes between
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
        return self.replies.apologise(incoming, jobs[0].language, error)


@dataclass(frozen=True, slots=True)
class Cancelling:
    """Only the person who asked for a job can stop it."""

    store: Store
    engine: Engine
    replies: Replies
    reception: Reception

    async def all_of(self, incoming: Incoming, project: Project, jobs: Sequence[Job] = ()) -> Ids:
        """Everything of this person that is open here; other people's work goes on. `jobs` come after it."""
        mine = [job for job in await self.store.open_jobs(incoming.place) if job.sender == incoming.sender]
        return await self._say(incoming, project, [await self._stop(job) for job in mine], jobs)

    async def one(self, incoming: Incoming, project: Project, job: Job | None) -> Ids:
        if job is None or job.place != incoming.place or job.stage.over:
            return await self._say(incoming, project, [])
        if job.sender != incoming.sender:
            language = language_of(incoming, project)
            return await self.replies.say(incoming, language, say(language, "not-yours"))
        return await self._say(incoming, project, [await self._stop(job)])

    async def _say(
        self, incoming: Incoming, project: Project, stages: Sequence[Stage | None], jobs: Sequence[Job] = ()
    ) -> Ids:
        key = "cancelled-while-editing" if Stage.EDITING in stages else "cancelled"
        key = key if any(stages) else "nothing-to-cancel"
        language = language_of(incoming, project)
        return await self.replies.say(incoming, language, say(language, key), jobs=jobs)

    async def _stop(self, job: Job) -> Stage | None:
        # The row first: a worker that finishes in this moment must find that it may not.
        stage = await self.store.cancel(job.id)
        self.engine.stop(job.id)
        if stage in (Stage.ACCEPTED, Stage.READY):  # perhaps nobody works on it who would tidy its status message
            self.reception.dismiss([job.id], "status-cancelled")
        return stage
