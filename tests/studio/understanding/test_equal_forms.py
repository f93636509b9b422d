"""Other words for the same wish: its verb, its numbers, what it is wrapped in. None makes another edit of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from studio.timeline.operations import END, START, Cut, Moment, Mute, Operation, Part, Trim
from studio.understanding import Ask, Understood, understand
from studio.understanding.wrapping import begins_with_order
from tests.studio.understanding.corpus import Prompt, Verdict, judge, prompts, understood
from tests.studio.understanding.mutations import equal_forms
from tests.studio.understanding.sampling import sample, sizes

_WRITTEN = {"text", "edit_text", "visualize", "export", "credits", "status", "upload"}
ASKED_AT_MOST = 0.04


@cache
def _read_rightly(size: int | None) -> list[Prompt]:
    """Every eighth prompt or a sample of these, without those whose own words stand in the picture."""
    plain = [prompt for prompt in prompts() if not any(call["op"] in _WRITTEN for call in prompt.expect)]
    return [prompt for prompt in sample(plain[::8], size) if judge(prompt) is Verdict.RIGHT]


def _judged(forms: list[Prompt]) -> tuple[list[tuple[str, object]], list[str]]:
    verdicts = {form.text: (judge(form), form) for form in forms}
    wrong: list[tuple[str, object]] = [(t, understood(f)) for t, (v, f) in verdicts.items() if v is Verdict.WRONG]
    return wrong, [text for text, (verdict, _) in verdicts.items() if verdict is Verdict.ASKED]


@sizes(150)
def test_equal_forms_of_a_prompt_are_the_same_edit_or_asked_back(size: int | None) -> None:
    ours = _read_rightly(size)
    forms = [replace(prompt, text=form) for prompt in ours for form in {*equal_forms(prompt.text)} - {prompt.text}]
    wrong, asked = _judged(forms)
    assert len(forms) > 250
    assert wrong == []
    assert len(asked) <= ASKED_AT_MOST * len(forms), asked


@sizes(150)
@pytest.mark.parametrize(
    "frame",
    ["I want you to {}", "I'd like to {}", "is there a way to {}?", "help me {}", "let's {}",
     "would it be possible to {}?", "I was wondering if you could {}", "能不能{}", "可以{}吗？", "我想{}",
     "能帮我{}吗"],
)  # fmt: skip
def test_what_an_order_is_wrapped_in_is_no_part_of_it(frame: str, size: int | None) -> None:
    ours = [prompt for prompt in _read_rightly(size) if prompt.text.isascii() == frame.isascii()]
    ours = [prompt for prompt in ours if not frame.isascii() or begins_with_order(prompt.text.lower())]
    forms = [replace(prompt, text=frame.format(prompt.text.strip(" .?!。？！"))) for prompt in ours]
    wrong, asked = _judged(forms)
    assert len(forms) > (10 if size else 25)
    assert wrong == []
    assert len(asked) <= ASKED_AT_MOST * len(forms), asked


@pytest.mark.parametrize("stated", ["only black", "just me setting up", "boring", "mostly silence"])
def test_what_is_said_of_a_part_neither_keeps_nor_mutes_it(stated: str) -> None:
    told = f"the first 90 seconds are {stated}"
    cut = Understood((Cut((Part(START, Moment(90)),)),))
    assert isinstance(understand(told), Ask)
    for order in ("remove them", "please cut them", "delete it", "keep everything else"):
        assert understand(f"{told}, {order}") == cut, order


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("前10秒全是黑屏，删掉", Cut((Part(START, Moment(10)),))),
        ("最后5秒只有字幕，不要了", Cut((Part(Moment(-5, 1.0), END),))),
        ("删除开头的两秒半", Cut((Part(START, Moment(2.5)),))),
        ("cut from the 45 second mark till the end", Cut((Part(Moment(45), END),))),
        ("从两分半开始 前面都剪了", Trim((Part(Moment(150), END),))),
        ("裁剪时间：0:12到0:47保留", Trim((Part(Moment(12), Moment(47)),))),
        ("skip the opening minute and a half", Cut((Part(START, Moment(90)),))),
        ("only remove 0:10-0:20", Cut((Part(Moment(10), Moment(20)),))),
        ("just cut the first 5 seconds", Cut((Part(START, Moment(5)),))),
        ("remove only the last 10 seconds", Cut((Part(Moment(-10, 1.0), END),))),
        ("只剪掉前5秒", Cut((Part(START, Moment(5)),))),
        ("结尾多余的10秒删一下", Cut((Part(Moment(-10, 1.0), END),))),
        ("take the first 10 and the last 10 seconds off", Cut((Part(START, Moment(10)), Part(Moment(-10, 1.0), END)))),
        ("silence everything except 0:10 to 0:20", Mute((Part(START, Moment(10)), Part(Moment(20), END)))),
        ("the final quarter minute can go", Cut((Part(Moment(-15, 1.0), END),))),
    ],
)
def test_forms_that_had_been_cut_the_wrong_way(text: str, wish: Operation) -> None:
    assert understand(text) == Understood((wish,))


@pytest.mark.parametrize("verb", ["silence", "insert", "place", "ditch", "erase", "loop", "swap"])
def test_no_verb_behind_a_denial_is_an_order(verb: str) -> None:
    assert isinstance(understand(f"don't {verb} the music", frozenset({"video", "audio"})), Ask)


@pytest.mark.parametrize(
    "text",
    ["make it a minute shorter", "the music starts at 0:10, mute all before that", "music only from 0:10 to 0:30",
     "add my song but stop it at 0:30", "cut 0:10-0:20, sorry, 0:15-0:20", "back to the original and mute it"],
)  # fmt: skip
def test_what_could_be_taken_two_ways_is_asked_back(text: str) -> None:
    assert isinstance(understand(text, frozenset({"video", "audio"})), Ask)
