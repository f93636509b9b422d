"""The engine for many machines: Procrastinate hands out the jobs, our own rows decide who may work on them.

Procrastinate gives the queue, one worker a place, and the rescue of jobs whose worker died. Order and fencing are ours:
whichever entry comes up, the oldest job of its place is worked on, and a worker that wakes up late finds its claim lost
and changes nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable
from types import TracebackType
from typing import Any, Self

import procrastinate
from procrastinate import BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.jobs import Job as Entry

from core.job import Job
from core.jobs.claims import Claims, is_over, without_waiting
from core.ports import Store
from core.store import ClaimFilter, Lease
from storage.driver import Driver, Transaction
from storage.queue import TASK, UNQUEUED, enqueue
from storage.rows import job_from_row

log = logging.getLogger(__name__)

FETCH_SECONDS = 1.0
RESCUE_SECONDS = 5.0
AGAIN_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 5


class _NotYet(Exception):
    """Nobody may work on it now: its person has enough under way, another worker's claim is still good, or we stop."""


class _LaterInItsTurn(BaseRetryStrategy):
    """Whatever ends an entry before its job is over: it keeps its number, and so its turn, and costs no slot."""

    def get_retry_decision(self, *, exception: BaseException, job: Entry) -> RetryDecision:
        return RetryDecision(retry_in={"seconds": min(1 + job.attempts // 2, LONGEST_WAIT_SECONDS)})


class QueueEngine:
    """`async with QueueEngine(...)`. Implements `core.ports.Engine`.

    `platforms` are those that it can talk on. Nothing is claimed before `ready` returns. It survives the
    database server's going away.
    """

    def __init__(
        self,
        url: str,
        driver: Driver,
        store: Store,
        run: Callable[[Job, str], Awaitable[None]],
        *,
        platforms: Collection[str],
        at_once: int,
        per_person: int,
        lease: Lease | None = None,
        ready: Callable[[], Awaitable[None]] = without_waiting,
        on_end: Callable[[], None] = lambda: None,
    ) -> None:
        self._driver = driver
        self._store = store
        self._wanted = ClaimFilter(platforms=frozenset(platforms), per_person=per_person)
        self._queues = sorted(platforms)
        self._at_once = at_once
        self._lease = lease or Lease()
        self._ready = ready
        self._claims = Claims(store, run, self._lease, on_end)
        self._app = procrastinate.App(
            connector=PsycopgConnector(conninfo=url, min_size=1, max_size=4, kwargs={"application_name": "cutroom"})
        )
        self._app.task(name=TASK, retry=_LaterInItsTurn())(self._work)
        self._closing = False
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        await self._app.open_async()
        await self._claims.__aenter__()
        self._worker = asyncio.create_task(self._for_ever("the queue's worker", self._serve, AGAIN_SECONDS))
        self._tasks = [
            asyncio.create_task(self._for_ever("rescuing", self._rescue, RESCUE_SECONDS)),
            asyncio.create_task(self._for_ever("reconciling", self.reconcile, self._lease.reconcile)),
        ]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        for task in self._tasks:
            task.cancel()
        # First our own jobs are released, then Procrastinate has nothing left to wait for.
        await self._claims.__aexit__(kind, error, trace)
        self._worker.cancel()
        await asyncio.gather(self._worker, *self._tasks, return_exceptions=True)
        try:
            await self.reconcile()
        except Exception as trouble:  # the next start does it
            log.info("released jobs could not be queued again: %s", type(trouble).__name__)
        await self._app.close_async()

    def wake(self) -> None:
        """Nothing to do: a job is queued in the transaction that saves it."""

    def stop(self, job_id: str) -> None:
        self._claims.stop(job_id)

    async def wait_for(self, job_ids: Iterable[str]) -> None:
        await self._claims.wait_for(job_ids)

    async def reconcile(self) -> None:
        """Queues every open row that no queue entry stands for."""
        await self._driver.transact(_queued_again())

    # --- the queue

    async def _serve(self) -> None:
        await self._app.run_worker_async(
            queues=self._queues,
            concurrency=self._at_once,
            fetch_job_polling_interval=FETCH_SECONDS,
            update_heartbeat_interval=self._lease.expiry / 4,
            stalled_worker_timeout=self._lease.expiry,
            shutdown_graceful_timeout=2.0,
            delete_jobs="successful",
            install_signal_handlers=False,
        )

    async def _work(self, job: str) -> None:
        """One queue entry: works on the oldest job of its place until its own is over.

        Never waits for an older one to be worked on by others: their entry may be behind this one's lock.
        """
        while True:
            await self._ready()
            claim = await self._claims.claim(job, self._wanted)
            if claim is None:
                if await is_over(self._store, job):
                    return
                raise _NotYet
            if self._closing:
                await self._claims.release(claim)
                raise _NotYet
            task = self._claims.start(claim)
            await self._beside(job, task)
            if claim.job.id == job and not task.cancelled() and task.result() and await is_over(self._store, job):
                return

    async def _beside(self, job: str, task: asyncio.Task[bool]) -> None:
        """Waits for a job to end. One of its place that has been ready for long is worked on beside it: another entry
        for that could not come up behind the place's lock."""
        while not task.done():
            await asyncio.wait([task], timeout=self._lease.ready_check)
            if task.done() or self._closing:
                continue
            ready = await self._claims.claim(job, self._wanted)
            if ready and self._closing:
                await self._claims.release(ready)
            elif ready:
                await asyncio.wait([self._claims.start(ready)])

    async def _rescue(self) -> None:
        """Queues the jobs again whose worker died."""
        stalled = await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=self._lease.expiry)
        for entry in stalled:
            log.warning("a worker died; its job is queued again")
            await self._app.job_manager.retry_job(entry)

    async def _for_ever(self, what: str, do: Callable[[], Awaitable[Any]], pause: float) -> None:
        while True:
            try:
                await do()
            except Exception as error:
                log.warning("%s: %s; again in %s s", what, type(error).__name__, pause)
            await asyncio.sleep(pause)


def _queued_again() -> Transaction[None]:
    rows = yield UNQUEUED, {}
    for statement in enqueue([job_from_row(row) for row in rows]):  # noqa: UP028 - what is sent back stops here
        yield statement
