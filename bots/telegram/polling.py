"""Long polling that confirms an update only when it is in the store: a kill loses none.

Updates are read one by one, where the library gives up a whole batch for one that it cannot read.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from weakref import WeakValueDictionary

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bots.telegram.retries import seconds_of
from bots.telegram.updates import UpdateHandler
from core.store import StorageTrouble

log = logging.getLogger(__name__)


def update_of(raw: dict[str, Any], bot: Bot) -> Update | None:
    """None, and a line in the log, for what has an `update_id` but not the form that the library knows.

    It is confirmed all the same: asked for again it would be the same again, and hold up all that come after it.
    Raises `KeyError` and `TypeError` for what is no update at all.
    """
    try:
        return Update.de_json(raw, bot)
    except Exception as error:
        log.warning("update %s cannot be read (%s) and was left out", raw["update_id"], type(error).__name__)
        return None


async def sifted(bot: Bot, offset: int | None, allowed: Sequence[str]) -> tuple[list[Update], int | None]:
    """What waits now and can be read, and the next offset. Raises what the library's request raises."""
    wishes = {"timeout": 0, "allowed_updates": json.dumps(allowed)} | ({} if offset is None else {"offset": offset})
    # Parameters in the query string are taken by every method (Bot API, "Making requests").
    _, body = await bot.request.do_request(f"{bot.base_url}/getUpdates?{urlencode(wishes)}", "GET")
    try:
        waiting = [raw for raw in json.loads(body)["result"] if isinstance(raw["update_id"], int)]
    except (ValueError, KeyError, TypeError):
        raise NetworkError("no updates in the answer") from None
    updates = [update for raw in waiting if (update := update_of(raw, bot))]
    return updates, waiting[-1]["update_id"] + 1 if waiting else offset


# Named one by one: left out, the server would keep whatever was set before.
ALLOWED = [
    *("message", "edited_message", "channel_post", "edited_channel_post"),
    *("callback_query", "inline_query", "my_chat_member"),
]
POLL_SECONDS = 50
CONFLICT_SECONDS = 5.0
TROUBLE_SECONDS = 2.0


class Polling:
    """`run` never returns. The offset lives at the server: confirmed there is what we have saved here."""

    def __init__(self, bot: Bot, handler: UpdateHandler) -> None:
        self._bot = bot
        self.handler = handler
        self._offset: int | None = None
        self._orders: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def run(self) -> None:
        while True:
            try:
                await self.once()
            except Conflict:
                log.warning("another program is polling with this bot's token; stop it. Tried again in 5 s")
                await asyncio.sleep(CONFLICT_SECONDS)
            except InvalidToken:
                log.error("TELEGRAM_BOT_TOKEN is not good any more; nothing can be received")  # noqa: TRY400
                await asyncio.sleep(60)
            except RetryAfter as error:
                await asyncio.sleep(seconds_of(error))
            except (NetworkError, TelegramError) as error:
                log.warning("polling: %s; tried again in 2 s", type(error).__name__)
                await asyncio.sleep(TROUBLE_SECONDS)
            except StorageTrouble as trouble:
                log.warning("updates cannot be saved (%s), so they are not confirmed; tried again in 2 s", trouble)
                await asyncio.sleep(TROUBLE_SECONDS)

    async def once(self) -> None:
        """One poll, and everything it brought into the store."""
        updates, offset = await self._polled()
        await self.save(updates)
        self._offset = offset

    async def _polled(self) -> tuple[Sequence[Update], int | None]:
        try:
            updates = await self._bot.get_updates(
                offset=self._offset,
                timeout=POLL_SECONDS,
                allowed_updates=ALLOWED,
                read_timeout=POLL_SECONDS + 10,
            )
        except TelegramError:
            raise
        except Exception:  # the library could not read one of them, and does not say which
            return await sifted(self._bot, self._offset, ALLOWED)
        return updates, updates[-1].update_id + 1 if updates else self._offset

    async def save(self, updates: Sequence[Update]) -> None:
        """Each chat's in their order, chats side by side. A webhook brings several at once: they wait for each other
        in the order in which they came."""
        by_chat: dict[int, list[Update]] = defaultdict(list)
        for update in updates:
            by_chat[update.effective_chat.id if update.effective_chat else 0].append(update)
        await asyncio.gather(*(self._in_order(chat, each) for chat, each in by_chat.items()))

    async def _in_order(self, chat: int, updates: Sequence[Update]) -> None:
        if not chat:
            await self._take(updates)
            return
        async with self._orders.setdefault(chat, asyncio.Lock()):
            await self._take(updates)

    async def _take(self, updates: Sequence[Update]) -> None:
        for update in updates:
            try:
                await self.handler.take(update)
            except StorageTrouble:
                raise
            except Exception:
                # One that cannot be understood must not hold up all that come after it.
                log.exception("update %s was left out", update.update_id)
