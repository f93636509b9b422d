"""How much memory the processes that we started hold together, watched while something runs (Linux)."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from types import TracebackType
from typing import Self

_EVERY = 0.05


class FamilyMemory:
    """`async with FamilyMemory() as memory: …`; `memory.most` in bytes. Pages that two share count twice."""

    def __init__(self) -> None:
        self.most = 0

    async def __aenter__(self) -> Self:
        self._watching = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self._watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._watching

    async def _watch(self) -> None:
        while True:
            self.most = max(self.most, sum(_held(pid) for pid in _descendants(os.getpid())))
            await asyncio.sleep(_EVERY)


def _descendants(of: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(path.parent.name))
    found, open_ = [], [of]
    while open_:
        below = children.get(open_.pop(), [])
        found += below
        open_ += below
    return found


def _held(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    return 0
