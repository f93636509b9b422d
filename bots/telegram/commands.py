"""Commands: the menu that apps show, and what each is in words."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from core.language import ui_language
from core.words import LANGUAGES, say

log = logging.getLogger(__name__)

MENU = ("edit", "export", "status", "credits", "upload", "new", "skill", "cancel", "language", "settings", "help")
# In a group everybody works on one project: what is one person's own is left to private chats.
GROUP_MENU = ("edit", "export", "status", "new", "cancel", "settings", "help")


@dataclass(frozen=True, slots=True)
class Words:
    en: str
    zh: str


# What a command says could have been said in words, so there is one way through the core. What follows it is kept.
_WORDS = {
    "export": Words("export", "导出"),
    "status": Words("status", "状态"),
    "credits": Words("credits", "积分"),
    "upload": Words("upload", "上传"),
    "new": Words("new project", "新项目"),
    "cancel": Words("cancel", "取消"),
    "help": Words("help", "帮助"),
    "start": Words("help", "帮助"),
    "language": Words("language", "语言"),
    "skill": Words("skill", "技能"),
}


def words_of(command: str, rest: str, language: str) -> str | None:
    """The words that a command stands for; None for one that we do not know."""
    if command == "edit":
        return rest
    found = _WORDS.get(command)
    if found is None:
        return None
    word = found.zh if ui_language(language) == "zh" else found.en
    return f"{word} {rest}".strip() if command in ("language", "skill", "export") else word


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
