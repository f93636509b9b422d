"""The store: `core.ports.Store` over either database. Each call is one transaction."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.acceptance import Accepted, Ahead, Room
from core.errors import LostClaim
from core.job import Job, Project, Stage
from core.messages import Incoming, Place
from core.ports import Whose
from core.shelf import KeptResult
from storage import sql
from storage.driver import Driver, Rows, Statement, Transaction
from storage.rows import (
    job_from_row,
    job_to_row,
    project_from_row,
    project_to_row,
    result_from_row,
    result_to_row,
)

Values = dict[str, Any]
DEAD_AFTER_SECONDS = 40.0
_PRUNED_AT_ONCE = 500


class SqlStore:
    """`enqueue` says what else is written with new jobs, in their transaction: how a distributed engine is told.

    A claim whose holder was silent for `dead_after` seconds may be taken over.
    """

    def __init__(
        self,
        driver: Driver,
        now: Callable[[], float] = time.time,
        *,
        enqueue: Callable[[Sequence[Job]], Iterable[Statement]] = lambda jobs: (),
        dead_after: float = DEAD_AFTER_SECONDS,
    ) -> None:
        self._driver = driver
        self._now = now
        self._enqueue = enqueue
        self._dead_after = dead_after

    # --- messages and jobs

    async def accept(self, incoming: Incoming, jobs: Sequence[Job], room: Room | None = None) -> Accepted:
        return await self._driver.transact(self._accept(incoming, jobs, room))

    def _accept(self, incoming: Incoming, jobs: Sequence[Job], room: Room | None) -> Transaction[Accepted]:
        # Whoever adds to a place waits for the other who does: so the rows' numbers are in the order of their
        # commits, and no older job can turn up behind one that runs already.
        if jobs and (lock := self._driver.lock(f"place {incoming.place}")):
            yield lock
        seen = {"platform": incoming.place.platform, "id": incoming.id, "at": self._now()}
        if not (yield sql.FIRST_SIGHT, seen):
            return Accepted.SEEN
        if incoming.replaces and not (yield from self._take_back(incoming)):
            return Accepted.TOO_LATE
        if room is not None and (full := (yield from self._is_full(incoming, len(jobs), room))):
            return full
        for job in jobs:
            yield sql.ADD_JOB, job_to_row(job)
        for statement in self._enqueue(jobs):  # noqa: UP028 - `yield from` would send the rows on to a plain iterator
            yield statement
        return Accepted.SAVED

    def _take_back(self, incoming: Incoming) -> Transaction[Rows]:
        values = {"platform": incoming.place.platform, "message": incoming.replaces, "now": self._now()}
        return (yield sql.TAKE_BACK_WAITING, values)

    def _is_full(self, incoming: Incoming, more: int, room: Room) -> Transaction[Accepted | None]:
        if not more:
            return None
        [counts] = yield sql.OPEN_COUNTS, {"platform": incoming.place.platform, "sender": incoming.sender}
        if counts["in_all"] + more > room.in_all:
            return Accepted.FULL
        return Accepted.FULL_FOR_YOU if counts["of_person"] + more > room.per_person else None

    async def claim_next(self, token: str, whose: Whose | None = None) -> Job | None:
        return _job(await self._one(sql.CLAIM_NEXT, {"token": token, **self._times(), **_of(whose or Whose())}))

    async def claim(self, job_id: str, token: str, whose: Whose | None = None) -> Job | None:
        values = {"id": job_id, "token": token, **self._times(), **_of(whose or Whose())}
        return _job(await self._one(sql.CLAIM, values))

    async def renew(self, worker: str) -> set[str]:
        rows = await self._one(sql.RENEW, {"worker": worker, "now": self._now()})
        return {row["claim"] for row in rows}

    async def release(self, token: str) -> None:
        await self._one(sql.RELEASE, {"token": token})

    async def release_claims(self, place: Place | None = None) -> None:
        await self._one(sql.RELEASE_CLAIMS, _where(place))

    async def job(self, job_id: str) -> Job | None:
        return _job(await self._one(sql.JOB, {"id": job_id}))

    async def save(self, job: Job, token: str) -> None:
        if not await self._one(sql.SAVE_JOB, {**job_to_row(job), "token": token, "now": self._now()}):
            raise LostClaim(job.id)

    async def cancel(self, job_id: str) -> Stage | None:
        return await self._driver.transact(self._cancel(job_id))

    def _cancel(self, job_id: str) -> Transaction[Stage | None]:
        before = yield sql.JOB, {"id": job_id}
        done = yield sql.CANCEL, {"id": job_id, "now": self._now()}
        return Stage(before[0]["stage"]) if done else None

    async def open_jobs(self, place: Place | None = None) -> list[Job]:
        return [job_from_row(row) for row in await self._one(sql.OPEN_JOBS, _where(place))]

    async def jobs(self, *, only_open: bool = False, platform: str | None = None, most: int = 50) -> list[Job]:
        values = {"open": int(only_open), "platform": platform, "most": most}
        return [job_from_row(row) for row in await self._one(sql.JOBS, values)]

    async def ahead_of(self, job_id: str) -> Ahead:
        [counts] = await self._one(sql.AHEAD, {"id": job_id})
        return Ahead(in_place=counts["in_place"], in_all=counts["in_all"])

    async def prune(self, before: float) -> int:
        """Deletes what ended, was seen or was put on the shelf earlier; returns how many rows that were."""
        pruned = 0
        for statement in (sql.PRUNE_JOBS, sql.PRUNE_SEEN, sql.PRUNE_RESULTS):
            while rows := await self._one(statement, {"before": before, "most": _PRUNED_AT_ONCE}):
                pruned += len(rows)
        return pruned

    # --- places

    async def project(self, place: Place) -> Project:
        return await self._driver.transact(self._project(place))

    def _project(self, place: Place) -> Transaction[Project]:
        rows = yield sql.PROJECT, _where(place)
        return project_from_row(place, rows[0] if rows else None)

    async def update_project(self, place: Place, **changes: str | tuple[str, ...]) -> Project:
        return await self._driver.transact(self._update_project(place, changes))

    def _update_project(self, place: Place, changes: Values) -> Transaction[Project]:
        if lock := self._driver.lock(f"project {place}"):
            yield lock
        project = replace((yield from self._project(place)), **changes)
        yield sql.SAVE_PROJECT, {**project_to_row(project), "at": self._now()}
        return project

    async def newest_place(self, platform: str) -> Place | None:
        rows = await self._one(sql.NEWEST_PLACE, {"platform": platform})
        return Place(platform, rows[0]["place"]) if rows else None

    async def move_place(self, old: Place, new: Place) -> None:
        await self._driver.transact(self._move_place({**_where(old), "new": new.key}))

    def _move_place(self, places: Values) -> Transaction[None]:
        for statement in (*sql.MOVE_PLACE, *sql.MOVE_IF_FREE):
            yield statement, places

    # --- the shelf, and what chats chose

    async def keep_result(self, result: KeptResult) -> None:
        await self._one(sql.KEEP_RESULT, result_to_row(result))

    async def kept_result(self, result_id: str) -> KeptResult | None:
        rows = await self._one(sql.RESULT, {"id": result_id})
        return result_from_row(rows[0]) if rows else None

    async def kept_results(self, platform: str, sender: str, most: int = 20) -> list[KeptResult]:
        values = {"platform": platform, "sender": sender, "most": most}
        return [result_from_row(row) for row in await self._one(sql.RESULTS, values)]

    async def preferences(self, place: Place) -> dict[str, str]:
        return await self._driver.transact(self._preferences(place))

    def _preferences(self, place: Place) -> Transaction[dict[str, str]]:
        rows = yield sql.PREFERENCES, _where(place)
        return json.loads(rows[0]["body"]) if rows else {}

    async def save_preferences(self, place: Place, values: Mapping[str, str]) -> None:
        await self._driver.transact(self._save_preferences(place, values))

    def _save_preferences(self, place: Place, values: Mapping[str, str]) -> Transaction[None]:
        if lock := self._driver.lock(f"preferences {place}"):
            yield lock
        before = yield from self._preferences(place)
        kept = {name: value for name, value in {**before, **values}.items() if value}
        yield sql.SAVE_PREFERENCES, {**_where(place), "body": json.dumps(kept)}

    # --- small things

    async def _one(self, statement: str, values: Values) -> Rows:
        return await self._driver.single(statement, values)

    def _times(self) -> Values:
        now = self._now()
        return {"now": now, "dead": now - self._dead_after}


def _job(rows: Rows) -> Job | None:
    return job_from_row(rows[0]) if rows else None


def _of(whose: Whose) -> Values:
    platforms = f"|{'|'.join(sorted(whose.platforms))}|" if whose.platforms is not None else None
    return {**_where(whose.place), "platforms": platforms, "per_person": whose.per_person}


def _where(place: Place | None) -> Values:
    return {"platform": place.platform if place else None, "place": place.key if place else None}
