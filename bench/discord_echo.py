"""The bare bot that Cutroom is measured beside: discord.py's client, one command, acknowledged and answered.

python -m bench.discord_echo API GATEWAY TOKEN
"""

from __future__ import annotations

import sys
from typing import Any

import discord
from discord import app_commands

from bots.discord.endpoints import directed_to


class Echo(discord.AutoShardedClient):
    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), max_messages=None)
        self.tree = app_commands.CommandTree[Any](self)

        @self.tree.command(name="edit", description="says it once more")
        async def edit(interaction: discord.Interaction, request: str) -> None:
            await interaction.response.defer(thinking=True)
            await interaction.followup.send(request)

        @self.tree.command(name="help", description="says something")
        async def help_(interaction: discord.Interaction) -> None:
            await interaction.response.defer(thinking=True)
            await interaction.followup.send("Send me a video.")

    async def setup_hook(self) -> None:
        await self.tree.sync()


if __name__ == "__main__":
    api, gateway, token = sys.argv[1:]
    with directed_to(api, gateway):
        Echo().run(token, log_handler=None)
