"""The course's own judgement: what is not so is found, and what is so is let pass."""

from __future__ import annotations

from typing import Any

import pytest

from tests.servers.script import Session, Taken, Turn
from tests.soak.faults.cases import KINDS, all_cases, draw, named
from tests.soak.faults.stories import BRIGHTER
from tests.soak.faults.truth import Told, Truth
from tests.soak.faults.verdict import End, judge

[CASE] = named(["first: state 2, http 502, once"])
TURN = Taken("make it brighter", Turn(BRIGHTER), Session(), ("talk.mp4",))
DOWN = "The editing service cannot be reached. Nothing was started; please try again in a while."
LOST = "The connection broke while the edit was being made, and nothing has changed in the project since. Try again?"


def truth(*turns: Taken, **facts: Any) -> Truth:
    usual: dict[str, Any] = {
        **{
            "case": CASE,
            "hits": 1,
            "turns": turns,
            "heard": (),
            "changed": bool(turns),
            "complete": bool(turns),
            "has_material": bool(turns),
        },
        **{"lost": False, "older": False, "rendered": False, "doubled": ()},
    }
    return Truth(**{**usual, **facts})


def told(*texts: str, tone: str = "error", status: str = "", sign: str = "", files: int = 0) -> Told:
    return Told(texts, (tone,) * len(texts), status, sign, files)


def test_that_nothing_was_started_is_untrue_after_a_turn() -> None:
    assert judge(CASE, [End(told(DOWN), truth())]).untrue == ()
    assert judge(CASE, [End(told(DOWN), truth(TURN))]).untrue == ("nothing was started",)


def test_that_nothing_has_changed_is_untrue_of_a_project_that_has() -> None:
    assert judge(CASE, [End(told(LOST), truth(changed=False))]).untrue == ()
    assert judge(CASE, [End(told(LOST), truth(TURN))]).untrue == ("nothing has changed",)


@pytest.mark.parametrize(("status", "sign"), [("✅ Done in 0:12", ""), ("", "done")])
def test_done_is_untrue_without_the_file_of_the_project_as_it_stands(status: str, sign: str) -> None:
    with_file = told(BRIGHTER, tone="result", status=status, sign=sign, files=1)
    without = told(BRIGHTER, tone="answer", status=status, sign=sign)
    assert judge(CASE, [End(with_file, truth(TURN, rendered=True))]).untrue == ()
    assert judge(CASE, [End(with_file, truth(TURN, rendered=False))]).untrue == ("done",)
    assert judge(CASE, [End(without, truth(TURN, rendered=True))]).untrue == ("done",)


def test_failed_is_untrue_of_what_was_delivered() -> None:
    end = End(told(BRIGHTER, tone="result", status="❌ Stopped after 0:12", files=1), truth(TURN, rendered=True))
    assert judge(CASE, [end]).untrue == ("failed",)


def test_a_code_that_nobody_said_and_a_mistake_of_ours_are_untrue() -> None:
    refused = told("The editing service refused this (code 422). Nothing was started.")
    ours = told("Something went wrong on my side. Your request was not finished; please try again.")
    assert judge(CASE, [End(refused, truth())]).untrue == ("refused", "another code")
    assert judge(CASE, [End(ours, truth())]).untrue == ("a mistake of ours",)


def test_the_same_words_twice_in_one_request_are_paid_twice() -> None:
    assert judge(CASE, [End(told(LOST), truth(TURN, TURN))]).repeated == (TURN.words,)


def test_trying_again_pays_twice_only_where_it_was_known_what_came_of_the_turn() -> None:
    again = End(told(BRIGHTER), truth(TURN, TURN))
    nobody_knew = End(told(LOST), truth(TURN, changed=False))
    assert judge(CASE, [nobody_knew, again]).repeated == ()
    for known in (truth(TURN), truth(TURN, changed=False, heard=(TURN,))):
        assert judge(CASE, [End(told(LOST), known), again]).repeated == (TURN.words,)


def test_words_that_arrived_and_were_never_said_are_found() -> None:
    end = End(told(LOST), truth(TURN, heard=(TURN,)))
    assert "the agent's words were lost" in judge(CASE, [end]).beside
    assert "the agent's words were lost" not in judge(CASE, [end, End(told(BRIGHTER), truth(TURN))]).beside


def test_every_kind_of_fault_is_drawn_at_every_call_that_it_fits() -> None:
    drawn = draw(500, seed=1)
    assert len({str(case) for case in drawn}) == 500
    pairs = {(case.endpoint, case.kind.name) for case in all_cases()}
    assert {(case.endpoint, case.kind.name) for case in drawn} == pairs
    assert {case.kind.name for case in drawn} == {kind.name for kind in KINDS}
    assert [str(case) for case in draw(500, seed=1)] == [str(case) for case in drawn]
