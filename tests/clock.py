"""Clocks that a test turns: one stands still until then, the other goes on as time does."""

from __future__ import annotations

import asyncio
import heapq
import itertools

from core.ports import SystemClock

# Turns of the event loop in which everything that can run without waiting has run.
_SETTLING = 100


class FakeClock:
    """Implements `core.ports.Clock`. Times in seconds; nobody ever really sleeps."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self._now = now
        self._set_by = 0.0
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._gone_to_sleep = asyncio.Event()

    def now(self) -> float:
        return self._now + self._set_by

    def monotonic(self) -> float:
        return self._now

    def set_by(self, seconds: float) -> None:
        """Somebody sets the wall clock; nobody's sleep is longer or shorter for it."""
        self._set_by += seconds

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        waking = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, next(self._order), waking))
        self._gone_to_sleep.set()
        await waking

    @property
    def sleeping(self) -> tuple[float, ...]:
        """How many seconds each sleeper has left, the next to wake first."""
        return tuple(due - self._now for due, _, waking in sorted(self._sleepers) if not waking.done())

    async def advance(self, seconds: float) -> None:
        """Lets `seconds` pass. Sleepers wake in the order they are due, each at its own time."""
        until = self._now + seconds
        await settle()
        while self._sleepers and self._sleepers[0][0] <= until:
            due, _, waking = heapq.heappop(self._sleepers)
            if waking.done():  # its task was cancelled
                continue
            self._now = due
            waking.set_result(None)
            await settle()
        self._now = until
        await settle()

    async def someone_sleeps(self, seconds: float = 0) -> None:
        """Returns when somebody sleeps for `seconds` or longer, however long real work takes until then."""
        while not any(left >= seconds for left in self.sleeping):
            self._gone_to_sleep.clear()
            await self._gone_to_sleep.wait()


class ForwardClock(SystemClock):
    """Real time, `ahead` seconds in the future; only what asks for the time notices."""

    ahead = 0.0

    def now(self) -> float:
        return super().now() + self.ahead


async def settle() -> None:
    """Returns when every task that can go on without time or the outside world has gone on."""
    for _ in range(_SETTLING):
        await asyncio.sleep(0)
