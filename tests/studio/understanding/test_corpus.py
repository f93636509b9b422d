"""What is made of labelled prompts, as they are written and a little otherwise. They are samples, not strangers."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.studio.understanding.corpus import CLARIFY, Prompt, Verdict, judge, prompts, prompts_of, understood
from tests.studio.understanding.sampling import sample, sizes

# As measured; what is better than that may be written down here.
_RIGHT, _WRONG, _WRONG_OFFERS = 0.90, 0.03, 0.01


@pytest.mark.parametrize("is_english", [True, False], ids=["english", "chinese"])
def test_the_samples_are_understood_as_well_as_they_were(is_english: bool) -> None:
    ours = [prompt for prompt in prompts() if prompt.text.isascii() is is_english]
    verdicts = {prompt.text: judge(prompt) for prompt in ours}
    counted = Counter(verdicts.values())
    wrong = [text for text, verdict in verdicts.items() if verdict is Verdict.WRONG]
    assert counted[Verdict.RIGHT] >= _RIGHT * len(ours), counted
    assert len(wrong) <= _WRONG * len(ours), wrong
    assert counted[Verdict.WRONG_OFFER] <= _WRONG_OFFERS * len(ours)


def test_the_corpus_is_large_and_asks_for_more_than_can_be_done() -> None:
    assert len(prompts()) >= 300
    assert sum(prompt.expect[0] == CLARIFY for prompt in prompts()) >= 50
    assert len({prompt.text for prompt in prompts()}) == len(prompts())


@pytest.mark.skipif("STUDIO_PROMPTS" not in os.environ, reason="STUDIO_PROMPTS names a file of labelled prompts")
def test_prompts_from_elsewhere() -> None:
    others = list(prompts_of(Path(os.environ["STUDIO_PROMPTS"])))
    verdicts = {prompt.text: judge(prompt) for prompt in others}
    missed = {text: verdict.value for text, verdict in verdicts.items() if verdict is not Verdict.RIGHT}
    assert len(missed) <= 0.2 * len(others), (Counter(verdicts.values()), missed)


_FRAMES = (
    *("please {}", "{} please", "{}!", "hi, {}", "  {}  ", "{} thanks", "pls {} thx", "{} :)", "{} 🙏"),
    *("请{}", "麻烦你{}", "{}，谢谢"),
)
_WRITES = {"text", "edit_text", "visualize"}  # what stands in the picture is kept as it is written


def _without_written(size: int | None) -> list[Prompt]:
    """Those that are right as they are written."""
    routed = {"export", "credits", "status", "upload"}
    plain = [prompt for prompt in prompts() if not any(call["op"] in _WRITES | routed for call in prompt.expect)]
    return [prompt for prompt in sample(plain, size) if judge(prompt) is Verdict.RIGHT]


def _taken_otherwise(rewritten: list[Prompt]) -> list[tuple[str, object]]:
    return [(prompt.text, understood(prompt)) for prompt in rewritten if judge(prompt) is Verdict.WRONG]


@sizes(30)
@pytest.mark.parametrize("frame", _FRAMES)
def test_politeness_changes_no_edit(frame: str, size: int | None) -> None:
    framed = [replace(prompt, text=frame.format(prompt.text)) for prompt in _without_written(size)]
    assert _taken_otherwise(framed) == []


@sizes(100)
@pytest.mark.parametrize(
    "written",
    [str.capitalize, lambda text: text.replace(",", "，").replace("0", "０").replace(":", "：")],
    ids=["capitals", "wide letters"],
)
def test_capitals_and_wide_letters_change_no_edit(written: Callable[[str], str], size: int | None) -> None:
    rewritten = [replace(prompt, text=written(prompt.text)) for prompt in _without_written(size)]
    assert _taken_otherwise(rewritten) == []
