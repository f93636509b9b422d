"""`/settings`: whoever manages a server chooses who may use the bot in it."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bots.discord.access import manages
from bots.discord.interactions import Desk
from bots.discord.places import guild_place
from bots.discord.translating import localised
from core.access import PREFERENCE, Access
from core.words import say

_CHOICES = (Access.EVERYONE, Access.ADMINS)


def add_settings(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    @tree.command(name=localised("name-settings"), description=localised("command-settings"))
    @app_commands.describe(who=localised("option-who"))
    @app_commands.choices(
        who=[app_commands.Choice(name=localised(f"settings-{each}"), value=each.value) for each in _CHOICES]
    )
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def settings(interaction: discord.Interaction, who: str = "") -> None:
        async with desk.taking:
            await interaction.response.defer(ephemeral=True)
            await interaction.followup.send(await _settled(interaction, desk, who), ephemeral=True)


async def _settled(interaction: discord.Interaction, desk: Desk, who: str) -> str:
    language = str(interaction.locale)
    if interaction.guild_id is None or not manages(interaction):
        return say(language, "not-for-you")
    if not await desk.doorkeeper.lets_in(interaction):
        return say(language, "not-allowed")
    where = guild_place(interaction.guild_id)
    if who in _CHOICES:
        await desk.rooms.store.save_preferences(where, {PREFERENCE: who})
        return say(language, "settings-saved")
    now = (await desk.rooms.store.preferences(where)).get(PREFERENCE, Access.EVERYONE)
    return say(language, "settings-now", who=say(language, f"settings-{now}"))
