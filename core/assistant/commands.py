"""Stopping jobs: in the database first, then where they run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.assistant.replies import Ids, Replies
from core.assistant.requests import language_of
from core.assistant.waiting_line import Reception
from core.job import Job, Project, Stage
from core.language.catalogue import say
from core.messages import Incoming
from core.ports import Engine, Store


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
