"""Questions that are answered beside the running job: what is left on the account, what is on the timeline."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import ProjectGone, SessionGone
from core.gateway import Gateway
from core.job import Job, Project, Stage
from core.messages import Place
from core.overview import credits_line, timeline_line
from core.ports import Clock, Store
from core.skills import Skill
from core.status import clock_face
from core.words import say


@dataclass(frozen=True, slots=True)
class Inquiries:
    store: Store
    gateway: Gateway
    clock: Clock

    async def credits(self, place: Place, skill: Skill, language: str) -> str:
        return credits_line(language, await self.gateway.call(place, skill, self.gateway.client.credits))

    async def status(self, project: Project, skill: Skill, language: str) -> str:
        """What is being worked on, and the timeline as the backend has it."""
        lines = [self._job(job, language) for job in await self.store.open_jobs(project.place)]
        if project.session:
            lines.append(await self._timeline(project, skill, language))
        return "\n".join(lines) or say(language, "no-project")

    async def _timeline(self, project: Project, skill: Skill, language: str) -> str:
        place = project.place
        try:
            state = await self.gateway.state(place, skill, project.session)
        except SessionGone as error:
            if (await self.store.project(place)).session == project.session:  # and no job has opened a new one
                await self.gateway.new_session(place, skill, language)
            raise ProjectGone from error
        return timeline_line(language, state.draft)

    async def sentence(self, language: str, key: str) -> str:
        """Something that is known already, for callers that treat all answers alike."""
        return say(language, key)

    def _job(self, job: Job, language: str) -> str:
        stage = say(language, f"stage-{job.stage.value}")
        if job.stage is Stage.ACCEPTED:
            return stage
        return say(language, "working-on", stage=stage, elapsed=clock_face(self.clock.now() - job.created))
