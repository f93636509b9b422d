"""`cutroom invite`: the links by which Discord installs the bot."""

from __future__ import annotations

import sys

from bots.discord.account import ask_account
from bots.discord.configuration import DiscordSettings


async def invite(settings: DiscordSettings) -> int:
    """Prints them. Returns 2, and says why, if the token is missing or refused."""
    if not settings.bot_token.get_secret_value():
        sys.stderr.write("DISCORD_BOT_TOKEN is not set.\n")
        return 2
    account = await ask_account(settings)
    if isinstance(account, str):
        sys.stderr.write(account + "\n")
        return 2
    server, person = account.links
    sys.stdout.write(f"For a server: {server}\nFor yourself: {person}\n")
    return 0
