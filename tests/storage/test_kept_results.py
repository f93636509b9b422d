"""Kept results, and chats that move, on a real database."""

from __future__ import annotations

from dataclasses import replace

from core.messages import MediaKind, Place
from core.records import KeptResult
from storage.store import SqlStore
from tests.jobs import HERE, THERE, a_job, a_message

RESULT = KeptResult("j1", HERE, "anna", "talk.mp3", MediaKind.AUDIO, "7", "file-1", "https://x.example/a", "🎵", 5.0)


async def test_a_result_is_found_as_it_was_kept(store: SqlStore) -> None:
    await store.keep_result(RESULT)
    await store.keep_result(replace(RESULT, name="again"))
    assert await store.kept_result("j1") == RESULT
    assert await store.kept_result("j2") is None


async def test_a_result_is_found_by_each_message_that_shows_something_of_it(store: SqlStore) -> None:
    album = replace(RESULT, message="71", beside=("72", "730"))
    await store.keep_result(album)
    await store.keep_result(replace(RESULT, id="j2", message="8"))
    for message in ("71", "72", "730"):
        assert await store.result_of_message(HERE, message) == album
    for message in ("7", "73", ""):
        assert await store.result_of_message(HERE, message) is None


async def test_people_find_their_own_results_newest_first(store: SqlStore) -> None:
    results = [replace(RESULT, id=f"j{n}", made=float(n)) for n in range(4)]
    for result in [*results, replace(RESULT, id="other", sender="ben")]:
        await store.keep_result(result)
    assert await store.kept_results("test", "anna", most=3) == results[:0:-1]
    assert await store.kept_results("elsewhere", "anna") == []


async def test_a_chat_that_moves_takes_everything_along(store: SqlStore) -> None:
    new = Place("test", "moved")
    job = a_job()
    await store.admit(a_message(), [job])
    await store.update_project(HERE, session="s1")
    await store.set_values("test", HERE.key, {"access": "admins"})
    await store.keep_result(RESULT)
    await store.move_place(HERE, new)
    assert await store.open_jobs(new) == [replace(job, place=new)]
    assert await store.open_jobs(HERE) == []
    assert (await store.project(new)).session == "s1"
    assert await store.values("test", new.key) == {"access": "admins"}
    assert await store.kept_result("j1") == replace(RESULT, place=new)


async def test_what_the_new_chat_has_already_is_not_written_over(store: SqlStore) -> None:
    await store.update_project(HERE, session="old")
    await store.update_project(THERE, session="new")
    await store.move_place(HERE, THERE)
    assert (await store.project(THERE)).session == "new"
