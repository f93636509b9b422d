"""The store: `core.ports.Store` over either database. Each call is one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from core.errors import LostClaim
from core.job import Job, ProjectValue, Stage
from core.messages import Incoming, Place
from core.records import AdmissionResult, Ahead, OutboxEntry, Room
from core.store import DOUBLE_SECONDS, Lease
from storage import sql
from storage.claims import ClaimRows
from storage.driver import Driver, Enqueue, Rows, Transaction
from storage.places import PlaceRows, Values, where
from storage.rows import (
    job_from_row,
    job_to_row,
    outbox_to_row,
)

_PRUNED_AT_ONCE = 500


class SqlStore(ClaimRows, PlaceRows):
    """`enqueue` writes what else a new job needs, in the transaction that saves it."""

    def __init__(
        self,
        driver: Driver,
        now: Callable[[], float] = time.time,
        *,
        enqueue: Enqueue = lambda jobs: (),
        lease: Lease | None = None,
    ) -> None:
        ClaimRows.__init__(self, driver, now, lease or Lease())
        PlaceRows.__init__(self, driver, now)
        self._enqueue = enqueue

    # --- messages and jobs

    async def admit(
        self,
        incoming: Incoming,
        jobs: Sequence[Job],
        room: Room | None = None,
        answer: OutboxEntry | None = None,
        changes: Mapping[str, ProjectValue] = MappingProxyType({}),
    ) -> AdmissionResult:
        return await self._driver.transact(self._admit(incoming, jobs, room, answer, changes))

    def _admit(
        self,
        incoming: Incoming,
        jobs: Sequence[Job],
        room: Room | None,
        answer: OutboxEntry | None,
        changes: Mapping[str, ProjectValue],
    ) -> Transaction[AdmissionResult]:
        # Those who add to a place wait for each other. So the rows' numbers are in the order of their commits, and no
        # older job can turn up behind one that is being worked on.
        if jobs and (lock := self._driver.lock(f"place {incoming.place}")):
            yield lock
        seen = {"platform": incoming.place.platform, "id": incoming.id, "at": self._now()}
        if not (yield sql.FIRST_SIGHT, seen):
            return AdmissionResult.SEEN
        if (yield from self._is_pressed_again(jobs)):
            return AdmissionResult.SEEN
        # The room first: a refused edit must leave the jobs of its earlier words waiting.
        if room is not None and (full := (yield from self._is_full(incoming, len(jobs), room))):
            return full
        if incoming.replaces and not (yield from self._withdraw(incoming)):
            return AdmissionResult.TOO_LATE
        if answer is not None:
            yield sql.ADD_TO_OUTBOX, {**outbox_to_row(answer), "at": self._now()}
        if changes:
            yield from self._update_project(incoming.place, changes)
        for job in jobs:
            yield sql.ADD_JOB, job_to_row(job)
        for statement in self._enqueue(jobs):  # noqa: UP028 - `yield from` would send the rows on to a plain iterator
            yield statement
        return AdmissionResult.SAVED

    def _is_pressed_again(self, jobs: Sequence[Job]) -> Transaction[bool]:
        press = next((job.press for job in jobs if job.press), "")
        if not press:
            return False
        since = self._now() - DOUBLE_SECONDS
        made = yield sql.LATELY_MADE, {**where(jobs[0].place), "since": since}
        lately = [job_from_row(row) for row in made]
        return any(job.press == press and (not job.stage.over or job.created > since) for job in lately)

    def _withdraw(self, incoming: Incoming) -> Transaction[Rows]:
        values = {"platform": incoming.place.platform, "message": incoming.replaces, "now": self._now()}
        return (yield sql.WITHDRAW_WAITING, values)

    def _is_full(self, incoming: Incoming, more: int, room: Room) -> Transaction[AdmissionResult | None]:
        if not more:
            return None
        values = {"platform": incoming.place.platform, "sender": incoming.sender, "message": incoming.replaces}
        [counts] = yield sql.OPEN_COUNTS, values
        if incoming.replaces and not counts["going"]:
            return None  # too late, which is the truer answer
        added = more - counts["going"]
        if added > 0 and counts["in_all"] + added > room.in_all:
            return AdmissionResult.FULL
        return AdmissionResult.FULL_FOR_YOU if added > 0 and counts["of_person"] + added > room.per_person else None

    async def note_status(self, job_id: str, message_id: str) -> bool:
        return await self._driver.transact(self._note_status(job_id, message_id))

    def _note_status(self, job_id: str, message_id: str) -> Transaction[bool]:
        rows = yield sql.WAITING_JOB, {"id": job_id}
        if not rows:
            return False
        job = replace(job_from_row(rows[0]), status_message=message_id)
        return bool((yield sql.NOTE_STATUS, {"id": job_id, "body": job_to_row(job)["body"]}))

    async def job(self, job_id: str) -> Job | None:
        rows = await self._one(sql.JOB, {"id": job_id})
        return job_from_row(rows[0]) if rows else None

    async def save(self, job: Job, token: str) -> None:
        if job.stage.over and job.carries:
            await self._driver.transact(self._save_all(job, token))
        elif not await self._one(sql.SAVE_JOB, self._saving(job, token)):
            raise LostClaim(job.id)

    def _save_all(self, job: Job, token: str) -> Transaction[None]:
        if not (yield sql.SAVE_JOB, self._saving(job, token)):
            raise LostClaim(job.id)
        yield from self._end_carried(job)

    def _end_carried(self, job: Job) -> Transaction[None]:
        for carried in job.carries:
            for row in (yield sql.JOB, {"id": carried}):
                ended = replace(job_from_row(row), stage=job.stage, error=job.error)
                yield sql.END_CARRIED, {**self._saving(ended, "")}

    def _saving(self, job: Job, token: str) -> Values:
        return {**job_to_row(job), "token": token, "now": self._now()}

    async def split_batch(self, job_ids: Iterable[str], token: str) -> None:
        await self._driver.transact(self._split_batch(job_ids, token))

    def _split_batch(self, job_ids: Iterable[str], token: str) -> Transaction[None]:
        for job_id in job_ids:
            yield sql.SPLIT_BATCH, {"id": job_id, "token": token}

    async def cancel(self, job_id: str) -> Stage | None:
        return await self._driver.transact(self._cancel(job_id))

    def _cancel(self, job_id: str) -> Transaction[Stage | None]:
        before = yield sql.JOB, {"id": job_id}
        done = yield sql.CANCEL, {"id": job_id, "now": self._now()}
        if not done:
            return None
        yield from self._end_carried(replace(job_from_row(before[0]), stage=Stage.CANCELLED))
        return Stage(before[0]["stage"])

    async def open_jobs(self, place: Place | None = None) -> list[Job]:
        return [job_from_row(row) for row in await self._one(sql.OPEN_JOBS, where(place))]

    async def jobs(self, *, only_open: bool = False, platform: str | None = None, most: int = 50) -> list[Job]:
        values = {"open": int(only_open), "platform": platform, "most": most}
        return [job_from_row(row) for row in await self._one(sql.JOBS, values)]

    async def jobs_beside(self, job_id: str) -> list[Job]:
        return [job_from_row(row) for row in await self._one(sql.JOBS_BESIDE, {"id": job_id})]

    async def ahead_of(self, job_id: str) -> Ahead:
        [counts] = await self._one(sql.AHEAD, {"id": job_id})
        return Ahead(in_place=counts["in_place"], in_all=counts["in_all"])

    async def prune(self, before: float) -> int:
        """In steps, so that nobody waits long for the writer."""
        pruned = 0
        for statement in (sql.PRUNE_JOBS, sql.PRUNE_SEEN, sql.PRUNE_KEPT_RESULTS, sql.PRUNE_PUBLISHED):
            while rows := await self._one(statement, {"before": before, "most": _PRUNED_AT_ONCE}):
                pruned += len(rows)
        return pruned
