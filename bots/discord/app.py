"""Discord as a platform: talks over REST with the token alone, listens on the gateway."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
import discord
from aiohttp import web

from bots.discord.access import Doorkeeper
from bots.discord.arrivals import Arrivals
from bots.discord.attachments import Downloads
from bots.discord.configuration import DiscordSettings
from bots.discord.cursors import Cursors
from bots.discord.endpoints import directed_to
from bots.discord.gateway import RATE_LIMIT_SECONDS, GatewayClient, shards_of
from bots.discord.interactions import Desk, InFlight
from bots.discord.live_interactions import LiveInteractions
from bots.discord.messenger import DiscordMessenger
from bots.discord.missed import Missed
from bots.discord.sharing import Sharing
from bots.discord.supervision import Supervision, in_words
from bots.platform import Rooms
from core.ports import SystemClock
from core.settings import SettingsError

log = logging.getLogger(__name__)


class Discord:
    """Implements `bots.platform.Platform`."""

    def __init__(self, settings: DiscordSettings, client: discord.Client, http: aiohttp.ClientSession) -> None:
        self._settings = settings
        self._clock = SystemClock()
        self._live = LiveInteractions(self._clock)
        self._downloads = Downloads(client, http)
        self.messenger = DiscordMessenger(client, self._downloads, self._live, settings.upload_bytes)

    def routes(self, rooms: Rooms) -> Sequence[web.RouteDef]:
        return ()

    @asynccontextmanager
    async def listening(self, rooms: Rooms) -> AsyncIterator[None]:
        """Raises `SettingsError` where Discord does not take the token, does not grant an intent, or shards are
        named that cannot be."""
        shards_of(self._settings)
        desk = self._desk(rooms)
        sharing = Sharing(desk, self.messenger, self._downloads)
        supervision = Supervision(
            lambda: GatewayClient(self._settings, desk, sharing), self._settings.bot_token.get_secret_value()
        )
        try:
            await supervision.start()
            yield
        finally:
            await desk.missed.stop()
            await desk.taking.quiet()
            await supervision.stop()
            await desk.taking.quiet()  # until the line was closed, more could come

    def _desk(self, rooms: Rooms) -> Desk:
        cursors = Cursors(rooms.store)
        return Desk(
            rooms,
            Doorkeeper(rooms.store, self._settings.rule),
            self._live,
            self._clock,
            InFlight(),
            InFlight(),
            cursors,
            Arrivals(),
            Missed(cursors, self._clock),
        )


@asynccontextmanager
async def open_discord(settings: DiscordSettings) -> AsyncIterator[Discord]:
    """Logged in, not connected. Raises `SettingsError` for a token that Discord does not accept."""
    client = discord.Client(
        intents=discord.Intents(guilds=True),
        allowed_mentions=discord.AllowedMentions.none(),
        max_ratelimit_timeout=RATE_LIMIT_SECONDS,
    )
    with directed_to(settings.api_url, settings.gateway_url):
        async with client, aiohttp.ClientSession() as http:
            try:
                await client.login(settings.bot_token.get_secret_value())
            except discord.LoginFailure as error:
                raise SettingsError((in_words(error),)) from None
            yield Discord(settings, client, http)
