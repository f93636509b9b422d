"""What adapters keep for themselves: text under a platform, a scope and a key."""

from __future__ import annotations

import asyncio

from core.messages import Place
from storage.store import SqlStore
from tests.storage.conftest import Open


async def test_values_are_set_one_by_one_and_deleted(store: SqlStore) -> None:
    assert await store.values("test", "guild/1") == {}
    await store.set_values("test", "guild/1", {"language": "zh", "access": "admins", "size": "1"})
    await store.set_values("test", "guild/1", {"language": "", "size": "2", "never set": ""})
    assert await store.values("test", "guild/1") == {"access": "admins", "size": "2"}


async def test_platforms_and_scopes_are_kept_apart(store: SqlStore) -> None:
    await store.set_values("test", "1", {"a": "mine"})
    await store.set_values("other", "1", {"a": "another platform's"})
    await store.set_values("test", "11", {"a": "another scope's"})
    assert await store.values("test", "1") == {"a": "mine"}


async def test_writers_of_different_keys_leave_each_other_alone(store: SqlStore, open_store: Open) -> None:
    async with open_store() as other:
        for number in range(10):
            await asyncio.gather(
                store.set_values("test", "1", {"a": f"{number}", "b": f"{number}"}),
                other.set_values("test", "1", {"d": f"{number}", "c": f"{number}"}),
            )
            assert set((await store.values("test", "1")).values()) == {f"{number}"}


async def test_writers_of_the_same_keys_do_not_lock_each_other_out(store: SqlStore, open_store: Open) -> None:
    async with open_store() as other, asyncio.timeout(20):
        for number in range(20):
            await asyncio.gather(
                store.set_values("test", "1", {"a": f"{number}", "b": f"{number}"}),
                other.set_values("test", "1", {"b": f"{number}!", "a": f"{number}!"}),
            )
            assert len(set((await store.values("test", "1")).values())) == 1, "one after the other, each whole"


async def test_what_the_new_chat_has_already_is_not_mixed_with_what_the_old_one_had(store: SqlStore) -> None:
    await store.set_values("test", "old", {"access": "admins", "formerly": "1"})
    await store.set_values("test", "new", {"access": "everyone"})
    await store.move_place(Place("test", "old"), Place("test", "new"))
    assert await store.values("test", "new") == {"access": "everyone"}
