"""Durable jobs: what accepting, handing out and ending one costs, beside bare SQLite and bare Procrastinate."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import procrastinate
from procrastinate import PsycopgConnector

from bench.report import Line, median, ms, page, quantile
from bots.wiring.queue_engine import FETCH_SECONDS, QueueEngine
from core.job import Job, Stage
from core.jobs.worker import Worker
from core.messages import Place
from core.ports import Store
from storage.opening import Opened, open_database
from storage.rows import job_to_row
from tests.jobs import a_job, a_message
from tests.servers.postgres import Postgres, postgres

MESSAGES, JOBS, CHATS, ROUNDS = 1000, 400, 40, 5
OPEN_JOBS = 1000
IDLE_SECONDS = 10.0
ALLOWED = 1.30

_ABOUT = f"""\
Medians of {ROUNDS} rounds; both sides in one run, in turns, on the same disk with every commit flushed to it.
*Accept* is a message handed over until its row and its job's are committed ({MESSAGES} a round). *Jobs* run a function
that does nothing but end ({JOBS} over {CHATS} chats a round). Bare SQLite does the same commits with the same rows on
one connection in one thread: insert two rows, claim, end. Bare Procrastinate defers and runs tasks that do nothing,
with the same lock a chat, concurrency and polling."""


def run() -> str:
    with tempfile.TemporaryDirectory(prefix="cutroom-bench-") as folder, postgres() as server:
        lines = asyncio.run(_measure(Path(folder), server))
    return page("Durable jobs", _ABOUT, lines)


async def _measure(folder: Path, server: Postgres) -> list[Line]:
    return [*await _embedded(folder), *await _distributed(folder, server)]


# --- SQLite


async def _embedded(folder: Path) -> list[Line]:
    ours: list[float] = []
    bare: list[float] = []
    our_jobs: list[float] = []
    bare_jobs: list[float] = []
    for number in range(ROUNDS):
        async with open_database(folder / f"ours-{number}.db", "") as database:
            ours += await _accepts(database.store)
            our_jobs.append(await _worked_off(database.store, _embedded_engine))
        with Bare(folder / f"bare-{number}.db") as raw:
            bare += await raw.accepts()
            bare_jobs.append(await raw.jobs())
    ratio = median(ours) / median(bare)
    rate, bare_rate = JOBS / median(our_jobs), JOBS / median(bare_jobs)
    recovery = await _recovery(folder / "recovery.db")
    idle = await _idle(folder / "idle.db", "")
    return [
        Line("SQLite: accept, median", ms(median(ours)), ms(median(bare)), f"{ratio:.2f}", "<= 1.30", ratio <= ALLOWED),
        Line("SQLite: accept, p99", ms(quantile(ours, 0.99)), ms(quantile(bare, 0.99))),
        Line(
            "SQLite: jobs a second",
            f"{rate:.0f}",
            f"{bare_rate:.0f}",
            f"{bare_rate / rate:.2f}",
            "<= 1.30",
            bare_rate / rate <= ALLOWED,
        ),
        Line(
            f"SQLite: {OPEN_JOBS} open jobs taken up after kill -9",
            f"{recovery:.2f} s",
            bar="<= 2 s",
            met=recovery <= 2,
        ),
        Line("SQLite: idle CPU", f"{idle:.2f} %"),
    ]


class Bare:
    """The same rows and the same commits, with sqlite3 alone in a thread of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1)

    def __enter__(self) -> Bare:
        self._thread.submit(self._open).result()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.submit(self._db.close).result()
        self._thread.shutdown()

    def _open(self) -> None:
        self._db = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        self._db.execute("create table seen (platform text, id text, at real, primary key (platform, id))")
        self._db.execute(
            "create table jobs (seq integer primary key, id text unique, platform text, place text, stage text, "
            "open integer, claim text default '', created real, body text, sender text, message text)"
        )
        self._db.execute("create index jobs_open on jobs (platform, place, seq) where open = 1")

    def _accept(self, job: Job) -> None:
        self._db.execute("begin immediate")
        self._db.execute("insert into seen values (?, ?, ?)", ("test", uuid.uuid4().hex, time.time()))
        row = job_to_row(job)
        names = ", ".join(row)
        self._db.execute(f"insert into jobs ({names}) values ({', '.join(':' + n for n in row)})", row)
        self._db.execute("commit")

    def _end(self, job: Job) -> None:
        self._db.execute("update jobs set claim = ? where id = ?", (uuid.uuid4().hex, job.id))
        row = job_to_row(replace(job, stage=Stage.DONE))
        self._db.execute("update jobs set stage = :stage, open = :open, body = :body where id = :id", row)

    async def accepts(self) -> list[float]:
        return [await _timed(lambda: self._in_thread(self._accept, a_job())) for _ in range(MESSAGES)]

    async def jobs(self) -> float:
        jobs = _jobs()
        began = time.perf_counter()
        for job in jobs:
            await self._in_thread(self._accept, job)
            await self._in_thread(self._end, job)
        return time.perf_counter() - began

    async def _in_thread(self, call: Callable[[Job], None], job: Job) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, call, job)


