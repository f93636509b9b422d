"""Writes and hashes a file in a thread while the caller goes on receiving it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import xxhash

Result = TypeVar("Result")

# Each call lets another thread take the interpreter, and on a busy machine it takes milliseconds to get it back: so
# the calls are few and large, and enough of them wait that the thread never does.
_BATCH = 2 * 1024 * 1024
_WAITING = 4
# Linux takes memory for its cache in pieces as large as the write. Large pieces run out, and fresh memory then costs
# several times what the writing does.
_WRITE = 256 * 1024


class WriteBehind:
    """`async with WriteBehind(path, check) as file: await file.add(piece)`; then `size` and `digest` are known.

    `check` is called before each batch with its number of bytes, and its errors come out of `add`. Raises `OSError`,
    possibly a few pieces late. Takes at most 10 MiB of memory.
    """

    def __init__(self, path: Path, check: Callable[[int], None]) -> None:
        self.size = 0
        self._path = path
        self._check = check
        self._hash = xxhash.xxh3_128()
        self._thread = ThreadPoolExecutor(1)
        self._batch, self._filled = memoryview(bytearray(_BATCH)), 0
        self._waiting: deque[tuple[asyncio.Future[None], memoryview]] = deque()

    @property
    def digest(self) -> str:
        """XXH3 with 128 bits: it tells files apart but is no proof. SHA-256 took as long as the rest of an upload."""
        return self._hash.hexdigest()

    async def add(self, piece: bytes) -> None:
        self.size += len(piece)
        rest = memoryview(piece)
        while rest:
            taken = min(len(rest), _BATCH - self._filled)
            self._batch[self._filled : self._filled + taken] = rest[:taken]
            self._filled += taken
            rest = rest[taken:]
            if self._filled == _BATCH:
                await self._hand_over()

    async def __aenter__(self) -> Self:
        self._file = await self._in_thread(lambda: self._path.open("wb", buffering=0))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                await self._hand_over()
                while self._waiting:
                    await self._oldest()
        finally:
            # The thread does it, behind its last batch: it may write yet when nobody wants the file any more.
            closed = self._in_thread(self._file.close)
            self._thread.shutdown(wait=False)
            await asyncio.gather(*(end for end, _ in self._waiting), closed, return_exceptions=True)

    async def _hand_over(self) -> None:
        self._check(self._filled)
        self._waiting.append((self._in_thread(partial(self._keep, self._batch[: self._filled])), self._batch))
        reusable = len(self._waiting) == _WAITING or self._waiting[0][0].done()
        self._batch, self._filled = await self._oldest() if reusable else memoryview(bytearray(_BATCH)), 0

    async def _oldest(self) -> memoryview:
        """Waits for the oldest batch and returns its buffer."""
        end, batch = self._waiting[0]
        await end
        self._waiting.popleft()
        return batch

    def _keep(self, batch: memoryview) -> None:
        self._hash.update(batch)
        left = batch
        while left:
            left = left[self._file.write(left[:_WRITE]) :]

    def _in_thread(self, call: Callable[[], Result]) -> asyncio.Future[Result]:
        return asyncio.get_running_loop().run_in_executor(self._thread, call)
