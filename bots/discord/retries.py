"""What is sent again while it is not known whether it arrived, and what must be sent only once.

A message in a channel carries a nonce by which Discord drops a repeat, and an edit repeated changes nothing. A message
on an interaction's webhook has no such thing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import aiohttp
import discord

from bots.discord.errors import in_our_words
from core.errors import PlatformDown, SendUnknown

log = logging.getLogger(__name__)
T = TypeVar("T")

# Discord remembers a nonce for "the past few minutes".
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, *([30.0] * 7))


async def until_known(
    ask: Callable[[], Awaitable[T]], *, longest: float, media: bool = False, patient: bool = True
) -> T:
    """Asks again while the outcome is unknown, for minutes; once where it is not `patient`.

    `longest` is for one attempt, in seconds. Raises what `in_our_words` does; `PlatformDown` only where no attempt
    before it may have arrived.
    """
    unknown: SendUnknown | None = None
    for pause in (*(PAUSES if patient else ()), None):
        try:
            with in_our_words(media=media):
                async with asyncio.timeout(longest):
                    return await ask()
        except SendUnknown as error:
            unknown = error
        except PlatformDown:
            if unknown is None:
                raise
        if pause is not None:
            log.info("Discord: it is not known whether that arrived; asked again in %.0f s", pause)
            await asyncio.sleep(pause)
    raise unknown or SendUnknown("never asked")


class OneTry:
    """A webhook's session in which an error of the server is the end of a call: the library repeats it blindly."""

    def __init__(self, session: Any) -> None:
        self._session = session

    @asynccontextmanager
    async def request(self, *what: Any, **how: Any) -> AsyncIterator[aiohttp.ClientResponse]:
        async with self._session.request(*what, **how) as response:
            if response.status >= 500:
                raise discord.DiscordServerError(response, await response.text())
            yield response
