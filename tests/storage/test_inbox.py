"""The inbox: what came in and is not a request yet, added by one process and found by all."""

from __future__ import annotations

from core.records import InboxEntry
from storage.store import SqlStore
from tests.storage.conftest import Open, Time


async def test_entries_are_found_by_their_prefix_whoever_added_them(open_store: Open, time: Time) -> None:
    async with open_store() as one, open_store() as other:
        await one.add_to_inbox("test", "7/album/2", "second")
        since = time.now
        time.now += 1
        await other.add_to_inbox("test", "7/album/1", "first")
        await other.add_to_inbox("test", "7/album%2", "another's")
        await other.add_to_inbox("elsewhere", "7/album/3", "another platform's")
        found = [InboxEntry("7/album/1", time.now, "first"), InboxEntry("7/album/2", since, "second")]
        assert await one.inbox("test", "7/album/") == await other.inbox("test", "7/album/") == found


async def test_what_is_added_twice_is_there_once_and_does_not_come_back_when_it_was_removed(store: SqlStore) -> None:
    await store.add_to_inbox("test", "7/album/1", "first")
    await store.add_to_inbox("test", "7/album/1", "brought again")
    assert [each.body for each in await store.inbox("test", "7/album/")] == ["first"]
    await store.remove_from_inbox("test", ["7/album/1"])
    await store.add_to_inbox("test", "7/album/1", "brought long after")
    assert await store.inbox("test", "7/album/") == []
