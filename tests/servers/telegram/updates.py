"""The queue of updates and long polling: what is confirmed by an offset is gone, everything else comes again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from tests.servers.telegram.refusals import OTHER_POLLER, WEBHOOK_IS_SET, Json, conflict

LONGEST_POLL = 50
KEPT_SECONDS = 24 * 3600
# What is left out of "all" by the specification of setWebhook and getUpdates.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Update:
    id: int
    kind: str
    content: Json
    at: float

    @property
    def json(self) -> Json:
        return {"update_id": self.id, self.kind: self.content}


class Updates:
    """`confirmed` are the ids that an offset (or a webhook's 200) has taken; `webhook` says that one is set."""

    def __init__(self, now: Callable[[], float], first: int | None = None) -> None:
        self._now = now
        self._next = first if first is not None else random.randrange(10**8, 9 * 10**8)
        self._pending: list[Update] = []
        self._allowed: frozenset[str] | None = None
        self._poller: asyncio.Future[None] | None = None
        self._news = asyncio.Event()
        self._gone: list[Update] = []
        self.confirmed: list[int] = []
        self.webhook = False
        self.handed_out: dict[int, int] = {}  # update id -> how many times
        self.on_confirmed: Callable[[], None] = lambda: None

    @property
    def pending(self) -> list[Update]:
        oldest = self._now() - KEPT_SECONDS
        self._pending = [update for update in self._pending if update.at >= oldest]
        return self._pending

    @property
    def allowed(self) -> list[str] | None:
        return None if self._allowed is None else sorted(self._allowed)

    def add(self, kind: str, content: Json) -> Update | None:
        """None where the bot did not ask for this kind."""
        wanted = kind not in NOT_BY_DEFAULT if self._allowed is None else kind in self._allowed
        if not wanted:
            return None
        update = Update(self._next, kind, content, self._now())
        self._next += 1
        self._pending.append(update)
        self._news.set()
        return update

    def allow(self, kinds: Sequence[str] | None) -> None:
        """None, the parameter left out, keeps the earlier setting; an empty list means the default."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def drop(self) -> None:
        self._pending.clear()

    def confirm(self, update_id: int) -> None:
        self._confirm([update for update in self._pending if update.id == update_id])

    async def poll(
        self, offset: int, limit: int, timeout: float, sleep: Callable[[float], Awaitable[None]]
    ) -> list[Json]:
        """getUpdates. A second poller ends the first one's waiting with 409."""
        if self.webhook:
            raise conflict(WEBHOOK_IS_SET)
        self._forget(offset)
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(conflict(OTHER_POLLER))
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = mine
        try:
            await self._wait(mine, min(timeout, LONGEST_POLL), sleep)
        finally:
            if self._poller is mine:
                self._poller = None
        batch = self.pending[:limit]
        for update in batch:
            self.handed_out[update.id] = self.handed_out.get(update.id, 0) + 1
        return [update.json for update in batch]

    async def news(self) -> None:
        """Returns when something is, or comes to be, pending."""
        while not self.pending:
            self._news.clear()
            await self._news.wait()

    async def newer(self, seen: int) -> None:
        """Returns when another number of updates than `seen` is pending."""
        while len(self.pending) == seen:
            self._news.clear()
            await self._news.wait()

    def again(self, kind: str = "") -> int:
        """Hands the update that was last confirmed out once more, as a webhook may; returns its id. `kind` is which."""
        update = next(gone for gone in reversed(self._gone) if kind in ("", gone.kind))
        self.confirmed.remove(update.id)
        self._pending.insert(0, update)
        self._news.set()
        return update.id

    def conflict(self) -> None:
        """Ends whoever polls, as a second poller does."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(conflict(OTHER_POLLER))

    def _forget(self, offset: int) -> None:
        if offset < 0:  # the last so many; the earlier ones are forgotten
            offset = self._pending[offset].id if len(self._pending) >= -offset else 0
        if offset:
            self._confirm([update for update in self._pending if update.id < offset])

    def _confirm(self, updates: list[Update]) -> None:
        ids = {update.id for update in updates}
        self._gone += updates
        self.confirmed += sorted(ids)
        self._pending = [update for update in self._pending if update.id not in ids]
        if updates:
            self.on_confirmed()

    async def _wait(
        self, mine: asyncio.Future[None], timeout: float, sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        if self.pending or timeout <= 0:
            return
        waits = [asyncio.ensure_future(self.news()), asyncio.ensure_future(sleep(timeout))]
        try:
            await asyncio.wait([mine, *waits], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        if mine.done():
            mine.result()
