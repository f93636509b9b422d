"""A channel as the option of a command."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

Target = app_commands.AppCommandChannel | app_commands.AppCommandThread


class Writable(app_commands.Transformer):
    """A channel that messages go into, as the command brings it: with what its person may do there, and without a
    cache that might not have it."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        kinds = discord.ChannelType
        return [kinds.text, kinds.news, kinds.public_thread, kinds.private_thread, kinds.news_thread]

    async def transform(self, interaction: discord.Interaction, value: Any, /) -> Target:
        found: Target = value
        return found
