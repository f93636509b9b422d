"""What is made of labelled prompts, as they are written and a little otherwise."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.studio.understanding.corpus import PROMPTS, Prompt, Verdict, judge, prompts_of, understood


def test_no_prompt_of_the_corpus_is_taken_for_another_edit() -> None:
    assert [(prompt.text, understood(prompt)) for prompt in PROMPTS if judge(prompt) is Verdict.WRONG] == []


def test_nearly_every_prompt_of_the_corpus_is_understood() -> None:
    asked = [prompt.text for prompt in PROMPTS if judge(prompt) is Verdict.ASKED]
    assert len(asked) <= 0.03 * len(PROMPTS), asked


def test_the_corpus_is_large_and_asks_for_more_than_can_be_done() -> None:
    assert len(PROMPTS) >= 300
    assert sum(prompt.expect[0]["op"] == "clarify" for prompt in PROMPTS) >= 50
    assert len({prompt.text for prompt in PROMPTS}) == len(PROMPTS)


@pytest.mark.skipif("STUDIO_PROMPTS" not in os.environ, reason="STUDIO_PROMPTS names a file of labelled prompts")
def test_prompts_from_elsewhere() -> None:
    prompts = list(prompts_of(Path(os.environ["STUDIO_PROMPTS"])))
    verdicts = {prompt.text: judge(prompt) for prompt in prompts}
    missed = {text: verdict.value for text, verdict in verdicts.items() if verdict is not Verdict.RIGHT}
    assert len(missed) <= 0.03 * len(prompts), (Counter(verdicts.values()), missed)


_FRAMES = (
    *("please {}", "{} please", "{}!", "hi, {}", "  {}  ", "{} thanks", "pls {} thx", "{} :)", "{} 🙏"),
    *("请{}", "麻烦你{}", "{}，谢谢"),
)
_WRITES = {"text", "edit_text", "visualize"}  # what stands in the picture is kept as it is written


def _without_written() -> list[Prompt]:
    routed = {"export", "credits", "status", "upload"}
    return [prompt for prompt in PROMPTS if not any(call["op"] in _WRITES | routed for call in prompt.expect)]


def _taken_otherwise(prompts: list[Prompt]) -> list[tuple[str, list[dict[str, object]]]]:
    return [(prompt.text, understood(prompt)) for prompt in prompts if judge(prompt) is Verdict.WRONG]


@pytest.mark.parametrize("frame", _FRAMES)
def test_politeness_changes_no_edit(frame: str) -> None:
    assert _taken_otherwise([replace(prompt, text=frame.format(prompt.text)) for prompt in _without_written()]) == []


@pytest.mark.parametrize(
    "written",
    [str.capitalize, lambda text: text.replace(",", "，").replace("0", "０").replace(":", "：")],
    ids=["capitals", "wide letters"],
)
def test_capitals_and_wide_letters_change_no_edit(written: Callable[[str], str]) -> None:
    assert _taken_otherwise([replace(prompt, text=written(prompt.text)) for prompt in _without_written()]) == []
