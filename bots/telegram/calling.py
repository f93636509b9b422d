"""One seam for all that is asked of Telegram's server: in its pace, tried again where nothing was said, and following a
group that moves."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import ChatMigrated, RetryAfter, TelegramError

from bots.telegram.errors import NotSent, as_ours
from bots.telegram.pacing import LONGEST_SECONDS, Pacing
from bots.telegram.places import Spot
from core.errors import PlatformDown

log = logging.getLogger(__name__)
T = TypeVar("T")

# The connection failed before anything was said: that may be tried again.
TRIES = 3


class Calling:
    """`on_move` is told when a group was given another id."""

    def __init__(self, pacing: Pacing) -> None:
        self._pacing = pacing
        self._moved: dict[int, int] = {}
        self._moving = asyncio.Lock()
        self.on_move: Callable[[int, int], Awaitable[None]] = _nobody

    async def call(
        self,
        spot: Spot,
        ask: Callable[[int], Awaitable[T]],
        *,
        media: bool = False,
        longest: float = LONGEST_SECONDS,
    ) -> T:
        """What `ask` gives for the chat's id. Raises `RetryAfter`, and what `as_ours` makes of the library's errors."""
        for left in reversed(range(TRIES)):
            chat = self._moved.get(spot.chat, spot.chat)
            try:
                return await self._pacing.call(chat, lambda chat=chat: ask(chat), longest=longest)  # type: ignore[misc]
            except ChatMigrated as error:
                await self.moved(chat, error.new_chat_id)
            except RetryAfter:
                raise
            except TelegramError as error:
                ours = as_ours(error, media=media)
                if not (isinstance(ours, PlatformDown) and error.__cause__ and left):
                    raise ours from None  # the library's words may hold an address
        raise NotSent("tried often enough")

    async def moved(self, old: int, new: int) -> None:
        """A group was given another id: everything of it goes along, and what is under way finds its way."""
        async with self._moving:  # whoever hears of it second waits until it is done
            if self._moved.get(old) != new:
                log.info("a group was given another id")
                await self.on_move(old, new)
                self._moved[old] = new


async def _nobody(old: int, new: int) -> None:
    pass
