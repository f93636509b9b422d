"""What is made of labelled prompts, as they are written and a little otherwise."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.studio.understanding.corpus import Prompt, Verdict, judge, prompts, prompts_of, understood
from tests.studio.understanding.sampling import sample, sizes


@pytest.mark.parametrize("is_english", [True, False], ids=["english", "chinese"])
def test_no_prompt_is_taken_for_another_edit_and_nearly_every_one_is_understood(is_english: bool) -> None:
    ours = [prompt for prompt in prompts() if prompt.text.isascii() is is_english]
    verdicts = [(prompt, judge(prompt)) for prompt in ours]
    assert [(prompt.text, understood(prompt)) for prompt, verdict in verdicts if verdict is Verdict.WRONG] == []
    asked = [prompt.text for prompt, verdict in verdicts if verdict is Verdict.ASKED]
    assert len(asked) <= 0.03 * len(ours), asked


def test_the_corpus_is_large_and_asks_for_more_than_can_be_done() -> None:
    assert len(prompts()) >= 300
    assert sum(prompt.expect[0]["op"] == "clarify" for prompt in prompts()) >= 50
    assert len({prompt.text for prompt in prompts()}) == len(prompts())


@pytest.mark.skipif("STUDIO_PROMPTS" not in os.environ, reason="STUDIO_PROMPTS names a file of labelled prompts")
def test_prompts_from_elsewhere() -> None:
    others = list(prompts_of(Path(os.environ["STUDIO_PROMPTS"])))
    verdicts = {prompt.text: judge(prompt) for prompt in others}
    missed = {text: verdict.value for text, verdict in verdicts.items() if verdict is not Verdict.RIGHT}
    assert len(missed) <= 0.03 * len(others), (Counter(verdicts.values()), missed)


_FRAMES = (
    *("please {}", "{} please", "{}!", "hi, {}", "  {}  ", "{} thanks", "pls {} thx", "{} :)", "{} 🙏"),
    *("请{}", "麻烦你{}", "{}，谢谢"),
)
_WRITES = {"text", "edit_text", "visualize"}  # what stands in the picture is kept as it is written


def _without_written(size: int | None) -> list[Prompt]:
    routed = {"export", "credits", "status", "upload"}
    plain = [prompt for prompt in prompts() if not any(call["op"] in _WRITES | routed for call in prompt.expect)]
    return sample(plain, size)


def _taken_otherwise(rewritten: list[Prompt]) -> list[tuple[str, list[dict[str, object]]]]:
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
