from __future__ import annotations

import uuid
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.chat.buttons import (
    MAX_BYTES,
    Press,
    PressCancel,
    PressChoice,
    PressExample,
    PressExport,
    PressForm,
    PressInstead,
    PressLanguage,
    PressNew,
    PressOffer,
    PressRetry,
    PressSkill,
    PressStatus,
    PressUndo,
    intent_behind,
    read_press,
    write_press,
)
from core.intents import ChooseLanguage, ChooseSkill, Edit, Export, NewProject, Status
from core.job import Form
from core.skills import BUILT_IN, load_skills

JOB = uuid.uuid4().hex
EVERY: list[Press] = [
    PressExport(),
    PressStatus(),
    PressNew(),
    PressUndo(),
    PressCancel(JOB),
    PressRetry(JOB),
    PressInstead(JOB),
    PressForm(JOB, Form.PARTS),
    PressOffer(JOB, 12),
    PressChoice(JOB, 4),
    PressExample("podcast", "zh", 2),
    PressLanguage("en"),
    PressSkill("podcast"),
]


def test_every_kind_of_press_is_looked_at() -> None:
    assert {type(press) for press in EVERY} == set(get_args(Press))


@pytest.mark.parametrize("press", EVERY, ids=lambda press: type(press).__name__)
def test_a_press_comes_back_from_its_button(press: Press) -> None:
    action = write_press(press)
    assert read_press(action) == press
    assert 0 < len(action.encode()) <= MAX_BYTES


def test_every_skill_and_its_examples_fit_on_a_button() -> None:
    for skill in load_skills(BUILT_IN).skills:
        for press in (PressSkill(skill.name), PressExample(skill.name, "en", 9)):
            assert read_press(write_press(press)) == press


@pytest.mark.parametrize("skill", ["x" * 60, "技" * 20])
def test_what_is_too_long_for_a_button_is_not_written(skill: str) -> None:
    assert write_press(PressExample(skill, "en", 1)) == ""


STRANGE = ["", ":", "export:", "EXPORT", "offer:x:1", "offer:-1:x", "offer:1", "offer:1:a:b", "cancel", "cancel:a:b"]


@pytest.mark.parametrize("action", [*STRANGE, "example:1:en", "offer:²:x", "offer:٣:x", "delete:1", "language", " new"])
def test_what_no_button_of_ours_carries_is_no_press(action: str) -> None:
    assert read_press(action) is None


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_that_strangers_write_breaks_the_reading(action: str) -> None:
    read_press(action)


@given(st.sampled_from(["offer", "choice", "example", "cancel", "skill"]), st.lists(st.text("0159:ax-²"), max_size=4))
def test_nothing_that_looks_like_a_press_breaks_the_reading(word: str, parts: list[str]) -> None:
    press = read_press(":".join([word, *parts]))
    if press is not None and (action := write_press(press)):
        assert read_press(action) == press


def test_some_buttons_say_what_could_have_been_said_in_words() -> None:
    behind = [intent_behind(press) for press in EVERY]
    assert behind[:4] == [Export(), Status(), NewProject(), Edit("undo")]
    assert behind[4:11] == [None] * 7
    assert behind[11:] == [ChooseLanguage("en"), ChooseSkill("podcast")]
