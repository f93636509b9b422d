"""Orders and questions with something said beside them, and what is only made of the same words."""

from __future__ import annotations

import pytest

from core.intents import Cancel, Credits, Edit, Export, Help, Intent, NeverMind, NewProject, Status, intent_of
from core.intents.decision import decide

ORDERS = {"export it": Export(), "stop": Cancel(), "never mind": NeverMind(), "start over": NewProject()}
REASONS = ["my boss is waiting", "i sent the wrong one", "im in a hurry", "been waiting 10 min", "老板在等"]
OF_THE_FILM = [
    "louder",
    "at 0:30",
    "make it square",
    "in the second scene",
    "when the dog barks",
    "with a “title”",
    "调亮",
]


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize(("order", "intent"), ORDERS.items())
def test_a_reason_beside_an_order_changes_nothing(order: str, intent: Intent, reason: str) -> None:
    assert intent_of(f"{order}, {reason}") == intent
    assert intent_of(f"{reason}, {order} please") == intent


@pytest.mark.parametrize("more", OF_THE_FILM)
@pytest.mark.parametrize("order", ["stop", "never mind", "start over", "取消"])
def test_what_speaks_of_the_film_is_an_edit(order: str, more: str) -> None:
    assert isinstance(intent_of(f"{order}, {more}"), Edit)
    assert isinstance(intent_of(f"{order} {more}, my boss is waiting"), Edit)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("this one sucks, stop, start a new project", NewProject()),
        ("is it still going? cancel it", Cancel()),
        ("export it, start over", Edit("export it, start over")),
        ("render it when the title is in", Edit("render it when the title is in")),
        ("send me the video i recorded yesterday", Edit("send me the video i recorded yesterday")),
    ],
)
def test_of_several_orders_one_is_done_only_where_they_agree(text: str, intent: Intent) -> None:
    assert intent_of(text) == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("did you cancel it like i asked", Status()),
        ("how do i cancel something once its running? just asking", Help()),
        ("why did my credits go down", Credits()),
    ],
)
def test_who_asks_about_an_order_gives_none(text: str, intent: Intent) -> None:
    assert intent_of(text) == intent


@pytest.mark.parametrize("piece", ["and ", "export and ", "导再后和", "导出，", "stop, my "])
def test_a_jumble_is_not_read_again_and_again(piece: str) -> None:
    decide.cache_clear()
    intent_of(piece * 25)
    assert decide.cache_info().misses < 100
