"""asyncio, three times: steps that must be finished, tasks that nobody waits for, and work beside an open block."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar


class Background:
    """Holds on to its tasks, for the loop does not. What they raise is for themselves to deal with."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def quiet(self) -> None:
        """Returns when nothing is under way, also of what was begun meanwhile."""
        while self._under_way:
            await asyncio.wait(set(self._under_way))


@asynccontextmanager
async def in_the_background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Runs `work` until the block is left."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


T = TypeVar("T")
LONGEST_SECONDS = 8.0


async def finish(step: Coroutine[Any, Any, T], seconds: float = LONGEST_SECONDS) -> T:
    """Does `step`; a cancellation takes effect after it, or after `seconds` of waiting for it.

    For a send together with the note that it was sent: broken off in between, nobody would know.
    """
    task = asyncio.ensure_future(step)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        if not task.done():
            await asyncio.wait([task], timeout=seconds)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise
