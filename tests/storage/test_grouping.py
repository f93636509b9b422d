"""Transactions that are flushed together: each all or nothing by itself, none told of before the flush."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.records import AdmissionResult
from core.store import StorageTrouble
from storage.driver import Rows, Transaction
from storage.sqlite import SqliteDriver
from storage.store import SqlStore
from tests.jobs import a_message


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "cutroom.db"


class Watched:
    """The driver with its statements counted, and its thread held up until `go` is set."""

    def __init__(self, driver: SqliteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said: list[str] = []
        self.go = threading.Event()
        execute = driver._db.execute

        def watched(statement: str, *values: Any) -> Any:
            self.said.append(statement)
            return execute(statement, *values)

        monkeypatch.setattr(driver._db, "execute", watched)
        driver._thread.submit(self.go.wait)


def a_transaction(name: str, *, fails: bool = False) -> Transaction[str]:
    values = {"platform": "test", "id": name, "at": 1.0}
    yield "insert into seen (platform, id, at) values (:platform, :id, :at) returning id", values
    if fails:
        raise LookupError(name)
    return name


def names_in(database: Path) -> set[str]:
    with sqlite3.connect(database) as other:
        return {name for (name,) in other.execute("select id from seen")}


async def test_what_waits_together_is_flushed_once(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with SqliteDriver(database) as driver:
        watched, store = Watched(driver, monkeypatch), SqlStore(driver)
        accepted = [asyncio.create_task(store.admit(a_message(id=f"m{n}"), [])) for n in range(50)]
        await asyncio.sleep(0)
        watched.go.set()
        assert set(await asyncio.gather(*accepted)) == {AdmissionResult.SAVED}
        assert watched.said.count("commit") == 1
        assert len(names_in(database)) == 50


async def test_one_that_fails_is_taken_back_alone(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with SqliteDriver(database) as driver:
        watched = Watched(driver, monkeypatch)
        transactions = [a_transaction("a"), a_transaction("b", fails=True), a_transaction("c"), a_transaction("a")]
        waiting = [asyncio.create_task(driver.transact(each)) for each in transactions]
        await asyncio.sleep(0)
        watched.go.set()
        good, failed, also_good, twice = await asyncio.gather(*waiting, return_exceptions=True)
        assert (good, also_good) == ("a", "c")
        assert isinstance(failed, LookupError)
        assert isinstance(twice, sqlite3.IntegrityError)
        assert names_in(database) == {"a", "c"}


async def test_a_flush_that_fails_is_told_to_all_of_them_and_leaves_nothing(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with SqliteDriver(database) as driver:
        watched, execute = Watched(driver, monkeypatch), driver._db.execute

        def failing(statement: str, *values: Any) -> Any:
            if statement == "commit":
                raise sqlite3.OperationalError("disk I/O error")
            return execute(statement, *values)

        monkeypatch.setattr(driver._db, "execute", failing)
        waiting = [asyncio.create_task(driver.transact(a_transaction(name))) for name in "abc"]
        await asyncio.sleep(0)
        watched.go.set()
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)
        assert [type(each) for each in outcomes] == [StorageTrouble] * 3
        assert names_in(database) == set()
        monkeypatch.setattr(driver._db, "execute", execute)
        assert await driver.transact(a_transaction("d")) == "d"


async def test_where_the_database_takes_back_everything_all_are_told(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken_back() -> Iterator[Any]:
        driver._db.conn.execute("rollback")  # as SQLite does by itself on a full disk
        raise sqlite3.OperationalError("database or disk is full")
        yield

    async with SqliteDriver(database) as driver:
        watched = Watched(driver, monkeypatch)
        spoilt: Transaction[Rows] = taken_back()  # type: ignore[assignment]
        waiting = [asyncio.create_task(driver.transact(each)) for each in (a_transaction("a"), spoilt)]
        await asyncio.sleep(0)
        watched.go.set()
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)
        assert [type(each) for each in outcomes] == [StorageTrouble] * 2
        assert names_in(database) == set()


async def test_a_reader_waits_for_no_writer_of_another_process(database: Path) -> None:
    async with SqliteDriver(database) as driver:
        with sqlite3.connect(database, isolation_level=None) as other:
            other.execute("begin immediate")
            async with asyncio.timeout(60):
                assert await SqlStore(driver).open_jobs() == []
            other.execute("rollback")
