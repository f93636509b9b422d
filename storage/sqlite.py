"""The store on SQLite, through sqlite-utils: one connection in one thread, every commit on the disk."""

from __future__ import annotations

import asyncio
import itertools
import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlite_utils import Database

from core.errors import LostClaim
from core.job import Job, Project, Stage
from core.messages import Incoming, Place
from core.shelf import KeptResult
from storage import sql
from storage.rows import (
    job_from_row,
    job_to_row,
    project_from_row,
    project_to_row,
    result_from_row,
    result_to_row,
)

T = TypeVar("T")
Row = dict[str, Any]
OPENING_ATTEMPTS = 200


class StoreTooNew(Exception):
    """The database was written by a newer Cutroom; this one must not touch it."""


class SqliteStore:
    """`async with SqliteStore(path) as store`. Implements `core.ports.Store`; each call is one transaction.

    sqlite3 connections are bound to a thread and SQLite has one writer anyway: everything runs in a thread
    of our own, so the event loop never waits for the disk.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="cutroom-store")

    async def __aenter__(self) -> Self:
        try:
            self._db = await self._in_thread(self._open)
        except BaseException:
            self._thread.shutdown()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._in_thread(self._db.close)
        self._thread.shutdown()

    # --- messages and jobs

    async def accept(self, incoming: Incoming, jobs: Sequence[Job]) -> bool:
        return await self._in_thread(self._accept, incoming, jobs)

    def _accept(self, incoming: Incoming, jobs: Sequence[Job]) -> bool:
        with self._transaction():
            seen = {"platform": incoming.place.platform, "id": incoming.id, "at": self._now()}
            if not self._rows(sql.FIRST_SIGHT, seen):
                return False
            for job in jobs:
                self._db.execute(sql.ADD_JOB, job_to_row(job))
        return True

    async def claim_next(self, token: str, only: Place | None = None) -> Job | None:
        rows = await self._write(sql.CLAIM_NEXT, {"token": token, **_where(only)})
        return job_from_row(rows[0]) if rows else None

    async def job(self, job_id: str) -> Job | None:
        rows = await self._in_thread(self._rows, sql.JOB, {"id": job_id})
        return job_from_row(rows[0]) if rows else None

    async def save(self, job: Job, token: str) -> None:
        if not await self._write(sql.SAVE_JOB, {**job_to_row(job), "token": token}):
            raise LostClaim(job.id)

    async def cancel(self, job_id: str) -> Stage | None:
        return await self._in_thread(self._cancel, job_id)

    def _cancel(self, job_id: str) -> Stage | None:
        with self._transaction():
            before = self._rows(sql.JOB, {"id": job_id})
            done = self._rows(sql.CANCEL, {"id": job_id})
        return Stage(before[0]["stage"]) if done else None

    async def open_jobs(self, place: Place | None = None) -> list[Job]:
        rows = await self._in_thread(self._rows, sql.OPEN_JOBS, _where(place))
        return [job_from_row(row) for row in rows]

    async def release_claims(self, place: Place | None = None) -> None:
        await self._write(sql.RELEASE_CLAIMS, _where(place))

    # --- projects

    async def project(self, place: Place) -> Project:
        return await self._in_thread(self._project, place)

    async def update_project(self, place: Place, **changes: str | tuple[str, ...]) -> Project:
        return await self._in_thread(self._update_project, place, changes)

    async def newest_place(self, platform: str) -> Place | None:
        rows = await self._in_thread(self._rows, sql.NEWEST_PLACE, {"platform": platform})
        return Place(platform, rows[0]["place"]) if rows else None

    async def move_place(self, old: Place, new: Place) -> None:
        await self._in_thread(self._move_place, {**_where(old), "new": new.key})

    def _move_place(self, places: Row) -> None:
        with self._transaction():
            for statement in (*sql.MOVE_PLACE, *sql.MOVE_IF_FREE):
                self._rows(statement, places)

    async def keep_result(self, result: KeptResult) -> None:
        await self._write(sql.KEEP_RESULT, result_to_row(result))

    async def kept_result(self, result_id: str) -> KeptResult | None:
        rows = await self._in_thread(self._rows, sql.RESULT, {"id": result_id})
        return result_from_row(rows[0]) if rows else None

    async def kept_results(self, platform: str, sender: str, most: int = 20) -> list[KeptResult]:
        values = {"platform": platform, "sender": sender, "most": most}
        return [result_from_row(row) for row in await self._in_thread(self._rows, sql.RESULTS, values)]

    async def preferences(self, place: Place) -> dict[str, str]:
        return await self._in_thread(self._preferences, place)

    async def save_preferences(self, place: Place, values: Mapping[str, str]) -> None:
        await self._in_thread(self._save_preferences, place, values)

    def _preferences(self, place: Place) -> dict[str, str]:
        rows = self._rows(sql.PREFERENCES, _where(place))
        return json.loads(rows[0]["body"]) if rows else {}

    def _save_preferences(self, place: Place, values: Mapping[str, str]) -> None:
        with self._transaction():
            kept = {name: value for name, value in {**self._preferences(place), **values}.items() if value}
            self._rows(sql.SAVE_PREFERENCES, {**_where(place), "body": json.dumps(kept)})

    def _project(self, place: Place) -> Project:
        rows = self._rows(sql.PROJECT, _where(place))
        return project_from_row(place, rows[0] if rows else None)

    def _update_project(self, place: Place, changes: dict[str, Any]) -> Project:
        with self._transaction():
            project = replace(self._project(place), **changes)
            self._rows(sql.SAVE_PROJECT, {**project_to_row(project), "at": self._now()})
        return project

    # --- the connection

    def _open(self) -> Database:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        self._path.chmod(0o600)
        connection = sqlite3.connect(self._path, timeout=30, isolation_level=None, check_same_thread=False)
        db = Database(connection, execute_plugins=False)
        try:
            _migrate(connection)
            _use_write_ahead_log(db)
            db.execute("pragma synchronous = full")
        except BaseException:
            db.close()
            raise
        return db

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        # IMMEDIATE: a deferred one that reads first and then writes fails at once when another process wrote.
        self._db.execute("begin immediate")
        try:
            yield
            self._db.execute("commit")
        except BaseException:
            # On a full disk SQLite has taken it back already.
            if self._db.conn.in_transaction:
                self._db.execute("rollback")
            raise

    def _rows(self, statement: str, values: Row) -> list[Row]:
        cursor = self._db.execute(statement, values)
        names = [column[0] for column in cursor.description]
        # Read to the end: an open cursor would keep the write-ahead log from being folded in.
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _write_rows(self, statement: str, values: Row) -> list[Row]:
        with self._transaction():
            return self._rows(statement, values)

    async def _write(self, statement: str, values: Row) -> list[Row]:
        return await self._in_thread(self._write_rows, statement, values)

    async def _in_thread(self, call: Callable[..., T], *args: Any) -> T:
        # Shielded: a cancelled task must not leave half of a transaction behind in the thread.
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._thread, call, *args))


def _where(place: Place | None) -> Row:
    return {"platform": place.platform if place else None, "place": place.key if place else None}


def _migrate(connection: sqlite3.Connection) -> None:
    while (done := _version(connection)) < len(sql.MIGRATIONS):
        connection.execute("begin immediate")
        try:
            # Looked at again under the lock: another process may open a new database at the same moment.
            if _version(connection) == done:
                for statement in sql.MIGRATIONS[done].split(";"):
                    connection.execute(statement)
                connection.execute(f"pragma user_version = {done + 1}")
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")
    if done > len(sql.MIGRATIONS):
        raise StoreTooNew


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


def _use_write_ahead_log(db: Database) -> None:
    # The one statement that does not wait for another process that is opening the same file.
    for attempt in itertools.count(1):
        try:
            db.enable_wal()
        except sqlite3.OperationalError:
            if attempt == OPENING_ATTEMPTS:
                raise
            time.sleep(0.05)
        else:
            return
