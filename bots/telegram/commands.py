"""Commands: the menu that apps show, and the words that each command stands for."""

from __future__ import annotations

import logging

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bots.command_words import words_for
from core.language.catalogue import LANGUAGES, say

log = logging.getLogger(__name__)

MENU = ("edit", "export", "status", "credits", "upload", "new", "skill", "cancel", "language", "settings", "help")
# In a group everybody works on one project: what is one person's own is left to private chats.
GROUP_MENU = ("edit", "export", "status", "new", "cancel", "settings", "help")


def words_of(command: str, rest: str, language: str) -> str | None:
    """The words that a command stands for, with what follows it where that counts; None for one that we do not know."""
    if command == "edit":
        return rest
    word = words_for(command, language)
    return f"{word} {rest}".strip() if word and command in ("language", "skill", "export") else word


async def show_menus(bot: Bot) -> None:
    """Sets the menus by scope and language. Never worth a start."""
    scopes: list[tuple[BotCommandScope, tuple[str, ...]]] = [
        (BotCommandScopeDefault(), MENU),
        (BotCommandScopeAllPrivateChats(), MENU),
        (BotCommandScopeAllGroupChats(), GROUP_MENU),
    ]
    try:
        for scope, names in scopes:
            await bot.set_my_commands(_menu("en", names), scope=scope)
            for language in LANGUAGES:
                await bot.set_my_commands(_menu(language, names), scope=scope, language_code=language)
    except TelegramError as error:
        log.warning("the menus could not be set: %s", type(error).__name__)


def _menu(language: str, names: tuple[str, ...]) -> list[BotCommand]:
    return [BotCommand(name, say(language, f"command-{name}")) for name in names]
