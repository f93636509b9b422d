"""Whether the backend can be reached, and for how long a free call is repeated where it cannot, or where it fails."""

from __future__ import annotations

import asyncio

from core.ports import Clock

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 8.0
# How long is waited in all between the attempts of a call that fails.
FAILING_SECONDS = 60.0
# A backend that takes no connection is being started again, or the network is away: that may take longer.
AWAY_SECONDS = 180.0


class Availability:
    """What the calls of this process have found out: one that gets no connection says until when there is none, and any
    answer says that there is one again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._away_until = 0.0
        self._answered = asyncio.Event()

    def note_away(self, seconds: float) -> None:
        self._away_until = max(self._away_until, self._clock.monotonic() + seconds)

    def note_answer(self) -> None:
        if self._away_until:
            self._away_until = 0.0
            self._answered.set()
            self._answered = asyncio.Event()

    async def reachable(self) -> None:
        """Returns at once, or when somebody was answered, or when it is time to try again."""
        while (left := self._away_until - self._clock.monotonic()) > 0:
            await self.wait(left)

    async def wait(self, seconds: float) -> None:
        """Returns after `seconds`, or earlier if somebody was answered who had not been."""
        ends = [asyncio.ensure_future(self._clock.sleep(seconds)), asyncio.ensure_future(self._answered.wait())]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()
            await asyncio.gather(*ends, return_exceptions=True)


class Backoff:
    """The waits between the attempts of one call."""

    def __init__(self) -> None:
        self._waited = 0.0
        self._next = FIRST_WAIT_SECONDS

    def after_failure(self, longest: float) -> float | None:
        """Seconds to wait before the next attempt; None once `longest` seconds have been waited."""
        if self._waited >= longest:
            return None
        wait, self._next = self._next, min(2 * self._next, LONGEST_WAIT_SECONDS)
        self._waited += wait
        return wait
