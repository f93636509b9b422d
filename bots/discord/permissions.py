"""What the bot needs, no more: for the install links, and for telling what is missing."""

from __future__ import annotations

import discord

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
