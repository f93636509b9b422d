"""Flood control: so many messages and edits a chat, then 429 for some seconds, longer for who does not wait."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from tests.servers.telegram.refusals import flooded


@dataclass(frozen=True, slots=True)
class Pace:
    """`most` calls in `seconds`. Telegram's support: about 1 a second in a chat with short bursts, 20 a minute
    in a group."""

    most: int
    seconds: float


PRIVATE = Pace(3, 3)
GROUP = Pace(20, 60)


class Flood:
    """Off until `private` or `group` is set or a chat is closed by hand. `refused` counts by chat."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.private: Pace | None = None
        self.group: Pace | None = None
        self._open_at: dict[int, float] = {}
        self._recent: defaultdict[int, list[float]] = defaultdict(list)
        self.refused: defaultdict[int, int] = defaultdict(int)

    def close(self, chat_id: int, seconds: float) -> None:
        """Refuses what comes to this chat for so long."""
        self._open_at[chat_id] = self._now() + seconds

    def check(self, chat_id: int) -> None:
        """Counts a message or an edit. Raises `Refusal`; every call during a wait makes the wait longer."""
        now = self._now()
        if now < self._open_at.get(chat_id, 0):
            self._refuse(chat_id, self._open_at[chat_id] + 1)
        pace = self.group if chat_id < 0 else self.private
        if pace is None:
            return
        recent = [at for at in self._recent[chat_id] if at > now - pace.seconds]
        if len(recent) >= pace.most:
            self._refuse(chat_id, recent[0] + pace.seconds)
        self._recent[chat_id] = [*recent, now]

    def _refuse(self, chat_id: int, until: float) -> None:
        self._open_at[chat_id] = until
        self.refused[chat_id] += 1
        raise flooded(max(1, math.ceil(until - self._now())))
