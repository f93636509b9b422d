"""Which requests are answered by words."""

from __future__ import annotations

import pytest

from core.intents import asks_for_words


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
        "?",
        "",
    ],
)
def test_a_wish_in_polite_words_is_not(text: str) -> None:
    assert not asks_for_words(text)
