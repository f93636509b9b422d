"""Which engine works the jobs off: in this process on a file, or on as many as there are with a server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from core.job import Job
from core.messages import Place
from core.ports import Engine, Store
from core.settings import Settings
from core.worker import Worker
from storage.opening import Opened

LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Workload:
    """`on_end` is called after each job."""

    run: Callable[[Job, str], Awaitable[None]]
    platforms: Collection[str]
    on_end: Callable[[], None]
    only: Place | None = None


@asynccontextmanager
async def open_engine(
    settings: Settings, database: Opened, url: str, load: Workload, *, works: bool
) -> AsyncIterator[Engine]:
    """One that does not work leaves the jobs to others, which only a database server can hand them to."""
    if not works:
        yield Elsewhere(database.store)
        return
    if not url:
        worker = Worker(
            database.store,
            load.run,
            only=load.only,
            platforms=load.platforms,
            at_once=settings.jobs_at_once,
            per_person=settings.jobs_per_person,
        )
        worker.on_end = load.on_end
        async with worker:
            yield worker
        return
    from bots.distributed import QueueEngine  # noqa: PLC0415 - an optional extra

    engine = QueueEngine(
        url,
        database.driver,
        database.store,
        load.run,
        platforms=load.platforms,
        at_once=settings.jobs_at_once,
        per_person=settings.jobs_per_person,
    )
    engine.on_end = load.on_end
    async with engine:
        yield engine


class Elsewhere:
    """For a process that only takes messages on: the rows are all that it gives to those that work."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def wake(self) -> None:
        """A job is queued in the transaction that saves it."""

    def stop(self, job_id: str) -> None:
        """Whoever works on it finds its claim gone within seconds."""

    async def wait_for(self, job_ids: Iterable[str]) -> None:
        for job_id in job_ids:
            while not await self._is_over(job_id):  # noqa: ASYNC110 - it ends in another process
                await asyncio.sleep(LOOK_SECONDS)

    async def _is_over(self, job_id: str) -> bool:
        job = await self._store.job(job_id)
        return job is None or job.stage.over
