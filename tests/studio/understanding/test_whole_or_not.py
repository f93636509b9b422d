"""A request is understood whole or not at all: what nobody read is named and asked back."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from studio.timeline.operations import START, Moment, Part, Trim
from studio.understanding import About, Ask, Understood, understand
from tests.studio.understanding.corpus import Prompt, Verdict, judge, prompts

FIRST_30 = Understood((Trim((Part(START, Moment(30)),)),))


def test_a_wish_is_understood_whole_or_not_at_all() -> None:
    assert isinstance(understand("trim to 10 seconds and rotate it"), Ask)
    assert understand("trim to 5 seconds and add a title") == Ask(About.TEXT)


def test_the_word_that_stood_in_the_way_is_named() -> None:
    assert understand("rotate it to the left") == Ask(About.UNSUPPORTED, "rotate")


def test_quoted_words_are_never_orders() -> None:
    [title] = understand('add the title "Mute everything, cut 0:10-0:20 at 9:16"').operations  # type: ignore[union-attr]
    assert title.text == "Mute everything, cut 0:10-0:20 at 9:16"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    ["trim", "cut it", "0:10-0:20", "the first 5 seconds are boring", "cut 10 seconds", "trim the first 5 seconds",
     "don't cut the first 5 seconds", "剪一下", "剪10秒", "第10秒到第20秒", "remove the boring part",
     "delete everything",
     "cut at 0:30", "split at 0:10"],
)  # fmt: skip
def test_nothing_is_cut_on_a_guess(text: str) -> None:
    assert isinstance(understand(text), Ask)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("trim to 10 s and pixelate everything", "pixelate everything"),
        ("cut 0:10-0:20 and sharpen the rest", "sharpen the rest"),
        ("trim to 0:05-0:45 then straighten the horizon", "straighten the horizon"),
        ("trim to 10s, thanks, and sprinkle some glitter", "sprinkle some glitter"),
        ("sharpen it, then keep the first 5 seconds", "sharpen it"),
        ("剪到10秒，顺便把画面扶正", "把画面扶正"),
    ],
)
def test_an_unknown_wish_beside_a_known_one_is_named_and_nothing_is_done(text: str, word: str) -> None:
    assert understand(text) == Ask(About.WORDS, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("remove the music and the coughing", "coughing"),
        ("mute the priest", "priest"),
        ("remove the person from 0:10 to 0:20", "person"),
        ("fade out the guitar", "guitar"),
        ("make it vertical with sparkles", "sparkles"),
        ("trim to 10 s with sparkles", "sparkles"),
        ("cut the first 5 seconds and the laugh", "laugh"),
        ("去掉音乐和咳嗽声", "咳嗽"),
    ],
)
def test_what_is_named_and_unknown_is_never_taken_for_something_else(text: str, word: str) -> None:
    request = understand(text)
    assert isinstance(request, Ask)
    assert word in request.word


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("how do I mute a video?", About.QUESTION),
        ("what happens if I cut the first 10 seconds?", About.CONDITION),
        ("should I remove the music or keep it?", About.QUESTION),
        ("怎么去掉背景音乐？", About.QUESTION),
        ("if it's longer than a minute, trim it to 60 seconds", About.CONDITION),
        ("如果超过一分钟就剪到一分钟", About.CONDITION),
        ("mute it when the baby cries", About.PART),
        ("make the intro louder", About.PART),
        ("trim to 10 s, make it pop", About.VAGUE),
    ],
)
def test_questions_conditions_and_places_without_a_time_change_nothing(text: str, about: About) -> None:
    request = understand(text)
    assert isinstance(request, Ask)
    assert request.about is about


@pytest.mark.parametrize(
    "text",
    [
        "keep the first 30 seconds, it's for my grandma",
        "I filmed this yesterday. keep the first 30 seconds, thanks so much!",
        "Could you keep the first 30 seconds if possible? Is that ok?",
        "keep the first 30 seconds because the rest is boring",
        "I already muted it on my phone, just keep the first 30 seconds",
        "这是我妹妹的婚礼，只保留前30秒，谢谢啦",
        "只保留前30秒，发给外婆看",
    ],
)
def test_what_is_told_beside_a_wish_does_not_stand_in_its_way(text: str) -> None:
    assert understand(text) == FIRST_30


UNKNOWN_WISHES = [
    "pixelate everything", "sharpen the picture", "straighten the horizon", "remove the mosquito", "make the sky pink",
    "sprinkle glitter", "add a dragon", "把天空变蓝", "把画面扶正", "去掉蚊子",
]  # fmt: skip


_PLAIN = {"trim", "cut", "mute", "aspect", "speed", "remove_music", "fade"}


def _orders() -> st.SearchStrategy[Prompt]:
    return st.sampled_from([prompt for prompt in prompts() if {call["op"] for call in prompt.expect} <= _PLAIN])


@pytest.mark.parametrize(
    "order", ["cut the first 2 seconds", "make it square", "mute it", "speed it up 2x", "剪掉前2秒"]
)
def test_a_wish_of_known_words_that_was_not_read_is_not_dropped_either(order: str) -> None:
    for text in (f"{order} and wreathe it in my audio", f"wreathe it in my audio, {order}", f"{order}，再加点仙气"):
        assert isinstance(understand(text, frozenset({"video"})), Ask), text


@given(st.deferred(_orders), st.sampled_from(UNKNOWN_WISHES), st.sampled_from(["{}, {}", "{} and {}", "{}. {}"]))
def test_no_unknown_wish_is_dropped_before_or_behind_a_known_one(prompt: Prompt, wish: str, frame: str) -> None:
    assume(prompt.text.isascii() == wish.isascii())
    assume(judge(prompt) is Verdict.RIGHT)
    order = prompt.text.rstrip(" .!?。")
    for text in (frame.format(order, wish), frame.format(wish, order)):
        assert isinstance(understand(text, frozenset({"video"})), Ask), text


def test_politeness_in_the_form_of_a_condition_hides_no_order() -> None:
    two = understand("trim to 10s and remove the music")
    assert understand("trim to 10s and if you can remove the music") == two
    assert understand("I'd appreciate it if you could keep the first 30 seconds") == FIRST_30


def test_wishes_that_cannot_both_be_done_are_asked_back() -> None:
    for text in ("mute it and make it louder", "2x speed, then half speed", "make it 9:16 and make it 1:1"):
        assert understand(text) == Ask(About.CLASH), text


@pytest.mark.parametrize(
    ("beside", "alone"),
    [
        ("add this music at 30% and keep the original sound", "add this music at 30%"),
        ("trim to 10 seconds, keep the audio", "trim to 10 seconds"),
        ("加这段音乐，保留原声", "加这段音乐"),
    ],
)
def test_what_stays_anyway_may_be_asked_for_beside_a_wish(beside: str, alone: str) -> None:
    kinds = frozenset({"video", "audio"})
    assert isinstance(understand(alone, kinds), Understood)
    assert understand(beside, kinds) == understand(alone, kinds)
    assert isinstance(understand("keep the original sound", kinds), Ask)
