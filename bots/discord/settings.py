"""`/settings`: a server's managers choose who may use the bot in it, where, and how it answers there."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bots.discord.access import CHANNELS, LANGUAGE, ON, THREADS, UPLOAD, Choices, manages
from bots.discord.commands import Target, Writable, localised
from bots.discord.interactions import Desk
from bots.discord.places import PLATFORM, guild_scope
from core.access import ACCESS, Access
from core.language.catalogue import say

_WHO = (Access.EVERYONE, Access.ADMINS)
_OWN = "own"
_LANGUAGES = (_OWN, "en", "zh")
_SWITCH = (ON, "off")
_LARGEST_MB = 500


def _choices(prefix: str, values: tuple[str, ...]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=localised(f"{prefix}-{each}"), value=str(each)) for each in values]


def add_settings(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    @tree.command(name=localised("name-settings"), description=localised("command-settings"))
    @app_commands.describe(
        who=localised("option-who"),
        channel=localised("option-listen"),
        threads=localised("option-threads"),
        language=localised("option-language"),
        size=localised("option-size"),
    )
    @app_commands.choices(
        who=_choices("settings", _WHO),
        threads=_choices("switch", _SWITCH),
        language=_choices("language", _LANGUAGES),
    )
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def settings(
        interaction: discord.Interaction,
        who: str = "",
        channel: app_commands.Transform[Target, Writable] | None = None,
        threads: str = "",
        language: str = "",
        size: app_commands.Range[int, 0, _LARGEST_MB] | None = None,
    ) -> None:
        async with desk.taking:
            await interaction.response.defer(ephemeral=True)
            wanted = {ACCESS: who, THREADS: threads, LANGUAGE: language, UPLOAD: "" if size is None else str(size)}
            said = await _settled(interaction, desk, wanted, str(channel.id) if channel else "")
            await interaction.followup.send(said, ephemeral=True)


async def _settled(interaction: discord.Interaction, desk: Desk, wanted: dict[str, str], channel: str) -> str:
    language = str(interaction.locale)
    if interaction.guild_id is None or not manages(interaction):
        return say(language, "not-for-you")
    # Also where the bot does not listen: else nobody could let it in there again.
    admission = await desk.doorkeeper.admit(interaction, anywhere=True)
    if admission.refused:
        return say(language, admission.refused)
    now = admission.chosen
    changes = {name: value for name, value in wanted.items() if value}
    if changes.get(LANGUAGE) == _OWN:
        changes[LANGUAGE] = ""
    if channel:
        changes[CHANNELS] = " ".join(now.with_channel(channel))
    if changes:
        await desk.rooms.store.set_values(PLATFORM, guild_scope(interaction.guild_id), changes)
        return say(language, "settings-saved")
    return _shown(now, language)


def _shown(now: Choices, language: str) -> str:
    return say(
        language,
        "settings-now",
        who=say(language, f"settings-{now.access}"),
        channels=" ".join(f"<#{each}>" for each in now.channels) or say(language, "settings-all-channels"),
        threads=say(language, f"switch-{ON if now.threads else 'off'}"),
        language=say(language, f"language-{now.language or _OWN}"),
        size=f"{now.upload_mb} MB" if now.upload_mb else say(language, "settings-any-size"),
    )
