"""Pages of results, on a real database of each kind."""

from __future__ import annotations

from dataclasses import replace

from core.messages import MediaKind, Place
from core.records import PublishedResult
from storage.store import SqlStore
from tests.jobs import HERE
from tests.storage.conftest import Open, Time

PAGE = PublishedResult(
    slug="abc234",
    id="j1",
    place=HERE,
    skill="mp4-to-mp3",
    name="谈话 \udc80.mp4",
    kind=MediaKind.VIDEO,
    url="https://cdn.example/1.mp4",
    render="render_1",
    size=5_000_000_000,
    made=1_000_000.0,
    until=1_604_800.5,
    duration=3.25,
    width=1080,
    height=1920,
    poster=b"\xff\xd8\xff\x00",
)


async def test_a_page_is_found_by_whichever_process_is_asked(open_store: Open) -> None:
    async with open_store() as worker:
        assert await worker.publish(PAGE) == PAGE
    async with open_store() as front:
        assert await front.published("abc234") == PAGE
        assert await front.published("abc235") is None
        assert "xff" not in repr(PAGE)


async def test_a_job_that_publishes_again_keeps_the_address_that_people_know(store: SqlStore) -> None:
    await store.publish(PAGE)
    again = await store.publish(replace(PAGE, slug="zzz", url="https://cdn.example/2.mp4", until=2_000_000.0))
    assert (again.slug, again.url, again.until) == ("abc234", "https://cdn.example/2.mp4", 2_000_000.0)
    assert await store.published("zzz") is None
    other = await store.publish(replace(PAGE, slug="zzz", id="j2"))
    assert other.slug == "zzz"


async def test_a_chat_that_moves_keeps_the_account_of_its_pages(store: SqlStore) -> None:
    await store.publish(PAGE)
    await store.move_place(HERE, Place("test", "moved"))
    moved = await store.published("abc234")
    assert moved is not None
    assert moved.place == Place("test", "moved")


async def test_an_ended_page_is_known_until_it_is_pruned(store: SqlStore, time: Time) -> None:
    await store.publish(PAGE)
    await store.prune(before=PAGE.until - 1)
    assert await store.published("abc234")
    await store.prune(before=PAGE.until + 1)
    assert await store.published("abc234") is None
