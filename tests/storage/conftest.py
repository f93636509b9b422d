from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from storage.opening import sqlite_store
from storage.postgres import PostgresDriver
from storage.store import SqlStore

Open = Callable[[], AbstractAsyncContextManager[SqlStore]]


class Time:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "cutroom.db"


@pytest.fixture(params=["sqlite", "postgres"])
def open_store(request: pytest.FixtureRequest, database: Path, time: Time) -> Open:
    """Opens a store on this test's database, each time as another process would."""
    if request.param == "sqlite":
        return lambda: sqlite_store(database, time)
    url = request.getfixturevalue("server").fresh()

    @asynccontextmanager
    async def opened() -> AsyncIterator[SqlStore]:
        async with PostgresDriver(url) as driver:
            yield SqlStore(driver, time)

    return opened


@pytest.fixture
async def store(open_store: Open) -> AsyncIterator[SqlStore]:
    """The same contract on both databases."""
    async with open_store() as opened:
        yield opened
