"""Keeps a gateway client running: one that ends is replaced, and the log says why."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import discord

from bots.discord.gateway import GatewayClient
from core.settings import SettingsError

log = logging.getLogger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0
# A start waits that long for Discord, and goes on without it.
PATIENCE = 20.0


class Supervision:
    """`make` gives a new client each time: one that has ended cannot be started again."""

    def __init__(self, make: Callable[[], GatewayClient], token: str) -> None:
        self._make = make
        self._token = token
        self._client: GatewayClient | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Returns when somebody listens, or after a while.

        Raises `SettingsError` for what only the operator can mend.
        """
        first = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._run(first))
        await asyncio.wait([first], timeout=PATIENCE)
        if first.done():
            first.result()

    async def stop(self) -> None:
        if self._client:
            await self._client.close()
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self, first: asyncio.Future[None]) -> None:
        pause = FIRST_PAUSE
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await self._listen(first)
            except Exception as error:
                problem = in_words(error)
                if problem and not first.done():
                    first.set_exception(SettingsError((problem,)))
                    return
                log.critical("Discord: listening ended: %s", problem or type(error).__name__, exc_info=not problem)
            else:
                log.critical("Discord: listening ended without a reason")
            if asyncio.get_running_loop().time() - began > LONGEST_PAUSE:
                pause = FIRST_PAUSE
            log.warning("Discord: listening again in %.0f s", pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _listen(self, first: asyncio.Future[None]) -> None:
        self._client = client = self._make()
        async with client:
            running = asyncio.create_task(client.start(self._token))
            ready = asyncio.create_task(client.wait_until_ready())
            try:
                await asyncio.wait([running, ready], return_when=asyncio.FIRST_COMPLETED)
                if not running.done() and not first.done():
                    first.set_result(None)
                await running
            finally:
                for task in (running, ready):
                    task.cancel()
                await asyncio.gather(running, ready, return_exceptions=True)


def in_words(error: BaseException) -> str:
    """What the operator has to do about it; "" where nothing but time helps."""
    if isinstance(error, discord.LoginFailure) or (isinstance(error, discord.ConnectionClosed) and error.code == 4004):
        return "DISCORD_BOT_TOKEN: Discord does not accept it; make a new one under Bot in the developer portal"
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return "DISCORD_MESSAGE_CONTENT: the intent is not granted; switch it on under Bot in the developer portal"
    return ""
