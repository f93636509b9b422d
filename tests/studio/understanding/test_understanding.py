"""What is made of the words people write: measured on a corpus, and held by what must be true of any words."""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from studio.operations import END, START, Cut, EditText, Moment, Mute, Part, SetAspect, Trim
from studio.timeline import Position
from studio.understanding import About, Ask, Redo, Understood, Undo, understand
from tests.studio.understanding.corpus import HERE, Prompt, Verdict, judge, prompts_of, understood

PROMPTS = tuple(prompts_of(HERE / "prompts.jsonl"))
FIRST_30 = Understood((Trim((Part(START, Moment(30)),)),))


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


@pytest.mark.parametrize(
    "text",
    [
        "first 30s", "keep the first 30 seconds", "keep the first thirty seconds", "only the first half minute",
        "keep the first 0:30",
        "trim to the first 30 secs", "the first 30 sec only", "just keep 0:00 to 0:30", "KEEP THE FIRST 30 SECONDS!!",
        "前30秒", "前三十秒", "只保留前30秒", "只要前半分钟", "保留开头30秒", "cut it down to 30 seconds", "剪到30秒",
        "please could you keep the first 30 seconds, thank you", "麻烦只保留前三十秒，谢谢",
    ],
)  # fmt: skip
def test_one_wish_has_many_forms(text: str) -> None:
    assert understand(text) == FIRST_30


seconds = st.integers(1, 59)


@given(st.integers(1, 599))
def test_a_part_of_a_second_is_not_lost(tenths: int) -> None:
    said = f"{tenths / 10:.1f}"
    expected = Understood((Cut((Part(START, Moment(tenths / 10)),)),))
    for words in (f"remove the first {said} seconds", f"cut the first {said}s", f"剪掉前{said}秒"):
        assert understand(words) == expected, words


@given(seconds, seconds)
def test_notations_of_a_time_mean_the_same(minutes: int, rest: int) -> None:
    total = minutes * 60 + rest
    expected = Understood((Cut((Part(START, Moment(float(total))),)),))
    for said in (
        f"remove the first {total} seconds",
        f"delete the first {minutes} min {rest} sec",
        f"cut out the first {minutes}m{rest}s",
        f"remove 0:00 to {minutes}:{rest:02}",
        f"get rid of the first {minutes} minutes and {rest} seconds",
        f"剪掉前{minutes}分{rest}秒",
        f"删除前{total}秒",
    ):
        assert understand(said) == expected, said


@given(seconds, seconds)
def test_a_range_may_stand_before_or_behind_its_verb(first: int, length: int) -> None:
    last = first + length
    expected = Understood((Mute((Part(Moment(first), Moment(last)),)),))
    for said in (
        f"mute {first}s to {last}s",
        f"from {first}s to {last}s mute the sound",
        f"mute between {first} and {last} seconds",
        f"silence {first}-{last}s",
        f"第{first}秒到第{last}秒静音",
        f"静音{first}到{last}秒",
    ):
        assert understand(said) == expected, said


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


@given(st.text(max_size=300))
@settings(max_examples=400)
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    assert isinstance(understand(text, frozenset({"video", "audio"})), Understood | Undo | Redo | Ask)


words = st.sampled_from(
    [
        "cut",
        "keep",
        "0:10",
        "to",
        "the",
        "first",
        "20",
        "seconds",
        "music",
        "remove",
        "add",
        "title",
        "'x'",
        "at",
        "50%",
        "剪掉",
        "前10秒",
        "音乐",
        "9:16",
        "and",
        ",",
        "mute",
        "fade",
    ]
)


@given(st.lists(words, max_size=14).map(" ".join))
@settings(max_examples=400)
def test_any_order_of_known_words_gets_an_answer(text: str) -> None:
    assert isinstance(understand(text), Understood | Undo | Redo | Ask)


def test_a_wish_is_understood_whole_or_not_at_all() -> None:
    assert isinstance(understand("trim to 10 seconds and rotate it"), Ask)
    assert understand("trim to 5 seconds and add a title") == Ask(About.TEXT)


def test_the_word_that_stood_in_the_way_is_named() -> None:
    assert understand("rotate it to the left") == Ask(About.UNSUPPORTED, "rotate")


def test_named_files_are_no_part_of_the_words() -> None:
    read = understand("mute it\nFile: subtitles 9:16.mp4\nFile: 音乐.mp3")
    assert read == Understood((Mute(),), ("subtitles 9:16.mp4", "音乐.mp3"))


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


def test_all_but_a_part_is_that_part() -> None:
    kept = Understood((Trim((Part(Moment(10), Moment(20)),)),))
    for text in ("delete everything except 0:10-0:20", "cut all but 0:10 to 0:20", "除了第10秒到第20秒都删掉"):
        assert understand(text) == kept, text
    cut = Understood((Cut((Part(Moment(10), Moment(20)),)),))
    for text in ("keep everything except 0:10-0:20", "I want all but 0:10 to 0:20", "除了第10秒到第20秒都保留"):
        assert understand(text) == cut, text
    assert understand("cut off everything after the first minute") == Understood((Trim((Part(START, Moment(60)),)),))
    assert understand("cut everything after 0:20") == Understood((Trim((Part(START, Moment(20)),)),))
    assert understand("keep everything after 0:20") == Understood((Trim((Part(Moment(20), END),)),))


def test_a_slip_of_the_pen_is_forgiven_where_nothing_else_was_understood() -> None:
    assert understand("mrege the audio and the vidoe") == understand("merge the audio and the video")
    assert understand("remvoe the last 5 secnods") == understand("remove the last 5 seconds")


@pytest.mark.parametrize(
    "piece",
    ["1 ", "1:1", "1分1 ", "add ", "cut 1s ", "to 1 to ", "keep the ", "提取", " ", "\n", "第", "'a ", "“", "text: "],
)
def test_hostile_words_do_not_hold_it_up(piece: str) -> None:
    for length in (1400, 8000):
        began = time.process_time()
        understand(piece * (length // len(piece)))
        assert time.process_time() - began < 2, "a pattern goes back and forth without end"


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


def test_several_edits_are_taken_back_and_one_is_brought_again() -> None:
    assert [understand(text) for text in ("undo the last two", "撤销三步", "undo twice")] == [Undo(2), Undo(3), Undo(2)]
    assert [understand(text) for text in ("redo", "redo that please", "重做", "undo the undo")] == [Redo()] * 4
    assert understand("undo that, the cut was wrong") == Undo()


UNKNOWN_WISHES = [
    "pixelate everything", "sharpen the picture", "straighten the horizon", "remove the mosquito", "make the sky pink",
    "sprinkle glitter", "add a dragon", "把天空变蓝", "把画面扶正", "去掉蚊子",
]  # fmt: skip
ORDERS = [
    prompt.text
    for prompt in PROMPTS
    if {call["op"] for call in prompt.expect} <= {"trim", "cut", "mute", "aspect", "speed", "remove_music", "fade"}
    and judge(prompt) is Verdict.RIGHT
]


@pytest.mark.parametrize(
    "order", ["cut the first 2 seconds", "make it square", "mute it", "speed it up 2x", "剪掉前2秒"]
)
def test_a_wish_of_known_words_that_was_not_read_is_not_dropped_either(order: str) -> None:
    for text in (f"{order} and dub it with my audio", f"dub it with my audio, {order}", f"{order}，再加点仙气"):
        assert isinstance(understand(text, frozenset({"video"})), Ask), text


@given(st.sampled_from(ORDERS), st.sampled_from(UNKNOWN_WISHES), st.sampled_from(["{}, {}", "{} and {}", "{}. {}"]))
@settings(max_examples=400)
def test_no_unknown_wish_is_dropped_before_or_behind_a_known_one(order: str, wish: str, frame: str) -> None:
    assume(order.isascii() == wish.isascii())
    order = order.rstrip(" .!?。")
    for text in (frame.format(order, wish), frame.format(wish, order)):
        assert isinstance(understand(text, frozenset({"video"})), Ask), text


def test_politeness_in_the_form_of_a_condition_hides_no_order() -> None:
    two = understand("trim to 10s and remove the music")
    assert understand("trim to 10s and if you can remove the music") == two
    assert understand("I'd appreciate it if you could keep the first 30 seconds") == FIRST_30


def test_times_of_several_cuts_are_all_of_what_is_seen_now() -> None:
    assert understand("cut 0:05 to 0:08, then make it square, and remove 0:20 to 0:25") == Understood(
        (Cut((Part(Moment(5), Moment(8)), Part(Moment(20), Moment(25)))), SetAspect(1, 1))
    )


def test_two_lengths_are_one_only_where_the_second_is_of_a_smaller_unit() -> None:
    two = Understood((Cut((Part(Moment(5), Moment(8)), Part(Moment(20), Moment(22)))),))
    assert understand("cut 5s to 8s and 20s to 22s") == two
    one = Understood((Cut((Part(START, Moment(90)),)),))
    for text in ("cut out the first 1 min and 30 s", "cut out the first 1 minute 30", "cut out the first 1m30s"):
        assert understand(text) == one, text


def test_wishes_that_cannot_both_be_done_are_asked_back() -> None:
    for text in ("mute it and make it louder", "2x speed, then half speed", "make it 9:16 and make it 1:1"):
        assert understand(text) == Ask(About.CLASH), text


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("把影片開頭的五秒剪掉，謝謝", "把视频开头的五秒剪掉，谢谢"),
        ("唔該剪走頭５秒", "不该剪掉头5秒"),
        ("將背景音樂去掉，只保留人聲", "将背景音乐去掉，只保留人声"),
        ("轉成直式", "转成竖屏"),
        ("第１０秒到第２０秒靜音", "第10秒到第20秒静音"),
    ],
)
def test_traditional_characters_mean_the_same(theirs: str, ours: str) -> None:
    assert isinstance(understand(theirs), Understood)
    assert understand(theirs) == understand(ours)


def test_words_for_the_picture_stay_in_the_characters_they_were_written_in() -> None:
    for text in ("加標題「生日快樂」", "幫我加標題 生日快樂"):
        [title] = understand(text).operations  # type: ignore[union-attr]
        assert title.text == "生日快樂"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("make the title yellow", EditText(color="yellow")),
        ("move the title to the top", EditText(position=Position.TOP)),
        ("change the title to 'Day two'", EditText("Day two")),
        ("replace 'Hi' with 'Hello'", EditText("Hello", "Hi")),
        ("show the caption from 0:02 to 0:05", EditText(part=Part(Moment(2), Moment(5)))),
        ("标题换成红色", EditText(color="red")),
        ("把“早安”改成“晚安”", EditText("晚安", "早安")),
        ("把标题移到底部", EditText(position=Position.BOTTOM)),
    ],
)
def test_words_that_are_there_are_changed(text: str, edit: EditText) -> None:
    assert understand(text) == Understood((edit,))


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
