"""What the bot needs, no more: for the install links, and for telling what is missing."""

from __future__ import annotations

import discord

SCOPES = ("bot", "applications.commands")
NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    attach_files=True,
    embed_links=True,
    read_message_history=True,
    add_reactions=True,
)


def missing_in(granted: discord.Permissions, *, thread: bool) -> list[str]:
    """The names of what is needed to bring a result there and is not granted."""
    send = "send_messages_in_threads" if thread else "send_messages"
    return [name for name in ("view_channel", send, "attach_files") if not getattr(granted, name)]
