"""Names and descriptions of commands in the languages of the catalogues."""

from __future__ import annotations

import discord
from discord import app_commands

from core.language.catalogue import LANGUAGES, say

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
