"""The engine of one process: claims jobs and works on them side by side, each place's in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable
from types import TracebackType
from typing import Self

from core.chat.status import FirstMessages
from core.job import Job
from core.jobs.claims import Claims, without_waiting
from core.messages import Place
from core.ports import Store
from core.store import ClaimFilter, Lease, StorageTrouble

log = logging.getLogger(__name__)


class Worker:
    """`async with Worker(...)`: goes on with the jobs that an earlier process left, then does what `wake` announces.

    Leaving stops the tasks and leaves their rows as they are: the next start goes on from there. `only`
    confines it to one place, for a process that serves a single conversation. `platforms` are those that it can
    talk on; jobs of others wait. At most `at_once` jobs run, and `per_person` of one person. The words
    of `first_messages` are sent before work begins, and `ready` is waited for before anything is claimed: it returns
    when the backend can be reached.
    """

    def __init__(
        self,
        store: Store,
        run: Callable[[Job, str], Awaitable[None]],
        *,
        only: Place | None = None,
        platforms: Collection[str] | None = None,
        at_once: int = 8,
        per_person: int = 8,
        lease: Lease | None = None,
        first_messages: FirstMessages | None = None,
        ready: Callable[[], Awaitable[None]] = without_waiting,
        on_end: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._only = only
        self._lease = lease or Lease()
        self._first_messages = first_messages or FirstMessages()
        self._wanted = ClaimFilter(only, frozenset(platforms) if platforms is not None else None, per_person)
        self._at_once = at_once
        self._ready = ready
        self._claims = Claims(store, run, self._lease, self._ended)
        self._news = asyncio.Event()
        self._on_end = on_end

    async def __aenter__(self) -> Self:
        await self._store.release_claims(self._only)
        await self._claims.__aenter__()
        self._news.set()
        self._loops = [asyncio.create_task(self._claim_for_ever()), asyncio.create_task(self._reconcile_for_ever())]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._loops:
            task.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        await self._claims.__aexit__(kind, error, trace)

    def wake(self) -> None:
        """There may be a new job."""
        self._news.set()

    def stop(self, job_id: str) -> None:
        """Ends the work on a job that has been cancelled in the store."""
        self._claims.stop(job_id)

    async def wait_for(self, job_ids: Iterable[str]) -> None:
        """Returns when these jobs are over and everything about them has been said."""
        await self._claims.wait_for(job_ids)

    def _ended(self) -> None:
        self._news.set()
        self._on_end()

    async def _reconcile_for_ever(self) -> None:
        # Nobody announces a claim that expired, or a row that another process added.
        while True:
            await asyncio.sleep(self._lease.reconcile)
            self._news.set()

    async def _claim_for_ever(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            await self._first_messages.others_first()
            await self._ready()
            try:
                await self._claim_all()
            except StorageTrouble as trouble:
                log.warning("no job could be claimed (%s); tried again in %s s", trouble, self._lease.retry)
                self._look_again_later()
            except Exception:
                log.exception("jobs could not be claimed; tried again in %s s", self._lease.retry)
                self._look_again_later()

    def _look_again_later(self) -> None:
        asyncio.get_running_loop().call_later(self._lease.retry, self._news.set)

    async def _claim_all(self) -> None:
        while len(self._claims) < self._at_once:
            claim = await self._claims.claim_next(self._wanted)
            if claim is None:
                return
            self._claims.start(claim)
