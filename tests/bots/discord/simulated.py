"""The real house and the real adapter on simcord, a Discord that lives in memory and whose time passes when told to."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from types import TracebackType
from typing import Any, Self

import discord
from pydantic import SecretStr
from simcord.env import Env

from bots.discord.access import Doorkeeper
from bots.discord.arrivals import Arrivals
from bots.discord.attachments import Downloads
from bots.discord.configuration import DiscordSettings
from bots.discord.cursors import Cursors
from bots.discord.gateway import GatewayClient
from bots.discord.interactions import Desk, InFlight
from bots.discord.live_interactions import LiveInteractions
from bots.discord.messenger import DiscordMessenger
from bots.discord.missed import Missed
from bots.discord.sharing import Sharing
from bots.platform import Alone
from bots.wiring.house import Grounds, House, open_house
from core.access import AccessRule
from core.assistant.assistant import Assistant
from core.messages import Place
from core.ports import SystemClock
from core.settings import Settings
from core.skills import SkillBook
from storage.opening import sqlite_store
from storage.store import SqlStore


class LeapClock:
    """Real time, and a leap where a test wants one. Implements `core.ports.Clock`."""

    def __init__(self) -> None:
        self._leapt = 0.0
        self._leap = asyncio.Event()

    def now(self) -> float:
        return time.time() + self._leapt

    def leap(self, seconds: float) -> None:
        self._leapt += seconds
        self._leap.set()
        self._leap = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        due = self.now() + seconds
        while (left := due - self.now()) > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._leap.wait()
        await asyncio.sleep(0)


class Hall:
    """Implements `bots.platform.Rooms` before there is a house: a client asks for the store when it logs in."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.house: House | None = None

    @property
    def _there(self) -> House:
        assert self.house
        return self.house

    @property
    def assistant(self) -> Assistant:
        return self._there.assistant

    @property
    def skills(self) -> SkillBook:
        return self._there.skills

    @property
    def alone(self) -> Alone:
        return self._there.alone

    @property
    def move(self) -> Callable[[Place, Place], Awaitable[None]]:
        return self._there.move


class Links:
    """Signed links lead into the simulation's memory, where no HTTP client gets."""

    def __init__(self, env: Env) -> None:
        self._env = env

    def get(self, url: str, **how: Any) -> _Answer:
        return _Answer(self._env.backend.cdn.get(url))


class _Answer:
    """As an HTTP client's."""

    def __init__(self, content: bytes | None) -> None:
        self.status = 404 if content is None else 200
        self.content = self
        self._bytes = content or b""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    async def iter_chunked(self, size: int) -> AsyncIterator[bytes]:
        yield self._bytes


class Simulation:
    """`env` is the world; `restart` ends the whole bot in it and starts another."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._discord = DiscordSettings(_env_file=None, bot_token=SecretStr("simulated"), shard_count=1)  # type: ignore[call-arg]
        self.clock = LeapClock()
        self._life = AsyncExitStack()

    async def start(self) -> None:
        client = await self._new()
        self.env = Env(client)
        await self.env.start()
        await self._move_in(client)

    async def restart(self) -> None:
        await self._life.aclose()
        client = await self._new()
        await self.env.restart_bot(client)
        await self._move_in(client)

    async def stop(self) -> None:
        await self._life.aclose()
        await self.env.shutdown()

    async def pass_time(self, seconds: float) -> None:
        self.clock.leap(seconds)
        await self.env.advance_time(seconds)

    async def done(self) -> None:
        """Returns when no job is open and everything about them has been said."""
        assert self._hall.house
        await self._hall.house.engine.wait_for([job.id for job in await self._hall.store.open_jobs()])

    async def _new(self) -> GatewayClient:
        self._hall = Hall(await self._life.enter_async_context(sqlite_store(self._settings.data_dir / "cutroom.db")))
        live, cursors = LiveInteractions(self.clock), Cursors(self._hall.store)
        self._voice = discord.Client(
            intents=discord.Intents(guilds=True), allowed_mentions=discord.AllowedMentions.none()
        )
        self._downloads = Downloads(self._voice, None)  # type: ignore[arg-type]
        self._messenger = DiscordMessenger(self._voice, self._downloads, live, 10 << 20)
        doorkeeper = Doorkeeper(self._hall.store, AccessRule())
        missed = Missed(cursors, SystemClock())
        desk = Desk(self._hall, doorkeeper, live, self.clock, InFlight(), InFlight(), cursors, Arrivals(), missed)
        sharing = Sharing(desk, self._messenger, self._downloads)
        # What a client waits for itself, the simulation knows how to wait for too.
        return GatewayClient(self._discord, desk, sharing)

    async def _move_in(self, client: GatewayClient) -> None:
        # The simulation knows one client: the other one of the same account speaks through its line.
        self._voice.http, self._voice._connection = client.http, client._connection
        self._downloads._http = Links(self.env)  # type: ignore[assignment]
        grounds = Grounds(self._settings.data_dir / "cutroom.db", self._settings.data_dir / "studio")
        with self.env.time_context():
            opening = open_house(self._settings, grounds, [self._messenger], self.clock)
            self._hall.house = await self._life.enter_async_context(opening)


@asynccontextmanager
async def simulated(settings: Settings) -> AsyncIterator[Simulation]:
    made = Simulation(settings)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()
    assert made.env.errors == []
