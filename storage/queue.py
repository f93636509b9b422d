"""The queue, in Procrastinate's tables: one entry per job, made in the transaction that saves the job."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import procrastinate
from procrastinate import PsycopgConnector
from psycopg import AsyncConnection

from core.job import Job
from storage.driver import Statement

TASK = "cutroom.work"

# One queue per platform: a worker takes only jobs that it can answer. The lock keeps the jobs of a place in order.
_DEFER = """
    select procrastinate_defer_jobs_v1(array[row(
        cast(:queue as varchar), cast(:task as varchar), 0, cast(:lock as text), null,
        cast(:args as jsonb), null
    )::procrastinate_job_to_defer_v1]) as ids
"""

# Rows that nobody would work on: from before the move here, or released by a process that was stopped.
UNQUEUED = """
    select * from jobs where open = 1 and not exists (
        select 1 from procrastinate_jobs as queued
        where queued.args->>'job' = jobs.id and queued.status in ('todo', 'doing')
    ) order by seq
"""

_INSTALLING = 0x7072_6F63_7261_73


def enqueue(jobs: Sequence[Job]) -> Iterator[Statement]:
    for job in jobs:
        values = {
            "queue": job.place.platform,
            "task": TASK,
            "lock": str(job.place),
            "args": json.dumps({"job": job.id}),
        }
        yield _DEFER, values


async def install_queue(url: str) -> None:
    """Makes Procrastinate's tables if they are not there yet; one process at a time."""
    async with await AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("select pg_advisory_lock(%s)", (_INSTALLING,))
        cursor = await connection.execute("select to_regclass('procrastinate_jobs') is not null")
        found = await cursor.fetchone()
        if found and found[0]:
            return
        app = procrastinate.App(connector=PsycopgConnector(conninfo=url))
        async with app.open_async():
            await app.schema_manager.apply_schema_async()
