from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bots.wiring.house import House
from studio import StudioSettings
from studio.server import Studio
from tests.bots.telegram.house import running, settings_for
from tests.making import chosen_ffmpeg, make_clip
from tests.servers.gate import Gate
from tests.servers.telegram import TelegramServer
from tests.servers.telegram.fixtures import local_telegram, telegram

__all__ = ["local_telegram", "telegram"]


@pytest.fixture(scope="session")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of small picture with sound."""
    return make_clip(tmp_path_factory.mktemp("clips") / "talk.mp4", seconds=1, size="160x90")


@pytest.fixture
async def bot(telegram: TelegramServer, tmp_path: Path) -> AsyncIterator[House]:
    async with running(settings_for(telegram, tmp_path)) as house:
        yield house


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    """One that stands by itself."""
    async with Studio(StudioSettings(data=tmp_path / "studio", ffmpeg=chosen_ffmpeg().binary)) as studio:
        yield studio


@pytest.fixture
async def gate(studio: Studio) -> AsyncIterator[Gate]:
    """A door before it."""
    async with Gate(studio.base_url) as gate:
        yield gate
