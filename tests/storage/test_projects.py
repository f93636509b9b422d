from __future__ import annotations

import asyncio

import pytest

from core.job import Project
from core.messages import Place
from core.question import Choice, OpenRequest, Question, QuestionKind
from storage.store import SqlStore
from tests.jobs import HERE, THERE
from tests.storage.conftest import Open, Time


async def test_a_place_begins_with_an_empty_project(store: SqlStore) -> None:
    assert await store.project(HERE) == Project(HERE)


async def test_an_update_sets_what_it_names_and_returns_the_whole(store: SqlStore) -> None:
    await store.update_project(HERE, session="s", fresh=("a.mp4", "b.mp4"))
    after = await store.update_project(HERE, language="zh")
    assert after == Project(HERE, session="s", language="zh", fresh=("a.mp4", "b.mp4"))
    assert await store.project(HERE) == after


async def test_projects_of_two_places_are_two(store: SqlStore) -> None:
    await store.update_project(HERE, session="s")
    assert await store.project(THERE) == Project(THERE)
    assert await store.project(Place("other", HERE.key)) == Project(Place("other", HERE.key))


async def test_a_field_that_no_project_has_changes_nothing(store: SqlStore) -> None:
    with pytest.raises(TypeError):
        await store.update_project(HERE, session="s", sesion="t")
    assert await store.project(HERE) == Project(HERE)
    await store.update_project(HERE, session="s")


async def test_a_question_comes_back_as_it_was_asked(store: SqlStore) -> None:
    question = Question(
        "q1", QuestionKind.OFFER, "I would cut 0:00–0:08.", (Choice("Do it", "yes"), Choice("不", "no"))
    )
    opened = OpenRequest("anna", "mp3", export=True, about="a.mp4", question=question, job="j1")
    await store.update_project(HERE, open_request=opened, answered="q0", dropped="q1")
    assert await store.project(HERE) == Project(HERE, open_request=opened, answered="q0", dropped="q1")
    await store.update_project(HERE, open_request=OpenRequest("ben"))
    assert (await store.project(HERE)).open_request == OpenRequest("ben")


async def test_updates_of_different_fields_leave_each_other_alone(store: SqlStore, open_store: Open) -> None:
    async with open_store() as other:
        for number in range(10):
            await asyncio.gather(
                store.update_project(HERE, session=f"s{number}"),
                other.update_project(HERE, language=f"l{number}"),
                store.update_project(HERE, fresh=(f"f{number}",)),
                other.update_project(HERE, used=f"u{number}"),
            )
            wanted = Project(
                HERE, session=f"s{number}", language=f"l{number}", used=f"u{number}", fresh=(f"f{number}",)
            )
            assert await store.project(HERE) == wanted


async def test_the_newest_place_is_the_one_changed_last(store: SqlStore, time: Time) -> None:
    assert await store.newest_place("test") is None
    for time.now, place in enumerate((HERE, THERE, Place("other", "x"), HERE)):
        await store.update_project(place, session="s")
    assert await store.newest_place("test") == HERE
    assert await store.newest_place("other") == Place("other", "x")
