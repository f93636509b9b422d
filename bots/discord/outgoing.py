"""Formats a message for Discord: escaped words, a progress bar, files."""

from __future__ import annotations

import discord
from discord import utils

from core.chat.sending import split
from core.messages import MediaFile, Outgoing

TEXT = 2000
_CELLS = 12


def words_of(message: Outgoing, before: str = "") -> list[str]:
    """The text in pieces that fit; usually one. Words of others are no markdown, and links stay whole.

    Escaping makes a text longer than the limit that the core knows of, so it is split here once more.
    """
    text = utils.escape_markdown(message.text)
    if message.progress is not None:
        text = f"{text}\n{bar(message.progress)}"
    return split(f"{before}{text}", TEXT) or [before.strip() or "\u200b"]


def bar(share: float) -> str:
    """Twelve cells: ▰▰▰▱…"""
    full = round(min(1.0, max(0.0, share)) * _CELLS)
    return "▰" * full + "▱" * (_CELLS - full)


def files_of(media: tuple[MediaFile, ...]) -> list[discord.File]:
    """Opened, and closed by the library when they have been sent."""
    return [discord.File(file.path, filename=file.name) for file in media]


def mentioning(person: int, *, replied: bool = False) -> discord.AllowedMentions:
    """Nobody, or the one person."""
    users: list[discord.abc.Snowflake] = [discord.Object(person)] if person else []
    return discord.AllowedMentions(everyone=False, roles=False, users=users or False, replied_user=replied)
