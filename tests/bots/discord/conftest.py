"""The real house, the real adapter, and Discord on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bots.discord.app import open_discord
from bots.discord.configuration import DiscordSettings
from bots.wiring.house import Grounds, House, open_house
from core.settings import BackendKind, Settings
from tests.making import make_clip
from tests.servers.cloud import FakeCloud
from tests.servers.discord import DiscordServer, File
from tests.servers.discord.world import Channel, Guild, Message, Person


class World:
    """A server with one channel, Anna who owns it, Ben who is in it, and the bot. Results have a page at
    `public_url`."""

    def __init__(self, server: DiscordServer, cloud: FakeCloud, settings: Settings, clip: File) -> None:
        token = SecretStr(server.hub.token)
        self.discord = DiscordSettings(
            _env_file=None,  # type: ignore[call-arg]
            bot_token=token,
            api_url=server.api_url,
            gateway_url=server.gateway_url,
        )
        self.server, self.cloud, self.settings, self.clip = server, cloud, settings, clip
        self.public_url = "https://bot.example.org"
        self.people, self.hub = server.people, server.hub
        # So that who waits for what the backend is asked looks again at once, and not at the next message.
        cloud.on_request = lambda request: server.hub.happened("backend asked", endpoint=request.endpoint)
        self.anna: Person = self.people.person("anna", "en-GB")
        self.carl: Person = self.anna
        self.ben: Person = self.people.person("ben", "zh-CN")
        self.lab: Guild = self.people.guild("Lab", self.anna, [self.ben])
        self.general: Channel = self.people.channel(self.lab, "general")

    def texts(self, place: Channel | None = None) -> list[str]:
        return [each.content for each in self.hub.said(place)]

    async def result(self, place: Channel | None = None, count: int = 1) -> Message:
        """The message that brings the file."""
        await self.hub.until(lambda: len([m for m in self.hub.said(place) if m.files]) >= count)
        return [message for message in self.hub.said(place) if message.files][count - 1]

    async def heard(self, words: str, place: Channel | None = None) -> Message:
        await self.hub.until(lambda: any(words in text for text in self.texts(place)))
        return next(message for message in self.hub.said(place) if words in message.content)

    @asynccontextmanager
    async def running(self, **where: Any) -> AsyncIterator[House]:
        """`where` is more about the house's grounds."""
        grounds = Grounds(self.settings.data_dir / "cutroom.db", self.settings.data_dir / "studio", **where)
        async with (
            asyncio.timeout(180),
            open_discord(self.discord) as platform,
            open_house(self.settings, grounds, [platform.messenger], public_url=self.public_url) as house,
            platform.listening(house),
        ):
            yield house


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "talk.mp4", seconds=2)


@pytest.fixture
async def cloud(clip: Path) -> AsyncIterator[FakeCloud]:
    """A backend whose renders are the clip."""
    async with FakeCloud() as cloud:
        cloud.media = clip.read_bytes()
        yield cloud


def settings_on(cloud: FakeCloud, folder: Path) -> Settings:
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        backend=BackendKind.CLOUD,
        nemo_api_url=cloud.url,
        data_dir=folder / "data",
        render_poll_seconds=0.05,
    )


@pytest.fixture
async def world(cloud: FakeCloud, clip: Path, tmp_path: Path) -> AsyncIterator[World]:
    async with DiscordServer() as server:
        yield World(server, cloud, settings_on(cloud, tmp_path), File("talk.mp4", clip, "video/mp4"))


@pytest.fixture
async def house(world: World) -> AsyncIterator[House]:
    async with world.running() as house:
        yield house
