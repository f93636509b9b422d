"""Copies a database to another one: all rows in order, in one transaction, and only once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import CutroomError
from storage.driver import Driver, Enqueue, Row, Statement, Transaction
from storage.rows import job_from_row

# Each table with its columns. Claims are not copied: their workers work on the old database.
_TABLES = {
    "seen": ("platform", "id", "at"),
    "jobs": ("seq", "id", "platform", "place", "stage", "open", "created", "body", "sender", "message", "ended"),
    "projects": ("platform", "place", "at", "body"),
    "kept_results": ("id", "platform", "place", "sender", "made", "message", "beside", "body"),
    "published": ("slug", "id", "platform", "place", "until", "body", "poster"),
    "adapter_values": ("platform", "scope", "key", "value"),
    "outbox": ("platform", "id", "place", "at", "body"),
    "inbox": ("platform", "id", "at", "body"),
}

# The counter goes on after the last row that was copied.
_COUNT_ON = "select setval(pg_get_serial_sequence('jobs', 'seq'), (select coalesce(max(seq), 0) + 1 from jobs)) as seq"


class TargetInUse(CutroomError):
    """The target has jobs that are not from this source."""


@dataclass(frozen=True, slots=True)
class Moved:
    rows: int
    open_jobs: int


async def move(source: Driver, target: Driver, enqueue: Enqueue) -> Moved:
    """Copies everything to an empty database, or does nothing if that was done before.

    Raises `TargetInUse`. `enqueue` queues the open jobs in the target, in the same transaction.
    """
    tables = {table: await source.single(f"select * from {table}", {}) for table in _TABLES}  # noqa: S608
    tables["jobs"] = sorted(tables["jobs"], key=lambda row: row["seq"])
    return await target.transact(_written(tables, enqueue))


def _written(tables: dict[str, list[Row]], enqueue: Enqueue) -> Transaction[Moved]:
    there = {row["id"] for row in (yield "select id from jobs", {})}
    jobs = [job_from_row(row) for row in tables["jobs"] if row["open"]]
    if there and there >= {row["id"] for row in tables["jobs"]}:
        return Moved(0, len(jobs))
    if there:
        raise TargetInUse
    for statement in _inserts(tables):
        yield statement
    yield _COUNT_ON, {}
    for statement in enqueue(jobs):
        yield statement
    return Moved(sum(len(each) for each in tables.values()), len(jobs))


def _inserts(tables: dict[str, list[Row]]) -> Iterator[Statement]:
    for table, columns in _TABLES.items():
        names, values = ", ".join(columns), ", ".join(f":{column}" for column in columns)
        text = f"insert into {table} ({names}) values ({values}) on conflict do nothing returning 1 as made"  # noqa: S608
        for row in tables[table]:
            yield text, {column: row[column] for column in columns}
