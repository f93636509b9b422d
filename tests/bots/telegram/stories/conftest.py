from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bots.wiring.house import House
from studio import StudioSettings
from studio.server import Studio
from tests.bots.telegram.house import opened_behind, running, settings_for
from tests.bots.telegram.stories.cutroom import Cutroom
from tests.making import chosen_ffmpeg, make_clip
from tests.servers.gate import Gate
from tests.servers.telegram import TelegramServer
from tests.servers.telegram.fixtures import local_telegram, telegram

__all__ = ["local_telegram", "telegram"]


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of picture and sound."""
    return make_clip(tmp_path_factory.mktemp("clips") / "talk.mp4", seconds=3)


@pytest.fixture
async def bot(telegram: TelegramServer, tmp_path: Path) -> AsyncIterator[House]:
    """What `cutroom run` opens, with its own studio inside, in this process."""
    async with running(settings_for(telegram, tmp_path)) as house:
        yield house


@pytest.fixture
async def process(telegram: TelegramServer, tmp_path: Path) -> AsyncIterator[Cutroom]:
    """`cutroom run` as a process of its own."""
    async with Cutroom(tmp_path, telegram) as process:
        yield process


@pytest.fixture
async def gate(tmp_path: Path) -> AsyncIterator[Gate]:
    """A door before a studio that `gated` works with."""
    async with (
        Studio(StudioSettings(data=tmp_path / "studio", ffmpeg=chosen_ffmpeg().binary)) as studio,
        Gate(studio.base_url) as gate,
    ):
        yield gate


@pytest.fixture
async def behind(telegram: TelegramServer, gate: Gate, tmp_path: Path) -> AsyncIterator[House]:
    """The same on a studio that it reaches through the gate only."""
    async with opened_behind(gate, telegram, tmp_path) as house:
        yield house


@pytest.fixture
async def gated(telegram: TelegramServer, gate: Gate, tmp_path: Path) -> AsyncIterator[Cutroom]:
    """`cutroom run` that reaches a studio through the gate only."""
    async with Cutroom(tmp_path, telegram, BACKEND="cloud", NEMO_API_URL=gate.url) as bot:
        yield bot
