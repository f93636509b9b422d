"""What is done beside everything else: nobody waits for it, until it is time to end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


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
