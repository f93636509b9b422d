"""A finished file to this disk, in flat memory. It appears under its name only when it is complete."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from core.errors import BackendDown, ResultUnreadable
from core.nemo.wire.faults import BackendSaid
from core.nemo.wire.multipart import BLOCK, Progress
from core.nemo.wire.origin import DOWNLOAD, Origin

Check = Callable[[Path], Awaitable[bool]]


async def _unchecked(path: Path) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Download:
    """`is_whole` looks into what came before it gets its name: whether it is the file, and all of it."""

    to: Path
    on_progress: Progress | None = None
    is_whole: Check = _unchecked

    async def read(self, origin: Origin) -> str:
        """As `Origin.read`."""
        try:
            return await origin.read(self._write)
        finally:
            self._part.unlink(missing_ok=True)

    @property
    def _part(self) -> Path:
        return self.to.with_name(self.to.name + ".part")

    async def _write(self, response: httpx.Response) -> None:
        if response.status_code != 200:
            raise ResultUnreadable from _said(response, "no whole file")
        length = response.headers.get("content-length", "")
        total = int(length) if length.isdecimal() and "content-encoding" not in response.headers else 0
        done = 0
        try:
            file = await asyncio.to_thread(self._part.open, "wb")
            with file:
                async for block in response.aiter_bytes(BLOCK):
                    await asyncio.to_thread(file.write, block)
                    done += len(block)
                    if self.on_progress:
                        self.on_progress(done, max(total, done))
        except httpx.HTTPError as error:  # its head came, and not all of it
            raise ResultUnreadable from error
        if not done:  # it may come a little later than the news of it
            raise BackendDown from _said(response, "an empty file")
        if not await self.is_whole(self._part):
            raise ResultUnreadable from _said(response, f"{done} bytes that are no whole file")
        self._part.replace(self.to)


def _said(response: httpx.Response, text: str) -> BackendSaid:
    return BackendSaid(DOWNLOAD.name, response.status_code, None, text)
