from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.opening import sqlite_store
from storage.store import SqlStore


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "cutroom.db"


@pytest.fixture
async def store(database: Path) -> AsyncIterator[SqlStore]:
    async with sqlite_store(database) as opened:
        yield opened
