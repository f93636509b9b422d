from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bots.contract.console_side import ConsoleSide
from tests.bots.contract.discord_side import discord_side
from tests.bots.contract.sides import Network, Side
from tests.bots.contract.telegram_side import telegram_side
from tests.making import make_clip


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "talk.mp4", seconds=1, size="160x90")


@pytest.fixture(params=["console", "telegram", "discord"])
async def side(
    request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[Side]:
    """Every platform."""
    match request.param:
        case "telegram":
            async with telegram_side(tmp_path) as telegram:
                yield telegram
        case "discord":
            async with discord_side() as discord:
                yield discord
        case _:
            yield ConsoleSide(tmp_path, capsys)


@pytest.fixture(params=["telegram", "discord"])
async def network(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Network]:
    """Every platform that lies behind a network."""
    if request.param == "telegram":
        async with telegram_side(tmp_path) as telegram:
            yield telegram
    else:
        async with discord_side() as discord:
            yield discord
