"""What stands in the channels of a server: which may be read, where something is new, and what it is."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import discord
from discord import utils

log = logging.getLogger(__name__)
Readable = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
MESSAGES = 1000


def readable(guild: discord.Guild) -> Iterator[Readable]:
    """Channels, and threads that are not archived: a message takes one out of the archive."""
    channels: list[Readable] = [*guild.text_channels, *guild.voice_channels, *guild.stage_channels, *guild.threads]
    for each in channels:
        if isinstance(each, discord.Thread) and each.parent is None:
            continue
        granted = each.permissions_for(guild.me)
        if granted.view_channel and granted.read_message_history:
            yield each


def newest(channel: Readable) -> float:
    """When the last message was written there, in seconds since the epoch; 0 where there is none."""
    number = channel.last_message_id
    return utils.snowflake_time(number).timestamp() if number else 0.0


async def written(where: discord.abc.Messageable, since: float) -> list[discord.Message]:
    """Since that time, the oldest first: read from the newest on, for the last words of a long talk are as good as
    the first. Raises what the library does."""
    found: list[discord.Message] = []
    async for message in where.history(limit=MESSAGES):
        if message.created_at.timestamp() < since:
            break
        found.append(message)
    if len(found) == MESSAGES:
        log.warning("Discord: of a channel with very much that is new only the last %s messages are heard", MESSAGES)
    return found[::-1]
