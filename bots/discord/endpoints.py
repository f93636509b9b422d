"""The address of Discord's REST API: discord.py reads it from one place for all its clients."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route


@contextmanager
def directed_to(api_url: str, gateway_url: str) -> Iterator[None]:
    """Every request goes to `api_url` while entered; the library is left as it was found.

    The library has no setting of a client's own for it: `Route` builds its addresses from a class attribute, for
    webhooks too. So two clients of one process cannot talk to two Discords at once.
    """
    api, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE = api_url
    # Each start would warn that voice calls are not possible.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    if gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = api, gateway
