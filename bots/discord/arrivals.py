"""Requests of one channel go on in the order in which they arrived, however long each takes to be acknowledged."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self


class Arrivals:
    def __init__(self) -> None:
        self._last: dict[int, asyncio.Future[None]] = {}

    def of(self, channel: int) -> Turn:
        """Takes the next number at once: no `await` may stand between the event and this."""
        over = asyncio.get_running_loop().create_future()
        turn = Turn(self._last.get(channel), over)
        self._last[channel] = over
        over.add_done_callback(lambda _: self._forget(channel, over))
        return turn

    def _forget(self, channel: int, over: asyncio.Future[None]) -> None:
        if self._last.get(channel) is over:
            del self._last[channel]


class Turn:
    """`async with arrivals.of(channel) as turn`, and `await turn.comes()` before what has to be done in order."""

    def __init__(self, before: asyncio.Future[None] | None, over: asyncio.Future[None]) -> None:
        self._before = before
        self._over = over

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    async def comes(self) -> None:
        """Returns when everything that arrived before is over."""
        if self._before is not None:
            await asyncio.wait([self._before])

    def end(self) -> None:
        """Lets the next one go on; whoever gives up before its turn lets nobody overtake those before it."""
        if self._over.done():
            return
        if self._before is None or self._before.done():
            self._over.set_result(None)
        else:
            self._before.add_done_callback(lambda _: self.end())
