"""Opens the database: a file, or a server."""

from __future__ import annotations

import functools
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import CutroomError
from core.store import Lease
from storage.driver import Driver, Enqueue
from storage.sqlite import BUSY_SECONDS, SqliteDriver
from storage.store import SqlStore

# Only one process works on a file. It releases the claims of an earlier one at its start; none has to expire.
_NEVER = 1e12


class ExtraMissing(CutroomError):
    """The packages for a database server are not installed."""


async def _at_once(name: str, work: Callable[[], Awaitable[None]]) -> None:
    await work()


@dataclass(frozen=True, slots=True)
class Opened:
    """`lease` is what claims on this database have. `alone(name, work)` does what only one process on it may do at a
    time."""

    driver: Driver
    store: SqlStore
    lease: Lease
    enqueue: Enqueue = lambda jobs: ()
    alone: Callable[[str, Callable[[], Awaitable[None]]], Awaitable[None]] = _at_once


@asynccontextmanager
async def sqlite_store(path: Path, now: Callable[[], float] = time.time) -> AsyncIterator[SqlStore]:
    async with SqliteDriver(path) as driver:
        yield SqlStore(driver, now)


@asynccontextmanager
async def open_database(
    path: Path,
    url: str,
    now: Callable[[], float] = time.time,
    *,
    lease: Lease | None = None,
    busy: float = BUSY_SECONDS,
) -> AsyncIterator[Opened]:
    """Opens the server at `url` if there is one, else the file. Waits `busy` seconds for a file that is locked.

    Raises `ExtraMissing`, `StoreTooNew` and `StorageTrouble`.
    """
    lease = lease or Lease()
    if not url:
        async with SqliteDriver(path, busy=busy) as driver:
            lease = replace(lease, expiry=_NEVER)
            yield Opened(driver, SqlStore(driver, now, lease=lease), lease)
        return
    try:
        from storage.alone import alone  # noqa: PLC0415 - an optional extra
        from storage.postgres import PostgresDriver  # noqa: PLC0415
        from storage.queue import enqueue, install_queue  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissing from error
    async with PostgresDriver(url) as server:
        await install_queue(url)
        store = SqlStore(server, now, enqueue=enqueue, lease=lease)
        yield Opened(server, store, lease, enqueue, functools.partial(alone, url))
