"""The studio's key about its open question is read as what a stranger sent."""

from __future__ import annotations

from typing import Any

import pytest

from core.nemo.events import Asking
from core.nemo.turn.questions import KEY, read_asking
from core.question import Choice, Question, QuestionKind

GOOD: dict[str, Any] = {
    "id": "q1",
    "kind": "offer",
    "text": "I would cut 0:00–0:08.",
    "choices": [{"label": "Do it", "say": "yes"}, {"label": "No", "say": "no"}],
}
CHOICE = {"label": "Do it", "say": "yes"}


def test_a_question_is_read_with_its_choices() -> None:
    choices = (Choice("Do it", "yes"), Choice("No", "no"))
    question = Question("q1", QuestionKind.OFFER, "I would cut 0:00–0:08.", choices)
    assert read_asking({KEY: GOOD}) == Asking(question)


def test_null_says_that_none_is_open_and_no_key_says_nothing() -> None:
    assert read_asking({KEY: None}) == Asking(None)
    assert read_asking({}) is None
    assert read_asking(None) is None


def test_a_question_may_want_a_file() -> None:
    asking = read_asking({KEY: {**GOOD, "wants": "file"}})
    assert asking
    assert asking.question
    assert asking.question.wants_file


def test_keys_that_are_added_later_do_no_harm() -> None:
    assert read_asking({KEY: {**GOOD, "until": 5, "choices": [{**CHOICE, "style": "danger"}]}})


LINES: list[Any] = ["", " ", "two\nlines", "\x1b[2J", 3, None]
BAD: dict[str, list[Any]] = {
    "id": [None, 7, "", "none", "a b", "x" * 65, "q/1", ["q"]],
    "kind": [None, "order", 1, ["ask"], {}],
    "text": [None, "", " ", "x" * 1001, ["?"]],
    "choices": [
        *(None, {}, "Do it", [CHOICE] * 6, [None], ["Do it"], [{"label": "Do it"}]),
        *([{**CHOICE, "label": bad}] for bad in [*LINES, "x" * 41]),
        *([{**CHOICE, "say": bad}] for bad in [*LINES, "x" * 201]),
    ],
}


@pytest.mark.parametrize("bad", [{key: value} for key, values in BAD.items() for value in values])
def test_what_is_not_as_agreed_counts_as_not_said(bad: dict[str, Any]) -> None:
    assert read_asking({KEY: {**GOOD, **bad}}) is None


@pytest.mark.parametrize("bad", ["", 0, False, [], "ask", {}])
def test_what_is_no_object_counts_as_not_said(bad: Any) -> None:
    assert read_asking({KEY: bad}) is None
