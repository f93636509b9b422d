"""Which engine works the jobs off: in this process on a file, or on as many as there are with a server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.chat.status import Openings
from core.job import Job
from core.jobs.claims import is_over
from core.jobs.worker import Worker
from core.messages import Place
from core.ports import Engine, Store
from core.settings import Settings
from storage.opening import Opened

if TYPE_CHECKING:
    from bots.wiring.queue_engine import QueueEngine

LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Workload:
    """`on_end` is called after each job; `openings` are their first words, where they are said in this process."""

    run: Callable[[Job, str], Awaitable[None]]
    platforms: Collection[str]
    on_end: Callable[[], None]
    only: Place | None = None
    openings: Openings | None = None


@asynccontextmanager
async def open_engine(
    settings: Settings, database: Opened, url: str, load: Workload, *, works: bool
) -> AsyncIterator[Engine]:
    """One that does not work leaves the jobs to others, which only a database server can hand them to."""
    if not works:
        yield Elsewhere(database.store)
        return
    engine = _engine(settings, database, url, load)
    engine.on_end = load.on_end
    async with engine:
        yield engine


def _engine(settings: Settings, database: Opened, url: str, load: Workload) -> Worker | QueueEngine:
    at_once, per_person = settings.jobs_at_once, settings.jobs_per_person
    store, run, platforms = database.store, load.run, load.platforms
    if not url:
        return Worker(
            store,
            run,
            only=load.only,
            platforms=platforms,
            at_once=at_once,
            per_person=per_person,
            lease=database.lease,
            openings=load.openings,
        )
    from bots.wiring.queue_engine import QueueEngine  # noqa: PLC0415 - an optional extra

    driver = database.driver
    return QueueEngine(
        url, driver, store, run, platforms=platforms, at_once=at_once, per_person=per_person, lease=database.lease
    )


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
            while not await is_over(self._store, job_id):  # noqa: ASYNC110 - it ends in another process
                await asyncio.sleep(LOOK_SECONDS)
