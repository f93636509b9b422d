"""The claims of this process: taken, renewed by heartbeats, released; and the jobs stopped whose claim is lost.

Which job may be claimed, and when a claim expires, is decided in `storage/claims.py`.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import uuid
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from core.errors import LostClaim
from core.job import Job, JobError, Stage
from core.ports import Store
from core.store import ClaimFilter, Lease, StorageTrouble

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Claim:
    """`token` has to be shown with every write to `job`."""

    job: Job
    token: str


class Claims:
    """`async with Claims(store, run, lease) as claims`. Leaving stops the work and releases the claims.

    Every `lease.heartbeat` seconds the claims are renewed. A job is stopped if its claim is lost: it was cancelled, or
    another worker took it over because our heartbeats did not arrive. `on_end` is called after each job, whatever
    became of it.
    """

    def __init__(
        self,
        store: Store,
        run: Callable[[Job, str], Awaitable[None]],
        lease: Lease,
        on_end: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._run = run
        self._lease = lease
        self._worker = uuid.uuid4().hex
        self._tasks: dict[str, asyncio.Task[bool]] = {}
        self._jobs: dict[str, str] = {}  # by token
        self._unknown: set[str] = set()
        self._ended = asyncio.Event()
        self._on_end = on_end

    async def __aenter__(self) -> Self:
        self._heart = asyncio.create_task(self._renew_for_ever())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Heartbeats go on until the last job is released: nobody else may take one over before that.
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        self._heart.cancel()
        await asyncio.gather(self._heart, return_exceptions=True)

    def __len__(self) -> int:
        return len(self._tasks)

    # --- taking and releasing

    async def claim_next(self, wanted: ClaimFilter) -> Claim | None:
        """The oldest job that is free, if there is one."""
        token = self._new_token()
        job = await self._store.claim_next(token, wanted)
        return Claim(job, token) if job else None

    async def claim(self, job_id: str, wanted: ClaimFilter) -> Claim | None:
        """What has to be done first for this job: itself, or the oldest one of its place, if that is free."""
        token = self._new_token()
        job = await self._store.claim(job_id, token, wanted)
        return Claim(job, token) if job else None

    async def release(self, claim: Claim) -> None:
        """For a job that was claimed and not started."""
        await self._store.release(claim.token)

    def _new_token(self) -> str:
        return f"{self._worker}{uuid.uuid4().hex[:16]}"

    # --- working

    def start(self, claim: Claim) -> asyncio.Task[bool]:
        """Works on the job. The task never fails: it returns whether the job is over, and is cancelled if the job was
        stopped."""
        job = claim.job
        task = self._tasks[job.id] = asyncio.create_task(self._guarded(job, claim.token))
        self._jobs[claim.token] = job.id
        # Not in a `finally` of the task: one that is stopped before its first step never gets there.
        task.add_done_callback(functools.partial(self._forget, claim))
        return task

    def stop(self, job_id: str) -> None:
        """Ends the work on a job that has been cancelled in the store. A second time changes nothing."""
        task = self._tasks.get(job_id)
        if task is None:
            self._announce_end()  # it had not begun, and is over all the same
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
            log.info("job %s: stopped", job.id)
            await self._release(job.id, token)
            raise
        except LostClaim:
            log.info("job %s: another worker has claimed it", job.id)
        except StorageTrouble as trouble:
            log.warning("job %s: stopped, the database is in trouble (%s)", job.id, trouble)
            await self._release(job.id, token)
        except Exception:
            log.exception("job %s: ended by a mistake of ours", job.id)
            with suppress(StorageTrouble):
                await self._fail(job.id, token)
        else:
            return True
        return False

    async def _release(self, job_id: str, token: str) -> None:
        # So that it can be claimed again at once; if the store does not answer, the claim expires.
        try:
            await asyncio.shield(self._store.release(token))
        except (StorageTrouble, asyncio.CancelledError):
            log.info("job %s: not released, its claim expires", job_id)

    async def _fail(self, job_id: str, token: str) -> None:
        # An open job would hold up its place until the next start.
        job = await self._store.job(job_id)
        if job is not None and not job.stage.over:
            with suppress(LostClaim):
                await self._store.save(replace(job, stage=Stage.FAILED, error=JobError.INTERNAL), token)

    def _forget(self, claim: Claim, task: asyncio.Task[bool]) -> None:
        self._jobs.pop(claim.token, None)
        if self._tasks.get(claim.job.id) is task:
            del self._tasks[claim.job.id]
        self._announce_end()
        if not task.cancelled() and (error := task.exception()):
            log.error("job %s: its claim could not be released", claim.job.id, exc_info=error)

    def _announce_end(self) -> None:
        self._ended.set()
        self._ended = asyncio.Event()
        self._on_end()

    # --- heartbeats

    async def _renew_for_ever(self) -> None:
        while True:
            await asyncio.sleep(self._lease.heartbeat)
            if not self._jobs:
                continue
            try:
                await self._renew()
            except StorageTrouble as trouble:
                log.warning("claims could not be renewed: %s", trouble)

    async def _renew(self) -> None:
        ours = dict(self._jobs)
        good = await self._store.renew(self._worker)
        for token, job_id in ours.items():
            if token not in good and token in self._jobs and await self._is_lost(job_id):
                log.info("job %s: its claim is lost", job_id)
                self.stop(job_id)
        await self._release_unknown(good - set(self._jobs))

    async def _release_unknown(self, unknown: set[str]) -> None:
        """A claim that the store gave us and whose answer never arrived: released when it is seen a second time."""
        for token in unknown & self._unknown:
            await self._store.release(token)
        self._unknown = unknown - self._unknown

    async def _is_lost(self, job_id: str) -> bool:
        """Not if the job has just ended or become ready, and its run is only tidying up."""
        job = await self._store.job(job_id)
        return job is None or job.stage not in (Stage.DONE, Stage.FAILED, Stage.READY)


async def is_over(store: Store, job_id: str) -> bool:
    """Whether nothing is left to do for it; also if its row is gone."""
    job = await store.job(job_id)
    return job is None or job.stage.over


async def without_waiting() -> None:
    """For an engine whose jobs depend on nothing that may be away."""
