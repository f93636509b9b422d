"""Opens the store that the settings name: a file here, or a server."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from core.errors import CutroomError
from storage.driver import Driver, Enqueue
from storage.sqlite import SqliteDriver
from storage.store import SqlStore

# With signs of life every two seconds: ten missed ones, and somebody else goes on.
SILENT_SECONDS = 20.0
# A file has one process: what an earlier one held is let go at the start, and nobody else can take it over.
NEVER = 1e12


class ExtraMissing(CutroomError):
    """The packages that speak to a database server are not installed."""


@dataclass(frozen=True, slots=True)
class Opened:
    driver: Driver
    store: SqlStore
    enqueue: Enqueue = lambda jobs: ()


@asynccontextmanager
async def sqlite_store(path: Path, now: Callable[[], float] = time.time) -> AsyncIterator[SqlStore]:
    async with SqliteDriver(path) as driver:
        yield SqlStore(driver, now)


@asynccontextmanager
async def open_database(path: Path, url: str, now: Callable[[], float] = time.time) -> AsyncIterator[Opened]:
    """`url` wins where there is one. Raises `ExtraMissing`, `StoreTooNew` and `StorageTrouble`."""
    if not url:
        async with SqliteDriver(path) as driver:
            yield Opened(driver, SqlStore(driver, now, dead_after=NEVER))
        return
    try:
        from storage.postgres import PostgresDriver  # noqa: PLC0415 - an optional extra
        from storage.queue import enqueue, install_queue  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissing from error
    async with PostgresDriver(url) as server:
        await install_queue(url)
        yield Opened(server, SqlStore(server, now, enqueue=enqueue, dead_after=SILENT_SECONDS), enqueue)