# --- PostgreSQL


async def _distributed(folder: Path, server: Postgres) -> list[Line]:
    ours: list[float] = []
    our_jobs: list[float] = []
    bare_jobs: list[float] = []
    for _ in range(ROUNDS):
        url = server.empty()
        async with open_database(folder / "unused", url) as database:
            ours += await _accepts(database.store)
            await database.driver.single("delete from jobs returning id", {})
            await database.driver.single("delete from procrastinate_jobs returning id", {})
            our_jobs.append(await _worked_off(database.store, _distributed_engine(url, database)))
        bare_jobs.append(await _bare_procrastinate(server.empty()))
    rate, bare_rate = JOBS / median(our_jobs), JOBS / median(bare_jobs)
    url = server.empty()
    idle = await _idle(folder / "unused", url)
    return [
        Line("PostgreSQL: accept, median", ms(median(ours))),
        Line("PostgreSQL: accept, p99", ms(quantile(ours, 0.99))),
        Line(
            "PostgreSQL: jobs a second",
            f"{rate:.0f}",
            f"{bare_rate:.0f}",
            f"{bare_rate / rate:.2f}",
            "<= 1.30",
            bare_rate / rate <= ALLOWED,
        ),
        Line("PostgreSQL: idle CPU", f"{idle:.2f} %"),
    ]


async def _bare_procrastinate(url: str) -> float:
    app = procrastinate.App(connector=PsycopgConnector(conninfo=url, min_size=1, max_size=4))
    done = asyncio.Semaphore(0)

    @app.task(name="bare")
    async def bare(job: str) -> None:
        done.release()

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        worker = asyncio.create_task(
            app.run_worker_async(
                concurrency=8,
                fetch_job_polling_interval=FETCH_SECONDS,
                delete_jobs="successful",
                install_signal_handlers=False,
            )
        )
        began = time.perf_counter()
        for number, job in enumerate(_jobs()):
            await bare.configure(lock=f"chat-{number % CHATS}").defer_async(job=json.dumps(job_to_row(job)))
        for _ in range(JOBS):
            await done.acquire()
        took = time.perf_counter() - began
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
    return took


# --- both


def _jobs() -> list[Job]:
    return [a_job(Place("test", f"chat-{number % CHATS}"), sender=f"p{number}") for number in range(JOBS)]


async def _timed(do: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await do()
    return time.perf_counter() - began


async def _accepts(store: Store) -> list[float]:
    times = [await _timed(lambda: store.admit(a_message(), [a_job()])) for _ in range(MESSAGES)]
    for job in await store.open_jobs():
        await store.cancel(job.id)
    return times


Engine = Callable[[Store, Callable[[Job, str], Awaitable[None]]], Worker | QueueEngine]


def _embedded_engine(store: Store, run: Callable[[Job, str], Awaitable[None]]) -> Worker:
    return Worker(store, run, at_once=8)


def _distributed_engine(url: str, database: Opened) -> Engine:
    return lambda store, run: QueueEngine(
        url, database.driver, store, run, platforms=["test"], at_once=8, per_person=1000
    )


async def _worked_off(store: Store, engine: Engine) -> float:
    """Seconds from the first message to the end of the last job."""
    jobs = _jobs()
    done = asyncio.Semaphore(0)

    async def end(job: Job, token: str) -> None:
        await store.save(replace(job, stage=Stage.DONE), token)
        done.release()

    async with engine(store, end) as worker:
        began = time.perf_counter()
        for job in jobs:
            await store.admit(a_message(job.place), [job])
            worker.wake()
        for _ in jobs:
            await done.acquire()
        return time.perf_counter() - began


async def _recovery(path: Path) -> float:
    """Seconds from opening the database of a process that was killed until its open jobs have all been worked off."""
    async with open_database(path, "") as database:
        for number in range(OPEN_JOBS):
            job = a_job(Place("test", f"chat-{number % CHATS}"), sender=f"p{number}")
            await database.store.admit(a_message(job.place), [job])
        for _ in range(8):
            await database.store.claim_next(uuid.uuid4().hex)
    done = asyncio.Semaphore(0)
    began = time.perf_counter()
    async with open_database(path, "") as database:

        async def end(job: Job, token: str) -> None:
            await database.store.save(replace(job, stage=Stage.DONE), token)
            done.release()

        async with Worker(database.store, end, at_once=8):
            for _ in range(OPEN_JOBS):
                await done.acquire()
            return time.perf_counter() - began


async def _idle(path: Path, url: str) -> float:
    """Per cent of one core while there is nothing to do."""

    async def nothing(job: Job, token: str) -> None:
        raise AssertionError

    async with open_database(path, url) as database:
        engine = _distributed_engine(url, database) if url else _embedded_engine
        async with engine(database.store, nothing):
            await asyncio.sleep(1)
            before = time.process_time()
            await asyncio.sleep(IDLE_SECONDS)
            return (time.process_time() - before) / IDLE_SECONDS * 100
