"""Which engine runs the jobs: one process on a database file, or any number of them on a server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.chat.status import FirstMessages
from core.job import Job
from core.jobs.claims import is_over
from core.jobs.worker import Worker
from core.messages import Place
from core.ports import Engine, Store
from storage.opening import Opened

if TYPE_CHECKING:
    from bots.wiring.queue_engine import QueueEngine

LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Workload:
    """What an engine has to run. `on_end` is called after each job; `first_messages` are set if they are sent in this
    process. Nothing is claimed before `ready` returns. `at_once` jobs run side by side, `per_person` of them of one
    person."""

    run: Callable[[Job, str], Awaitable[None]]
    platforms: Collection[str]
    on_end: Callable[[], None]
    at_once: int
    per_person: int
    ready: Callable[[], Awaitable[None]]
    only: Place | None = None
    first_messages: FirstMessages | None = None


@asynccontextmanager
async def open_engine(database: Opened, url: str, load: Workload, *, works: bool) -> AsyncIterator[Engine]:
    """Without `works` the jobs are left to other processes, which get them from a database server."""
    if not works:
        yield Elsewhere(database.store)
        return
    async with _engine(database, url, load) as engine:
        yield engine


def _engine(database: Opened, url: str, load: Workload) -> Worker | QueueEngine:
    store, run, platforms = database.store, load.run, load.platforms
    if not url:
        return Worker(
            store,
            run,
            only=load.only,
            platforms=platforms,
            at_once=load.at_once,
            per_person=load.per_person,
            lease=database.lease,
            ready=load.ready,
            on_end=load.on_end,
            first_messages=load.first_messages,
        )
    from bots.wiring.queue_engine import QueueEngine  # noqa: PLC0415 - an optional extra

    return QueueEngine(
        url,
        database.driver,
        store,
        run,
        platforms=platforms,
        at_once=load.at_once,
        per_person=load.per_person,
        lease=database.lease,
        ready=load.ready,
        on_end=load.on_end,
    )


class Elsewhere:
    """For a process that only takes messages: the jobs run in other processes, which find their rows."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def wake(self) -> None:
        """A job is queued in the transaction that saves it."""

    def stop(self, job_id: str) -> None:
        """Its worker finds its claim gone within seconds."""

    async def wait_for(self, job_ids: Iterable[str]) -> None:
        for job_id in job_ids:
            while not await is_over(self._store, job_id):  # noqa: ASYNC110 - it ends in another process
                await asyncio.sleep(LOOK_SECONDS)
