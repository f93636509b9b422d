"""A database that is full, read-only, locked, damaged or away: told as what it is, and nothing accepted is lost."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from pathlib import Path

import pytest

from core.job import Job, Stage
from core.records import AdmissionResult
from core.store import StorageTrouble, Trouble
from storage.opening import open_database
from storage.postgres import PostgresDriver
from storage.sqlite import SqliteDriver
from storage.store import SqlStore
from tests.jobs import HERE, a_job, a_message
from tests.servers.postgres import Postgres, postgres


async def _fill(store: SqlStore) -> list[Job]:
    """Accepts until nothing more fits; returns what was accepted."""
    kept: list[Job] = []
    with pytest.raises(StorageTrouble) as told:  # noqa: PT012 - how many fit is not known
        while True:
            job = a_job(request="x" * 3000)
            await store.admit(a_message(), [job])
            kept.append(job)
    assert told.value.kind is Trouble.FULL
    return kept


async def test_a_full_disk_saves_nothing_of_a_message_and_keeps_what_was_accepted(database: Path) -> None:
    async with SqliteDriver(database) as driver:
        store, message, late = SqlStore(driver), a_message(), a_job(request="x" * 9000)
        [pages] = await driver.single("pragma page_count", {})
        await driver.single(f"pragma max_page_count = {pages['page_count'] + 9}", {})
        kept = await _fill(store)
        assert kept
        with pytest.raises(StorageTrouble):
            await store.admit(message, [late])
        await driver.single("pragma max_page_count = 1000000", {})
        assert await store.open_jobs() == kept
        assert await store.admit(message, [late]) is AdmissionResult.SAVED, "the platform sends it again"


async def test_a_backup_that_fails_leaves_no_file_behind(database: Path, tmp_path: Path) -> None:
    async with SqliteDriver(database) as driver:
        for _ in range(200):
            await SqlStore(driver).admit(a_message(), [a_job(request="y" * 500)])
        copy, before = tmp_path / "copy.db", resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, before[1]))  # no file of ours may grow further
        try:
            with pytest.raises(StorageTrouble) as told:
                await driver.back_up(copy)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert told.value.where == str(copy)
        assert not copy.exists()
        await driver.back_up(copy)
    async with SqliteDriver(copy) as driver:
        assert len(await SqlStore(driver).open_jobs()) == 200


async def test_a_backup_into_a_folder_that_is_not_there_names_that_file(database: Path, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "copy.db"
    async with SqliteDriver(database) as driver:
        with pytest.raises(StorageTrouble) as told:
            await driver.back_up(missing)
    assert told.value.where == str(missing)


async def test_a_database_that_cannot_be_written_is_told(database: Path) -> None:
    async with SqliteDriver(database) as driver:
        store = SqlStore(driver)
        await store.admit(a_message(), [a_job()])
        driver._db.execute("pragma query_only = on")
        with pytest.raises(StorageTrouble) as told:
            await store.admit(a_message(), [a_job()])
        assert told.value.kind is Trouble.READ_ONLY
        assert len(await store.open_jobs()) == 1


async def test_a_folder_in_which_nothing_can_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageTrouble) as told:
        async with SqliteDriver(tmp_path / "file" / "cutroom.db"):
            pass
    assert told.value.kind is Trouble.READ_ONLY


async def test_a_database_that_another_program_holds_is_told_and_works_again_after(database: Path) -> None:
    async with SqliteDriver(database, busy=0.05) as driver:
        store, message, job = SqlStore(driver), a_message(), a_job()
        other = sqlite3.connect(database, isolation_level=None)
        other.execute("begin immediate")
        with pytest.raises(StorageTrouble) as told:
            await store.admit(message, [job])
        assert told.value.kind is Trouble.LOCKED
        other.execute("rollback")
        other.close()
        assert await store.admit(message, [job]) is AdmissionResult.SAVED


async def _use(database: Path) -> None:
    async with SqliteDriver(database) as driver:
        store = SqlStore(driver)
        await store.open_jobs()
        await store.admit(a_message(), [a_job()])


async def test_damage_within_a_database_is_told(database: Path) -> None:
    async with SqliteDriver(database) as driver:
        for _ in range(200):
            await SqlStore(driver).admit(a_message(), [a_job(request="y" * 500)])
    whole = database.read_bytes()
    database.write_bytes(whole[:8192] + bytes(len(whole) - 8192))
    with pytest.raises(StorageTrouble) as told:
        await _use(database)
    assert told.value.kind is Trouble.DAMAGED


async def test_a_server_that_is_not_there_is_told_without_its_password() -> None:
    with pytest.raises(StorageTrouble) as told:
        async with PostgresDriver("postgresql://me:s3cret@127.0.0.1:9/db", patience=0.3):
            pass
    assert told.value.kind is Trouble.UNREACHABLE
    assert "s3cret" not in f"{told.value} {told.value.where}"


async def test_a_server_that_is_restarted_is_waited_for(tmp_path: Path) -> None:
    with postgres() as own:
        async with open_database(tmp_path / "unused", own.empty()) as database:
            store, job, again = database.store, a_job(), a_job()
            await store.admit(a_message(), [job])
            await asyncio.to_thread(own.restart)
            assert await store.admit(a_message(), [again]) is AdmissionResult.SAVED
            assert await store.open_jobs(HERE) == [job, again]


async def test_fifty_transactions_at_once_keep_their_places_order(tmp_path: Path, server: Postgres) -> None:
    async with open_database(tmp_path / "unused", server.empty()) as database:
        store = database.store
        jobs = [a_job(HERE, request=str(number)) for number in range(50)]
        await asyncio.gather(*(store.admit(a_message(), [job]) for job in jobs))
        waiting = await store.open_jobs()
        assert sorted(job.id for job in waiting) == sorted(job.id for job in jobs)
        for expected in waiting:
            claims = await asyncio.gather(*(store.claim_next(f"{n}" * 32) for n in range(4)))
            assert [job for job in claims if job] == [expected]
            await store.cancel(expected.id)


async def test_a_transaction_that_is_cancelled_midway_leaves_nothing_behind(tmp_path: Path, server: Postgres) -> None:
    async with open_database(tmp_path / "unused", server.empty()) as database:
        for turns in range(12):
            message, jobs = a_message(), [a_job(), a_job()]
            accepting = asyncio.create_task(database.store.admit(message, jobs))
            for _ in range(turns):
                await asyncio.sleep(0)
            accepting.cancel()
            await asyncio.gather(accepting, return_exceptions=True)
            found = [job for job in jobs if await database.store.job(job.id)]
            assert len(found) in (0, 2)
            taken = await database.store.admit(message, [])
            assert taken is (AdmissionResult.SEEN if found else AdmissionResult.SAVED)
            for job in found:
                assert await database.store.cancel(job.id) is Stage.ACCEPTED
