"""Every call to Telegram goes through here: a 429 delays the calls to its chat, a call that reached nobody is
repeated, and a call to a group whose id has changed goes to the new id."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from telegram.error import ChatMigrated, RetryAfter, TelegramError

from bots.telegram.errors import NotSent, as_ours
from bots.telegram.places import Spot
from core.errors import PlatformDown
from core.ports import Clock

log = logging.getLogger(__name__)
T = TypeVar("T")

# A result is worth waiting for; a status that is soon outdated is not.
LONGEST_SECONDS = 900.0
SOON_SECONDS = 20.0


class RateLimits:
    """Waits out Telegram's 429 (`RetryAfter`), chat by chat. No call is made meanwhile: it would prolong the wait."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._free_at: dict[int, float] = {}

    async def call(self, chat: int, ask: Callable[[], Awaitable[T]], *, longest: float = LONGEST_SECONDS) -> T:
        """Asks, and again after each 429. Raises `NotSent` if that would take longer than `longest` seconds."""
        until = self._clock.monotonic() + longest
        while True:
            await self._turn(chat, until)
            try:
                return await ask()
            except RetryAfter as error:
                seconds = seconds_of(error) + 0.1
                log.info("a chat has to wait %.0f s", seconds)
                self._free_at[chat] = self._clock.monotonic() + seconds

    async def _turn(self, chat: int, until: float) -> None:
        while (wait := self._free_at.get(chat, 0.0) - self._clock.monotonic()) > 0:
            if self._free_at[chat] > until:
                raise NotSent("the chat has to wait too long")
            await self._clock.sleep(wait)
        self._free_at.pop(chat, None)


def seconds_of(error: RetryAfter) -> float:
    after = error.retry_after  # a number now, another type one day: both are read
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


# A connection that failed before anything was sent is tried again.
TRIES = 3


class Calls:
    """`on_move` is called when a group was given another id."""

    def __init__(self, rate_limits: RateLimits, on_move: Callable[[int, int], Awaitable[None]]) -> None:
        self._rate_limits = rate_limits
        self._on_move = on_move
        self._moved: dict[int, int] = {}
        self._moving = asyncio.Lock()

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
                return await self._rate_limits.call(chat, lambda chat=chat: ask(chat), longest=longest)  # type: ignore[misc]
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
                await self._on_move(old, new)
                self._moved[old] = new
