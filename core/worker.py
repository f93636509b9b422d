"""The embedded engine: claims rows and works them off side by side, each place's in order."""

from __future__ import annotations

import asyncio
import functools
import logging
import uuid
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import Self

from core.errors import LostClaim
from core.job import Job, Stage
from core.messages import Place
from core.ports import Store

log = logging.getLogger(__name__)
CLAIM_AGAIN_SECONDS = 5


class Worker:
    """`async with Worker(...)`: takes up what an earlier process left, then whatever `wake` announces.

    Leaving stops the tasks and leaves their rows as they are: the next start goes on from there. `only`
    confines it to one place, for a process that serves a single conversation.
    """

    def __init__(
        self,
        store: Store,
        run: Callable[[Job, str], Awaitable[None]],
        *,
        only: Place | None = None,
        at_once: int = 8,
    ) -> None:
        self._store = store
        self._run = run
        self._only = only
        self._free = asyncio.Semaphore(at_once)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._news = asyncio.Event()
        self._ended = asyncio.Event()

    async def __aenter__(self) -> Self:
        await self._store.release_claims(self._only)
        self._news.set()
        self._loop = asyncio.create_task(self._claim_for_ever())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        tasks = [self._loop, *self._tasks.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def wake(self) -> None:
        """There may be a row to claim."""
        self._news.set()

    def stop(self, job_id: str) -> None:
        """Ends the work on a job that has been cancelled in the store. A second time changes nothing."""
        task = self._tasks.get(job_id)
        if task is None:
            self._tell_end()  # it had not begun, and is over all the same
        elif not task.cancelling():
            task.cancel()

    async def wait_for(self, job_ids: Iterable[str]) -> None:
        """Returns when these jobs are over and everything about them has been said."""
        for job_id in job_ids:
            ended = self._ended  # taken before looking: an end in between must not be missed
            while not await self._is_over(job_id):
                await ended.wait()
                ended = self._ended

    async def _is_over(self, job_id: str) -> bool:
        if job_id in self._tasks:
            return False
        job = await self._store.job(job_id)
        return job is None or job.stage.over

    async def _claim_for_ever(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await self._claim_all()
            except Exception:
                log.exception("jobs could not be claimed; tried again in %s s", CLAIM_AGAIN_SECONDS)
                asyncio.get_running_loop().call_later(CLAIM_AGAIN_SECONDS, self._news.set)

    async def _claim_all(self) -> None:
        while True:
            await self._free.acquire()
            token = uuid.uuid4().hex
            try:
                job = await self._store.claim_next(token, self._only)
            except BaseException:
                self._free.release()
                raise
            if job is None:
                self._free.release()
                return
            task = self._tasks[job.id] = asyncio.create_task(self._guarded(job, token))
            # Not in a `finally` of the task: one that is stopped before its first step never gets there.
            task.add_done_callback(functools.partial(self._put_away, job.id))

    async def _guarded(self, job: Job, token: str) -> None:
        # One job's end is never another's: whatever happens in it stays in it.
        try:
            await self._run(job, token)
        except asyncio.CancelledError:
            log.info("job %s: put down", job.id)
            raise
        except LostClaim:
            log.info("job %s: somebody else has it now", job.id)
        except Exception:
            log.exception("job %s: ended without a word", job.id)
            await self._give_up(job.id, token)

    async def _give_up(self, job_id: str, token: str) -> None:
        # Left open it would hold up its place until the next start.
        job = await self._store.job(job_id)
        if job is not None and not job.stage.over:
            with suppress(LostClaim):
                await self._store.save(replace(job, stage=Stage.FAILED, error="internal"), token)

    def _put_away(self, job_id: str, task: asyncio.Task[None]) -> None:
        if self._tasks.get(job_id) is task:
            del self._tasks[job_id]
        self._free.release()
        self._news.set()
        self._tell_end()
        if not task.cancelled() and (error := task.exception()):
            log.error("job %s: could not be put away", job_id, exc_info=error)

    def _tell_end(self) -> None:
        self._ended.set()
        self._ended = asyncio.Event()
