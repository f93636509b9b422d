"""The slash commands: what each is in words or as a press, and who reads the answer."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bots.command_words import words_for
from bots.discord.attachments import linked
from bots.discord.interactions import Desk
from bots.discord.translating import localised
from core.chat.buttons import PressSkill, write_press
from core.language.detection import ui_language

MOST_CHOICES = 25
FORMATS = ("mp4", "mp3", "wav", "m4a")
File = discord.Attachment | None


def add_commands(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    _add_work(tree, desk)
    _add_questions(tree, desk)
    _add_skill(tree, desk)


def _words(interaction: discord.Interaction, name: str) -> str:
    return words_for(name, str(interaction.locale)) or ""


def _add_work(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    file = localised("option-file")

    @tree.command(name=localised("name-edit"), description=localised("command-edit"))
    @app_commands.describe(request=localised("option-request"), file=file, file2=file, file3=file)
    async def edit(
        interaction: discord.Interaction, request: str, file: File = None, file2: File = None, file3: File = None
    ) -> None:
        given = [each for each in (file, file2, file3) if each]
        await desk.take(interaction, text=request, files=linked(given))

    @tree.command(name=localised("name-upload"), description=localised("command-upload"))
    @app_commands.describe(file=file, file2=file, file3=file)
    async def upload(
        interaction: discord.Interaction, file: discord.Attachment, file2: File = None, file3: File = None
    ) -> None:
        await desk.take(interaction, files=linked([each for each in (file, file2, file3) if each]))

    @tree.command(name=localised("name-export"), description=localised("command-export"))
    @app_commands.describe(format=localised("option-format"))
    @app_commands.choices(format=[app_commands.Choice(name=each.upper(), value=each) for each in FORMATS])
    async def export(interaction: discord.Interaction, format: str = "") -> None:  # noqa: A002 - the option's name
        await desk.take(interaction, text=f"{_words(interaction, 'export')} {format}".strip())

    @tree.command(name=localised("name-new"), description=localised("command-new"))
    async def new(interaction: discord.Interaction) -> None:
        await desk.take(interaction, action="new")


def _add_questions(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    @tree.command(name=localised("name-status"), description=localised("command-status"))
    async def status(interaction: discord.Interaction) -> None:
        await desk.take(interaction, action="status", hidden=True)

    @tree.command(name=localised("name-credits"), description=localised("command-credits"))
    async def credits_(interaction: discord.Interaction) -> None:
        await desk.take(interaction, text=_words(interaction, "credits"), hidden=True)

    @tree.command(name=localised("name-help"), description=localised("command-help"))
    async def help_(interaction: discord.Interaction) -> None:
        await desk.take(interaction, text=_words(interaction, "help"), hidden=True)

    @tree.command(name=localised("name-cancel"), description=localised("command-cancel"))
    async def cancel(interaction: discord.Interaction) -> None:
        await desk.take(interaction, text=_words(interaction, "cancel"), hidden=True)


def _add_skill(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    @tree.command(name=localised("name-skill"), description=localised("command-skill"))
    @app_commands.describe(name=localised("option-skill"))
    async def skill(interaction: discord.Interaction, name: str) -> None:
        await desk.take(interaction, action=write_press(PressSkill(name)))

    @skill.autocomplete("name")
    async def skills(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        shown = ui_language(str(interaction.locale))
        found = [(each.title.of(shown), each.name) for each in desk.rooms.skills.skills]
        fitting = [(title, name) for title, name in found if typed.casefold() in f"{title} {name}".casefold()]
        return [app_commands.Choice(name=title[:100], value=name) for title, name in fitting[:MOST_CHOICES]]
