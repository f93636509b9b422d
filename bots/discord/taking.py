"""Counts what is under way and must not be cut off or held up, so that others can wait until none of it is left."""

from __future__ import annotations

import asyncio
from types import TracebackType


class Taking:
    """`async with taking:` around each; `quiet` returns when none is left."""

    def __init__(self) -> None:
        self._count = 0
        self._none = asyncio.Event()
        self._none.set()

    async def __aenter__(self) -> None:
        self._count += 1
        self._none.clear()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._count -= 1
        if not self._count:
            self._none.set()

    async def quiet(self) -> None:
        await self._none.wait()
