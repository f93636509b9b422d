"""The findings of `cutroom doctor` about Discord: the token, and the intent that reading messages needs."""

from __future__ import annotations

from bots.discord.account import ask_account
from bots.discord.configuration import DiscordSettings
from bots.platform import Finding

SUBJECT = "Discord"


async def discord_finding(settings: DiscordSettings) -> Finding:
    """Asks only, changes nothing."""
    if not settings.bot_token.get_secret_value():
        return Finding(SUBJECT, "DISCORD_BOT_TOKEN is not set: not started")
    account = await ask_account(settings)
    if isinstance(account, str):
        fact, _, remedy = account.partition("; ")
        return Finding(SUBJECT, fact, remedy)
    if settings.message_content and not account.content:
        remedy = "switch it on under Bot in the developer portal, or unset DISCORD_MESSAGE_CONTENT"
        return Finding(SUBJECT, "the message content intent is not granted", remedy)
    return Finding(SUBJECT, f"{account.name}; install links: cutroom invite")
