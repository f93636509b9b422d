"""The database as a file: what survives, who may read it, who may open it together."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sqlite3
import stat
import threading
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from core.errors import LostClaim
from core.job import Job, Stage
from core.records import AdmissionResult
from core.store import StorageTrouble, StoreTooNew, Trouble
from storage import schema
from storage.opening import sqlite_store
from storage.sqlite import SqliteDriver
from storage.store import SqlStore
from tests.jobs import HERE, THERE, a_job, a_message


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_everything_survives_reopening(database: Path) -> None:
    message, job = a_message(), a_job()
    async with sqlite_store(database) as store:
        await store.admit(message, [job])
        await store.update_project(HERE, session="s")
        assert await store.claim_next("old") == job
    async with sqlite_store(database) as store:
        assert AdmissionResult.SEEN is await store.admit(message, [])
        assert await store.open_jobs() == [job]
        assert (await store.project(HERE)).session == "s"
        assert await store.claim_next("new") is None, "nobody but the start takes claims back"
        await store.release_claims()
        assert await store.claim_next("new") == job


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
async def test_only_its_owner_can_read_the_database(database: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        async with sqlite_store(database) as store:
            await store.admit(a_message(), [a_job()])
            files = sorted(database.parent.iterdir())
            assert [file.suffix for file in files] == [".db", ".db-shm", ".db-wal"]
            assert {_mode(file) for file in files} == {0o600}
    finally:
        os.umask(before)


async def test_a_database_that_others_could_read_is_closed_to_them(database: Path) -> None:
    database.parent.mkdir()
    database.touch(mode=0o644)
    async with sqlite_store(database):
        assert _mode(database) == 0o600


async def test_a_newer_database_is_refused_and_left_as_it_is(database: Path) -> None:
    database.parent.mkdir()
    connection = sqlite3.connect(database)
    connection.execute("pragma user_version = 99")
    connection.close()
    before = database.read_bytes()
    with pytest.raises(StoreTooNew):
        async with sqlite_store(database):
            pass
    assert database.read_bytes() == before
    assert [file.name for file in database.parent.iterdir()] == [database.name], "and closed again"


async def test_what_is_no_database_is_refused(database: Path) -> None:
    database.parent.mkdir()
    database.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StorageTrouble) as told:
        async with sqlite_store(database):
            pass
    assert told.value.kind is Trouble.DAMAGED


async def test_a_migration_that_fails_leaves_nothing_behind(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = schema.MIGRATIONS
    monkeypatch.setattr(schema, "MIGRATIONS", (*good, "create table more (x); create table seen (x)"))
    with pytest.raises(StorageTrouble):
        async with sqlite_store(database):
            pass
    monkeypatch.setattr(schema, "MIGRATIONS", (*good, "create table more (x)"))
    async with sqlite_store(database) as store:
        assert await store.open_jobs() == []


async def test_two_stores_on_one_file_never_claim_the_same_job(database: Path) -> None:
    jobs = [a_job(place) for _ in range(4) for place in (HERE, THERE)]
    async with sqlite_store(database) as one, sqlite_store(database) as two:
        await one.admit(a_message(), jobs)
        claimed: list[Job] = []
        while await one.open_jobs():
            found = await asyncio.gather(*(s.claim_next(t) for s, t in ((one, "1"), (two, "2"), (one, "3"))))
            taken = [(t, job) for t, job in zip("123", found, strict=True) if job]
            assert len({job.place for _, job in taken}) == len(taken) == 2
            claimed += [job for _, job in taken]
            for token, job in taken:
                await two.save(_over(job), token)
        assert sorted(job.id for job in claimed) == sorted(job.id for job in jobs)


async def test_a_claim_holds_across_connections(database: Path) -> None:
    job = a_job()
    async with sqlite_store(database) as one, sqlite_store(database) as two:
        await one.admit(a_message(), [job])
        await one.claim_next("one")
        with pytest.raises(LostClaim):
            await two.save(_over(job), "two")
        assert await two.cancel(job.id) is Stage.ACCEPTED
        with pytest.raises(LostClaim):
            await one.save(_over(job), "one")


def _over(job: Job) -> Job:
    return Job(**{**{name: getattr(job, name) for name in Job.__dataclass_fields__}, "stage": Stage.DONE})


def _use(database: Path, name: str, rounds: int, together: Barrier) -> None:
    async def accept_messages() -> None:
        for number in range(rounds):
            together.wait(10)
            async with sqlite_store(database.with_name(f"{number}.db")) as store:
                await store.admit(a_message(id=name), [a_job()])
                await store.admit(a_message(id="the same"), [a_job(THERE)])

    asyncio.run(accept_messages())


async def test_processes_can_open_a_new_database_at_the_same_moment(database: Path) -> None:
    rounds, spawn = 8, multiprocessing.get_context("spawn")
    together = spawn.Barrier(3)
    processes = [spawn.Process(target=_use, args=(database, f"p{number}", rounds, together)) for number in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        await asyncio.to_thread(process.join)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    for number in range(rounds):
        async with sqlite_store(database.with_name(f"{number}.db")) as store:
            assert len(await store.open_jobs(HERE)) == 3
            assert len(await store.open_jobs(THERE)) == 1


async def test_a_cancelled_caller_leaves_whole_transactions_behind(database: Path) -> None:
    async with sqlite_store(database) as store:
        accepting = asyncio.create_task(store.admit(a_message(), [a_job(), a_job()]))
        await asyncio.sleep(0)
        accepting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await accepting
        assert len(await store.open_jobs()) in (0, 2)
        assert AdmissionResult.SAVED is await store.admit(a_message(), [])


async def test_a_read_waits_for_no_write_and_sees_what_was_written_before(database: Path) -> None:
    async with SqliteDriver(database) as driver:
        store, job, go = SqlStore(driver), a_job(), threading.Event()
        await store.admit(a_message(), [job])
        driver._thread.submit(go.wait)
        writing = asyncio.create_task(store.admit(a_message(), [a_job()]))
        try:
            async with asyncio.timeout(60):
                assert await store.open_jobs() == [job]
        finally:
            go.set()
        await writing
        assert len(await store.open_jobs()) == 2


async def test_a_commit_that_fails_does_not_block_what_follows(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with SqliteDriver(database) as driver:
        store, broken = SqlStore(driver), True
        execute = driver._db.execute

        def failing(statement: str, *values: object) -> object:
            if broken and statement == "commit":
                raise sqlite3.OperationalError("disk I/O error")
            return execute(statement, *values)  # type: ignore[arg-type]

        monkeypatch.setattr(driver._db, "execute", failing)
        message, job = a_message(), a_job()
        with pytest.raises(StorageTrouble):
            await store.admit(message, [job])
        broken = False
        assert AdmissionResult.SAVED is await store.admit(message, [job])
