"""What is made of labelled prompts, as they are written and a little otherwise."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@given(st.sampled_from(PROMPTS), st.sampled_from(["please {}", "{} please", "{}!", "hi, {}", "  {}  ", "{} thanks"]))
@settings(max_examples=300)
def test_politeness_changes_nothing(prompt: Prompt, frame: str) -> None:
    if any(
        call["op"] in ("text", "edit_text", "visualize", "export", "credits", "status", "upload")
        for call in prompt.expect
    ):
        return  # what stands in the picture ends where the message ends
    polite = frame.format(prompt.text)
    assert judge(Prompt(polite, prompt.media, prompt.expect)) is not Verdict.WRONG


@given(st.sampled_from(PROMPTS))
@settings(max_examples=200)
def test_capitals_and_wide_letters_change_no_edit(prompt: Prompt) -> None:
    if any(call["op"] in ("text", "edit_text", "visualize") for call in prompt.expect):
        return
    for written in (prompt.text.capitalize(), prompt.text.replace(",", "，").replace("0", "０").replace(":", "：")):
        assert judge(Prompt(written, prompt.media, prompt.expect)) is not Verdict.WRONG
