"""The time up to which the bot has every message, and the list of its direct messages: Discord reports neither."""

from __future__ import annotations

from bots.discord.places import PLATFORM, application_scope
from core.store import KeyValues, StorageTrouble

MOST_DMS = 200
_DMS, _FIRST, _UNTIL = "dms", "first heard", "heard "


class Cursors:
    """A shard is written "0/1": its id and how many there are, since that decides which servers are on it.

    What was read is kept in memory, so that the store is asked once and may be away later.
    """

    def __init__(self, store: KeyValues) -> None:
        self._store = store
        self._first: float | None = None
        self._until: dict[str, float] = {}
        self._dms: list[int] = []
        self._read: dict[str, str] | None = None

    async def first(self, application: int, now: float) -> float:
        """When the bot first listened, which is `now` where it never did. In seconds since the epoch, as all times."""
        if self._first is None:
            first = float((await self._kept(application)).get(_FIRST, now))
            await self._save(application, _FIRST, f"{first:.3f}")
            self._first = first
        return self._first

    async def until(self, application: int, shard: str) -> float:
        """0 where nobody ever listened. Where there were other shards before, as far as the one that was furthest
        behind."""
        if shard not in self._until:
            kept = await self._kept(application)
            times = {name: float(value) for name, value in kept.items() if name.startswith(_UNTIL)}
            self._until[shard] = times.get(_UNTIL + shard) or min(times.values(), default=0.0)
        return self._until[shard]

    async def reached(self, application: int, shard: str, at: float) -> None:
        if at > self._until.get(shard, 0.0):
            await self._save(application, _UNTIL + shard, f"{at:.3f}")
            self._until[shard] = at

    async def dms(self, application: int) -> list[int]:
        """The channels, the last one noted first."""
        await self._kept(application)
        return self._dms[::-1]

    async def note_dm(self, application: int, channel: int) -> None:
        await self._kept(application)
        if channel not in self._dms:
            self._dms = [*self._dms, channel][-MOST_DMS:]
            try:
                await self._save(application, _DMS, " ".join(map(str, self._dms)))
            except StorageTrouble:
                self._dms.remove(channel)
                raise

    async def _kept(self, application: int) -> dict[str, str]:
        if self._read is None:
            self._read = await self._store.values(PLATFORM, application_scope(application))
            self._dms = [int(each) for each in self._read.get(_DMS, "").split()]
        return self._read

    async def _save(self, application: int, name: str, value: str) -> None:
        await self._store.set_values(PLATFORM, application_scope(application), {name: value})
