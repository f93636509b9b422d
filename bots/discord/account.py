"""The bot's own account, asked once: who it is, and what Discord lets it read."""

from __future__ import annotations

from dataclasses import dataclass

import aiohttp
import discord

from bots.discord.invite import install_links
from bots.discord.redirecting import directed_to
from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Account:
    """`content` is whether the message content intent is switched on for the application."""

    name: str
    application: int
    content: bool

    @property
    def links(self) -> tuple[str, str]:
        return install_links(self.application)


async def ask_account(settings: Settings) -> Account | str:
    """The account, or what is wrong, in words for the operator."""
    with directed_to(settings.discord_api_url, settings.discord_gateway_url):
        async with discord.Client(intents=discord.Intents(guilds=True)) as client:
            try:
                await client.login(settings.discord_bot_token.get_secret_value())
                info = await client.application_info()
            except discord.LoginFailure:
                return "DISCORD_BOT_TOKEN is not accepted; make a new one under Bot in the developer portal"
            except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError):
                return f"{settings.discord_api_url} cannot be reached; check DISCORD_API_URL and the network"
    granted = info.flags.gateway_message_content or info.flags.gateway_message_content_limited
    return Account(info.name, info.id, granted)
