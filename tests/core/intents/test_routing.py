"""What messages ask for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intents import (
    ChooseLanguage,
    ChooseSkill,
    Credits,
    Edit,
    Export,
    Intent,
    Status,
    Upload,
    intent_of,
)


@dataclass(frozen=True)
class Case:
    """One line of the table. `value` is the language or skill; None where the line does not say."""

    text: str
    intent: str
    output: str | None = None
    value: str | None = None
    files: bool = False


TABLE = Path(__file__).parent / "messages.jsonl"


@cache
def _cases() -> list[Case]:
    return [Case(**json.loads(line)) for line in TABLE.read_text(encoding="utf-8").splitlines()]


def _is_read_rightly(case: Case, intent: Intent) -> bool:
    match intent:
        case Export(output):
            told = output == (case.output or "")
        case Edit(_, output):
            told = case.output in (None, output)
        case ChooseLanguage(value) | ChooseSkill(value):
            told = value == case.value
        case _:
            told = True
    return told and type(intent).__name__ == case.intent


def test_every_message_is_what_the_table_says() -> None:
    read = [(case, intent_of(case.text, has_files=case.files)) for case in _cases()]
    assert len(read) > 600
    assert [(case, intent) for case, intent in read if not _is_read_rightly(case, intent)] == []


def test_an_edit_keeps_the_words_as_they_were_written() -> None:
    assert intent_of("  Add the title “EXPORT”,\nplease ") == Edit("Add the title “EXPORT”,\nplease")
    assert intent_of("/edit Add a Title") == Edit("Add a Title")


def test_sound_is_exported_from_the_project_and_extracted_from_a_file() -> None:
    assert intent_of("export audio only MP3") == Export("mp3")
    assert intent_of("export audio only MP3", has_files=True) == Edit("export audio only MP3", "mp3")


@given(st.text(), st.booleans())
def test_any_text_means_something(text: str, has_files: bool) -> None:
    assert isinstance(intent_of(text, has_files=has_files), Intent)


@given(st.text(alphabet="请帮我导出取消停视频把发给 exportcanldw/-.'’", max_size=60))
def test_any_jumble_of_our_own_words_means_something(text: str) -> None:
    assert isinstance(intent_of(text), Intent)


QUOTES = [('"', '"'), ("“", "”"), ("「", "」"), ("《", "》"), ("'", "'"), ("‘", "’"), ("`", "`")]


def _exports() -> st.SearchStrategy[str]:
    return st.sampled_from(
        [case.text.strip() for case in _cases() if case.intent == "Export" and not case.text.startswith("/")]
    )


@given(st.deferred(_exports), st.sampled_from(QUOTES), st.sampled_from(["", "add the text ", "please ", "标题写"]))
def test_quoted_words_command_nothing(said: str, quotes: tuple[str, str], lead: str) -> None:
    assert isinstance(intent_of(f"{lead}{quotes[0]}{said}{quotes[1]}"), Edit)


@given(st.text().filter(lambda text: not set(text) & set("\"“”„《》「」'‘’`")))
def test_no_quoted_text_is_ever_an_export(text: str) -> None:
    assert not isinstance(intent_of(f'"{text}"'), Export)
    assert not isinstance(intent_of(f"“{text}”"), Export)


@pytest.mark.parametrize("refusal", ["don't", "do not", "never", "not yet:", "别", "不要", "先别"])
@pytest.mark.parametrize("said", ["export", "导出", "cancel", "取消", "start over", "重新开始", "download it"])
def test_what_is_refused_is_not_done(refusal: str, said: str) -> None:
    assert isinstance(intent_of(f"{refusal} {said}"), Edit)


@pytest.mark.parametrize(
    "text",
    [
        "what have I got left in credits",
        "No, not now! I mean how many credits do I have left",
        "never mind the music, show me my credit balance",
        "今天不剪了。看看我的积分余额",
        "我的餘額還剩多少",
    ],
)
def test_a_question_about_credits_is_heard_whatever_is_told_beside_it(text: str) -> None:
    assert intent_of(text) == Credits()


@pytest.mark.parametrize("text", ["add closing credits at the end", "字幕里写积分多少", 'write "my credits left"'])
def test_credits_in_the_picture_are_no_question(text: str) -> None:
    assert isinstance(intent_of(text), Edit)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("I'm happy with it, export the video", Export()),
        ("可以了，导出吧", Export()),
        ("發送影片給我", Export()),
        ("我要上傳新的影片", Upload()),
        ("看看现在有哪些轨道", Status()),
        ("list the tracks in my project", Status()),
    ],
)
def test_what_is_said_before_a_keyword_hides_it_not(text: str, intent: Intent) -> None:
    assert intent_of(text) == intent
