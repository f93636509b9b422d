from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.sqlite import SqliteStore


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "cutroom.db"


@pytest.fixture
async def store(database: Path) -> AsyncIterator[SqliteStore]:
    async with SqliteStore(database) as opened:
        yield opened
