"""Questions that are answered beside the running job: about the credits and about the timeline."""

from __future__ import annotations

from dataclasses import dataclass

from core.chat.status import clock_face
from core.chat.summaries import credits_line, timeline_line
from core.errors import ProjectGone, SessionGone
from core.job import Job, Project, Stage
from core.language.catalogue import say
from core.messages import Place
from core.nemo.gateway import Gateway
from core.ports import Clock, Store
from core.records import Inquiry, OutboxEntry
from core.skills import Skill, SkillBook, choose_skill


@dataclass(frozen=True, slots=True)
class Inquiries:
    store: Store
    gateway: Gateway
    clock: Clock
    skills: SkillBook
    default_skill: str

    async def words(self, entry: OutboxEntry, inquiry: Inquiry) -> str:
        """What is to be said. Raises what the backend refuses."""
        match inquiry:
            case Inquiry.CREDITS:
                return await self._credits(entry.place, entry.language)
            case Inquiry.STATUS:
                return await self._status(entry.place, entry.language)
            case Inquiry.HELP:
                return say(entry.language, "help")
            case Inquiry.UPLOAD:
                return say(entry.language, "send-a-file")

    async def _credits(self, place: Place, language: str) -> str:
        skill = self._skill(await self.store.project(place))
        return credits_line(language, await self.gateway.call(place, skill, self.gateway.client.credits))

    async def _status(self, place: Place, language: str) -> str:
        """What is being worked on, and the timeline as the backend has it."""
        project = await self.store.project(place)
        lines = [self._job(job, language) for job in await self.store.open_jobs(place)]
        if project.open_question:
            lines.append(say(language, "question-waits", question=project.open_question.text))
        if project.session:
            lines.append(await self._timeline(project, self._skill(project), language))
        return "\n".join(lines) or say(language, "no-project")

    def _skill(self, project: Project) -> Skill:
        return choose_skill(self.skills, "", (), chosen=project.skill or project.used, default=self.default_skill)

    async def _timeline(self, project: Project, skill: Skill, language: str) -> str:
        place = project.place
        try:
            state = await self.gateway.state(place, skill, project.session)
        except SessionGone as error:
            if (await self.store.project(place)).session == project.session:  # and no job has opened a new one
                await self.gateway.new_session(place, skill, language)
            raise ProjectGone from error
        return timeline_line(language, state.draft)

    def _job(self, job: Job, language: str) -> str:
        stage = say(language, f"stage-{job.stage.value}")
        if job.stage is Stage.ACCEPTED:
            return stage
        return say(language, "working-on", stage=stage, elapsed=clock_face(self.clock.now() - job.created))
