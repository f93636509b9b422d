"""Discord as a platform: talks over REST with the token alone, listens on the gateway."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
import discord
from aiohttp import web

from bots.discord.access import Doorkeeper
from bots.discord.attachments import Fetching
from bots.discord.client import RATE_LIMIT_SECONDS, Ears, shards_of
from bots.discord.interactions import Desk
from bots.discord.live import LiveInteractions
from bots.discord.messenger import DiscordMessenger
from bots.discord.missed import look_up_missed
from bots.discord.redirecting import directed_to
from bots.discord.sharing import Sharing
from bots.discord.supervision import Supervision, in_words
from bots.discord.taking import Taking
from bots.platform import Rooms
from core.access import AccessRule
from core.ports import SystemClock
from core.settings import Settings, SettingsError

log = logging.getLogger(__name__)


class Discord:
    """Implements `bots.platform.Platform`."""

    def __init__(self, settings: Settings, client: discord.Client, http: aiohttp.ClientSession) -> None:
        self._settings = settings
        self._clock = SystemClock()
        self._live = LiveInteractions(self._clock)
        self._fetching = Fetching(client, http)
        self.messenger = DiscordMessenger(client, self._fetching, self._live, settings.discord_upload_mb << 20)

    def routes(self, rooms: Rooms) -> Sequence[web.RouteDef]:
        return ()

    @asynccontextmanager
    async def listening(self, rooms: Rooms) -> AsyncIterator[None]:
        """Raises `SettingsError` where Discord does not take the token, does not grant an intent, or shards are
        named that cannot be."""
        shards_of(self._settings)
        taking = Taking()
        supervision = Supervision(
            lambda: self._ears(rooms, taking), self._settings.discord_bot_token.get_secret_value()
        )
        try:
            await supervision.start()
            yield
        finally:
            await taking.quiet()
            await supervision.stop()

    def _ears(self, rooms: Rooms, taking: Taking) -> Ears:
        settings = self._settings
        rule = AccessRule(
            settings.discord_access,
            frozenset(settings.discord_allowed_users),
            frozenset(settings.discord_allowed_chats),
        )
        desk = Desk(rooms, Doorkeeper(rooms.store, rule), self._live, self._clock, taking)
        sharing = Sharing(desk, self.messenger, self._fetching)

        async def on_news(ears: Ears) -> None:
            await look_up_missed(ears, rooms.store)

        return Ears(settings, desk, sharing, on_news)


@asynccontextmanager
async def open_discord(settings: Settings) -> AsyncIterator[Discord]:
    """Logged in, not connected. Raises `SettingsError` for a token that Discord does not accept."""
    client = discord.Client(
        intents=discord.Intents(guilds=True),
        allowed_mentions=discord.AllowedMentions.none(),
        max_ratelimit_timeout=RATE_LIMIT_SECONDS,
    )
    with directed_to(settings.discord_api_url, settings.discord_gateway_url):
        async with client, aiohttp.ClientSession() as http:
            try:
                await client.login(settings.discord_bot_token.get_secret_value())
            except discord.LoginFailure as error:
                raise SettingsError((in_words(error),)) from None
            yield Discord(settings, client, http)
