"""Albums: items that come one by one and are one request. There is no last one, only quiet."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from telegram import Message

from core.background import Background

log = logging.getLogger(__name__)
QUIET_SECONDS = 0.9
# An album has ten items at the most, and they are never that long on their way.
LONGEST_SECONDS = 6.0
# An item that comes later than that belongs to an album nobody remembers: it is a request of its own.
REMEMBERED_SECONDS = 120.0


@dataclass(slots=True)
class _Album:
    began: float
    items: dict[int, Message] = field(default_factory=dict)
    timer: asyncio.TimerHandle | None = None


class Albums:
    """`whole` is given an album's items in their order once they are there, and late ones with the first item."""

    def __init__(self, whole: Callable[[list[Message]], Awaitable[None]]) -> None:
        self._whole = whole
        self._open: dict[str, _Album] = {}
        self._captions: dict[str, str] = {}
        self._handing_over = Background()

    def add(self, item: Message) -> None:
        key = f"{item.chat.id}/{item.media_group_id}"
        loop = asyncio.get_running_loop()
        album = self._open.setdefault(key, _Album(loop.time()))
        album.items[item.message_id] = item
        if album.timer:
            album.timer.cancel()
        left = album.began + LONGEST_SECONDS - loop.time()
        album.timer = loop.call_later(max(0.0, min(QUIET_SECONDS, left)), self._close, key)

    def caption_of(self, item: Message) -> str:
        """What was asked of the album that a late item belongs to."""
        return self._captions.get(f"{item.chat.id}/{item.media_group_id}", "")

    async def quiet(self) -> None:
        """Hands over what has been gathered so far, and returns when it is in the store."""
        for key in list(self._open):
            self._close(key)
        await self._handing_over.quiet()

    def _close(self, key: str) -> None:
        album = self._open.pop(key)
        if album.timer:
            album.timer.cancel()
        items = [album.items[number] for number in sorted(album.items)]
        # A late item is an album of its own here, and must not take the words away that it will be given.
        self._captions[key] = next((item.caption for item in items if item.caption), self._captions.get(key, ""))
        asyncio.get_running_loop().call_later(REMEMBERED_SECONDS, self._captions.pop, key, None)
        self._handing_over.begin(self._hand_over(items))

    async def _hand_over(self, items: list[Message]) -> None:
        try:
            await self._whole(items)
        except Exception:
            log.exception("an album could not be handed over; it is taken up again at the next start")
