"""Shares a finished result: inline in any chat, or by a link that starts the bot."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineQuery,
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedAudio,
    InlineQueryResultCachedDocument,
    InlineQueryResultCachedGif,
    InlineQueryResultCachedPhoto,
    InlineQueryResultCachedVideo,
    InputTextMessageContent,
    User,
)
from telegram.error import TelegramError

from bots.telegram.places import PLATFORM, Spot
from bots.telegram.retries import Calls
from core.errors import MediaRefused
from core.language.catalogue import say
from core.messages import Incoming
from core.ports import Store
from core.records import AdmissionResult, KeptResult

log = logging.getLogger(__name__)
MOST = 20
SHARE = "share_"
QUERY_LETTERS = 40
# An update is confirmed after it, and those behind it wait.
SHOW_SECONDS = 3.0
# A person's results change with every job, and are that person's alone.
_CACHED: dict[str, Any] = {"cache_time": 2, "is_personal": True}


class Sharing:
    def __init__(self, bot: Bot, calls: Calls, store: Store) -> None:
        self._bot = bot
        self._calls = calls
        self._store = store

    async def answer(self, query: InlineQuery) -> None:
        """The asker's own recent results, those first whose name holds what was typed."""
        kept = await self._store.kept_results(PLATFORM, str(query.from_user.id), MOST)
        found = [each.as_of(time.time()) for each in kept]
        words = query.query.strip().lower()
        matching = [each for each in found if words in each.name.lower()] or found
        await self._give(query, [result for each in matching if (result := _inline(each))])

    async def refuse(self, query: InlineQuery) -> None:
        await self._give(query, [])

    async def _give(self, query: InlineQuery, results: list[InlineQueryResult]) -> None:
        # One that is too old has been answered, or nobody looks at it any more.
        try:
            await self._bot.answer_inline_query(query.id, results, **_CACHED)
        except TelegramError as error:
            log.debug("an inline query could not be answered: %s", type(error).__name__)

    async def bring(self, spot: Spot, payload: str, asked: Incoming) -> bool:
        """Shows the result that a deep link names, once however often it is asked for by that message. False where the
        link names none that is still known. Raises what a call raises."""
        if not payload.startswith(SHARE):
            return False
        found = await self._store.kept_result(payload.removeprefix(SHARE))
        kept = found.as_of(time.time()) if found else None
        if kept is None or kept.place.platform != PLATFORM or not (kept.file or kept.link):
            return False
        if await self._store.admit(asked, []) is AdmissionResult.SAVED:
            await self._show(spot, kept)
        return True

    async def _show(self, spot: Spot, kept: KeptResult) -> None:
        """The file, else the link where there is one."""
        try:
            await self._calls.call(spot, lambda chat: self._send(chat, spot, kept), media=True, longest=SHOW_SECONDS)
        except MediaRefused as refusal:
            if not kept.link:
                raise
            log.info("a shared result goes as its link: %s", refusal)
            words = replace(kept, file="")
            await self._calls.call(spot, lambda chat: self._send(chat, spot, words), longest=SHOW_SECONDS)

    async def _send(self, chat: int, spot: Spot, kept: KeptResult) -> None:
        common: dict[str, Any] = {"chat_id": chat, "message_thread_id": spot.sends_to}
        kind, _, handle = kept.file.partition(":")
        match kind:
            case "video":
                await self._bot.send_video(video=handle, caption=kept.name, **common)
            case "audio":
                await self._bot.send_audio(audio=handle, caption=kept.name, **common)
            case "photosize":
                await self._bot.send_photo(photo=handle, caption=kept.name, **common)
            case "animation":
                await self._bot.send_animation(animation=handle, caption=kept.name, **common)
            case "document":
                await self._bot.send_document(document=handle, caption=kept.name, **common)
            case _:
                await self._bot.send_message(text=f"{kept.name}\n{kept.link}".strip(), **common)


def share_button(me: User, name: str, result: str, language: str) -> InlineKeyboardButton | None:
    """Lets a person choose a chat for a result: found inline where the bot has that, else sent there as a link that
    opens a chat with the bot and shows the result."""
    label = say(language or "en", "button-share")
    if me.supports_inline_queries:
        return InlineKeyboardButton(label, switch_inline_query=name[:QUERY_LETTERS])
    if not result:
        return None
    link = f"https://t.me/{me.username}?start={SHARE}{result}"
    return InlineKeyboardButton(label, url=f"https://t.me/share/url?url={quote(link, safe='')}")


def _inline(kept: KeptResult) -> InlineQueryResult | None:
    kind, _, handle = kept.file.partition(":")
    match kind:
        case "video":
            return InlineQueryResultCachedVideo(kept.id, handle, kept.name)
        case "audio":
            return InlineQueryResultCachedAudio(kept.id, handle)
        case "photosize":
            return InlineQueryResultCachedPhoto(kept.id, handle, title=kept.name)
        case "animation":
            return InlineQueryResultCachedGif(kept.id, handle, title=kept.name)
        case "document":
            return InlineQueryResultCachedDocument(kept.id, kept.name, handle)
        case _ if kept.link:
            content = InputTextMessageContent(f"{kept.name}\n{kept.link}")
            return InlineQueryResultArticle(kept.id, kept.name, content)
        case _:
            return None
