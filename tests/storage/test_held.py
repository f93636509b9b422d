"""What came in and is no request yet: held by one process, found by all."""

from __future__ import annotations

from core.records import Held
from storage.store import SqlStore
from tests.storage.conftest import Open, Time


async def test_parts_of_one_thing_are_found_whoever_held_them(open_store: Open, time: Time) -> None:
    async with open_store() as one, open_store() as other:
        await one.hold("test", "7/album/2", "second")
        since = time.now
        time.now += 1
        await other.hold("test", "7/album/1", "first")
        await other.hold("test", "7/album%2", "another's")
        await other.hold("elsewhere", "7/album/3", "another platform's")
        found = [Held("7/album/1", time.now, "first"), Held("7/album/2", since, "second")]
        assert await one.held("test", "7/album/") == await other.held("test", "7/album/") == found


async def test_what_is_held_twice_stands_once_and_goes_when_it_is_let_go(store: SqlStore) -> None:
    await store.hold("test", "7/album/1", "first")
    await store.hold("test", "7/album/1", "brought again")
    assert [each.body for each in await store.held("test", "7/album/")] == ["first"]
    await store.let_go("test", ["7/album/1"])
    await store.hold("test", "7/album/1", "brought long after")
    assert await store.held("test", "7/album/") == []
