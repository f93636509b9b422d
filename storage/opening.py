"""Opens the store that a database address names."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from storage.sqlite import SqliteDriver
from storage.store import SqlStore


@asynccontextmanager
async def sqlite_store(path: Path, now: Callable[[], float] = time.time) -> AsyncIterator[SqlStore]:
    async with SqliteDriver(path) as driver:
        yield SqlStore(driver, now)
