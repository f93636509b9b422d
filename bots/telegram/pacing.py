"""Flood control a chat: one that has to wait stops no other."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from telegram.error import RetryAfter

from bots.telegram.errors import NotSent
from core.ports import Clock

log = logging.getLogger(__name__)
T = TypeVar("T")

# A result is worth waiting for; news that is soon old is not.
LONGEST_SECONDS = 900.0
SOON_SECONDS = 20.0


class Pacing:
    """Calling during a wait makes it longer, so nothing is asked of a chat before its time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._free_at: dict[int, float] = {}

    async def call(self, chat: int, ask: Callable[[], Awaitable[T]], *, longest: float = LONGEST_SECONDS) -> T:
        """Asks, and again after each "retry after". Raises `NotSent` where that takes longer than `longest`."""
        until = self._clock.now() + longest
        while True:
            await self._turn(chat, until)
            try:
                return await ask()
            except RetryAfter as error:
                seconds = seconds_of(error) + 0.1
                log.info("a chat has to wait %.0f s", seconds)
                self._free_at[chat] = self._clock.now() + seconds

    async def _turn(self, chat: int, until: float) -> None:
        while (wait := self._free_at.get(chat, 0.0) - self._clock.now()) > 0:
            if self._free_at[chat] > until:
                raise NotSent("the chat has to wait too long")
            await self._clock.sleep(wait)
        self._free_at.pop(chat, None)


def seconds_of(error: RetryAfter) -> float:
    after = error.retry_after  # a number now, another type one day: both are read
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
