"""Short steps that are better finished than broken off."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

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
