"""The slash commands: what each is in words or as a press, who reads the answer, and how Discord is told of them.

Discord counts how often commands are registered, so they are sent only when they have changed.
"""

from __future__ import annotations

import hashlib
import json
import logging
from typing import Any

import discord
from discord import app_commands

from bots.command_words import words_for
from bots.discord.attachments import linked
from bots.discord.interactions import Desk
from bots.discord.places import PLATFORM, application_scope
from core.chat.buttons import PressSkill, write_press
from core.language.catalogue import LANGUAGES, say
from core.language.detection import ui_language
from core.store import KeyValues

log = logging.getLogger(__name__)
_HASH = "commands"


async def sync_commands(tree: app_commands.CommandTree[Any], store: KeyValues, application: int) -> bool:
    """Whether they were told anew. A refusal is logged: the commands that stand there go on working."""
    scope = application_scope(application)
    now = await _hash_of(tree)
    if (await store.values(PLATFORM, scope)).get(_HASH) == now:
        return False
    try:
        await tree.sync()
    except (discord.HTTPException, discord.RateLimited, app_commands.AppCommandError) as error:
        log.warning("the commands could not be told to Discord: %s", type(error).__name__)
        return False
    await store.set_values(PLATFORM, scope, {_HASH: now})
    return True


async def _hash_of(tree: app_commands.CommandTree[Any]) -> str:
    translator = tree.translator
    told = []
    for each in tree.get_commands(type=None):
        told.append(await each.get_translated_payload(tree, translator) if translator else each.to_dict(tree))
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


# Discord's languages that a catalogue speaks to.
_LOCALES = {discord.Locale.chinese: "zh", discord.Locale.taiwan_chinese: "zh"}


def localised(key: str) -> app_commands.locale_str:
    """The English sentence, with the key by which the others are found."""
    return app_commands.locale_str(say(LANGUAGES[0], key), key=key)


class Translator(app_commands.Translator):
    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        key, language = string.extras.get("key"), _LOCALES.get(locale)
        return say(language, key) if key and language else None


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
