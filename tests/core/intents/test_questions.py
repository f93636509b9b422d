"""Which requests are answered by words."""

from __future__ import annotations

import pytest

from core.intents import asks_back, asks_for_words, asks_only


@pytest.mark.parametrize(
    "text",
    [
        "how long is it?",
        "What's in this video?",
        "Tell me, which track is the loudest?",
        "is there any music in it?",
        "这个视频多长？",
        "里面有没有音乐？",
        "这是什么歌呢",
        "describe what happens in it",
        "what is in this video",
        "how long is it",
        "give me some ideas for a title",
        "介绍一下这个视频",
        "这个视频有多长",
    ],
)
def test_what_wants_to_know_something_is_answered_by_words(text: str) -> None:
    assert asks_for_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "can you trim it?",
        "could I have the audio as MP3?",
        "what about a title?",
        "what if we cut the end?",
        "extract the audio",
        "能不能剪短一点？",
        "可以加字幕吗？",
        "加什么字幕都行",
        "when the dog comes in, add a title",
        "tell the story faster",
        "?",
        "",
    ],
)
def test_a_wish_in_polite_words_is_not(text: str) -> None:
    assert not asks_for_words(text)


@pytest.mark.parametrize(
    ("answer", "only", "back"),
    [
        ("Which part shall I keep?", True, True),
        ("Which font? Arial or Helvetica?", True, True),
        ("要哪一段？", True, True),
        ("I can do that. Which font?", False, True),
        ("Done! I added the title.", False, False),
        ("Shall I? I did.", False, False),
        ("", False, False),
    ],
)
def test_an_answer_that_asks_is_told_from_one_that_tells(answer: str, only: bool, back: bool) -> None:
    assert (asks_only(answer), asks_back(answer)) == (only, back)
