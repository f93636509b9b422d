"""The jobs that this process works on: kept alive in the store, kept apart, and stopped when their claim is lost."""

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
from core.ports import Store
from core.store import Lease, StorageTrouble

log = logging.getLogger(__name__)


class Runs:
    """`async with Runs(store, run, lease) as runs`. Leaving stops the tasks and leaves their rows to be taken up again.

    Every `lease.heartbeat` seconds the store is told that this worker is alive; a job that was cancelled, or taken over
    because we were thought dead, is stopped then. `on_end` is called after each job, whatever became of it.
    """

    def __init__(self, store: Store, run: Callable[[Job, str], Awaitable[None]], lease: Lease) -> None:
        self._store = store
        self._run = run
        self._heartbeat = lease.heartbeat
        self._worker = uuid.uuid4().hex
        self._tasks: dict[str, asyncio.Task[bool]] = {}
        self._tokens: dict[str, str] = {}
        self._orphans: set[str] = set()
        self._ended = asyncio.Event()
        self.on_end: Callable[[], None] = lambda: None

    async def __aenter__(self) -> Self:
        self._heart = asyncio.create_task(self._beat_for_ever())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # The heart goes on until the last has been put down: nobody else may take a job up before that.
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        self._heart.cancel()
        await asyncio.gather(self._heart, return_exceptions=True)

    def __len__(self) -> int:
        return len(self._tasks)

    def new_token(self) -> str:
        return f"{self._worker}{uuid.uuid4().hex[:16]}"

    def begin(self, job: Job, token: str) -> asyncio.Task[bool]:
        """Works on a claimed job. The task never fails: it tells whether the job is over, and is cancelled where the
        job was put down."""
        task = self._tasks[job.id] = asyncio.create_task(self._guarded(job, token))
        self._tokens[token] = job.id
        # Not in a `finally` of the task: one that is stopped before its first step never gets there.
        task.add_done_callback(functools.partial(self._put_away, job.id, token))
        return task

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
        return job_id not in self._tasks and await is_over(self._store, job_id)

    async def _guarded(self, job: Job, token: str) -> bool:
        # One job's end is never another's: whatever happens in it stays in it.
        try:
            await self._run(job, token)
        except asyncio.CancelledError:
            log.info("job %s: put down", job.id)
            await self._let_go(job.id, token)
            raise
        except LostClaim:
            log.info("job %s: somebody else has it now", job.id)
        except StorageTrouble as trouble:
            log.warning("job %s: put down, the database is in trouble (%s)", job.id, trouble)
            await self._let_go(job.id, token)
        except Exception:
            log.exception("job %s: ended without a word", job.id)
            with suppress(StorageTrouble):
                await self._give_up(job.id, token)
        else:
            return True
        return False

    async def _let_go(self, job_id: str, token: str) -> None:
        # So that it can be taken up at once; where that cannot be said, the claim runs out.
        try:
            await asyncio.shield(self._store.release(token))
        except (StorageTrouble, asyncio.CancelledError):
            log.info("job %s: its claim runs out by itself", job_id)

    async def _give_up(self, job_id: str, token: str) -> None:
        # Left open it would hold up its place until the next start.
        job = await self._store.job(job_id)
        if job is not None and not job.stage.over:
            with suppress(LostClaim):
                await self._store.save(replace(job, stage=Stage.FAILED, error="internal"), token)

    def _put_away(self, job_id: str, token: str, task: asyncio.Task[bool]) -> None:
        self._tokens.pop(token, None)
        if self._tasks.get(job_id) is task:
            del self._tasks[job_id]
        self._tell_end()
        if not task.cancelled() and (error := task.exception()):
            log.error("job %s: could not be put away", job_id, exc_info=error)

    def _tell_end(self) -> None:
        self._ended.set()
        self._ended = asyncio.Event()
        self.on_end()

    async def _beat_for_ever(self) -> None:
        while True:
            await asyncio.sleep(self._heartbeat)
            if not self._tokens:
                continue
            ours = dict(self._tokens)
            try:
                held = await self._store.renew(self._worker)
                for token, job_id in ours.items():
                    if token not in held and token in self._tokens and await self._is_lost(job_id):
                        log.info("job %s: its claim is lost", job_id)
                        self.stop(job_id)
                await self._give_back(held - set(self._tokens))
            except StorageTrouble as trouble:
                log.warning("no sign of life could be given: %s", trouble)

    async def _give_back(self, unknown: set[str]) -> None:
        """A claim whose answer was lost is ours and nobody knows: seen twice, it is let go."""
        for token in unknown & self._orphans:
            await self._store.release(token)
        self._orphans = unknown - self._orphans

    async def _is_lost(self, job_id: str) -> bool:
        """Not so where the run has ended its job in this moment, or put it aside, and is only tidying up."""
        job = await self._store.job(job_id)
        return job is None or job.stage not in (Stage.DONE, Stage.FAILED, Stage.READY)


async def is_over(store: Store, job_id: str) -> bool:
    """Whether nothing is left to be done for it, also because nobody knows it any more."""
    job = await store.job(job_id)
    return job is None or job.stage.over
