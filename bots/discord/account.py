"""The bot's own account: who it is, what it may read, which permissions it needs, how it is installed."""

from __future__ import annotations

from dataclasses import dataclass

import aiohttp
import discord
from discord import utils

from bots.discord.configuration import DiscordSettings
from bots.discord.endpoints import directed_to


def install_links(application: int) -> tuple[str, str]:
    """For a server, and for a person who brings the bot along wherever they are."""
    server = utils.oauth_url(application, permissions=NEEDED, scopes=SCOPES)
    person = utils.oauth_url(application, permissions=discord.utils.MISSING, scopes=("applications.commands",))
    return f"{server}&integration_type=0", f"{person}&integration_type=1"


SCOPES = ("bot", "applications.commands")
NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    create_public_threads=True,
    send_messages_in_threads=True,
    attach_files=True,
    embed_links=True,
    read_message_history=True,
    add_reactions=True,
)


def may_write(granted: discord.Permissions, *, thread: bool) -> bool:
    """Without Attach Files a result goes as its link; without these it cannot be told at all."""
    return granted.view_channel and (granted.send_messages_in_threads if thread else granted.send_messages)


@dataclass(frozen=True, slots=True)
class Account:
    """`content` is whether the message content intent is switched on for the application."""

    name: str
    application: int
    content: bool

    @property
    def links(self) -> tuple[str, str]:
        return install_links(self.application)


async def ask_account(settings: DiscordSettings) -> Account | str:
    """The account, or what is wrong, in words for the operator."""
    with directed_to(settings.api_url, settings.gateway_url):
        async with discord.Client(intents=discord.Intents(guilds=True)) as client:
            try:
                await client.login(settings.bot_token.get_secret_value())
                info = await client.application_info()
            except discord.LoginFailure:
                return "DISCORD_BOT_TOKEN is not accepted; make a new one under Bot in the developer portal"
            except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError):
                return f"{settings.api_url} cannot be reached; check DISCORD_API_URL and the network"
    granted = info.flags.gateway_message_content or info.flags.gateway_message_content_limited
    return Account(info.name, info.id, granted)
