"""A thread for each project, if a server wants that: the request opens it, and everything about it is sent there."""

from __future__ import annotations

import logging
from dataclasses import replace

import discord

from bots.discord.places import Anchor, Spot, Way
from core.intents import Edit, intent_of
from core.messages import Incoming

log = logging.getLogger(__name__)
# Discord: a thread's name has 1 to 100 characters.
NAME = 100
ALREADY_THERE = 160004


def opens_project(incoming: Incoming) -> bool:
    """Files and requests are work; questions and presses are answered where they are asked."""
    words = isinstance(intent_of(incoming.text), Edit) if incoming.text else False
    return not incoming.action and (bool(incoming.attachments) or words)


def name_of(incoming: Incoming) -> str:
    """The first file's name, else the request."""
    wanted = incoming.attachments[0].name if incoming.attachments else incoming.text
    return " ".join(wanted.split())[:NAME] or "…"


async def thread_for_message(message: discord.Message, incoming: Incoming) -> Incoming:
    """The same request, to be answered in its thread; as it is where there can be none."""
    channel = message.channel
    if not isinstance(channel, discord.TextChannel) or not _may_open(channel.permissions_for(channel.guild.me)):
        return incoming
    try:
        thread = await message.create_thread(name=name_of(incoming))
    except (discord.HTTPException, discord.RateLimited) as error:
        # A message that is edited or heard again has its thread already, and that has the message's own id.
        if isinstance(error, discord.HTTPException) and error.code == ALREADY_THERE:
            return _moved(incoming, message.id)
        log.info("no thread: %s", type(error).__name__)
        return incoming
    return _moved(incoming, thread.id)


async def thread_for_interaction(interaction: discord.Interaction, incoming: Incoming) -> Incoming:
    """The same, for a command or a form that has been acknowledged; its first answer then leads to the thread."""
    channel = interaction.channel
    if not isinstance(channel, discord.TextChannel) or not _may_open(interaction.app_permissions):
        return incoming
    try:
        thread = await channel.create_thread(name=name_of(incoming), type=discord.ChannelType.public_thread)
    except (discord.HTTPException, discord.RateLimited) as error:
        log.info("no thread: %s", type(error).__name__)
        return incoming
    try:
        await interaction.edit_original_response(content=f"🧵 {thread.mention}")
    except (discord.HTTPException, discord.RateLimited) as error:
        log.info("a thread that its command does not lead to: %s", type(error).__name__)
    return _moved(incoming, thread.id)


def _may_open(granted: discord.Permissions) -> bool:
    return granted.create_public_threads and granted.send_messages_in_threads


def _moved(incoming: Incoming, thread: int) -> Incoming:
    """A message of the channel cannot be replied to in the thread: the result names the person instead."""
    anchor = Anchor(0, int(incoming.sender), Way.NAMED)
    return replace(incoming, place=Spot(thread).place, reply_to=str(anchor))
