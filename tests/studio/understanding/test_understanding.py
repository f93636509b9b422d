"""What is made of the words people write, held by what must be true of any words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.timeline.model import Position
from studio.timeline.operations import END, START, Cut, EditText, Moment, Mute, Part, SetAspect, Trim
from studio.understanding import Ask, Redo, Understood, Undo, understand

FIRST_30 = Understood((Trim((Part(START, Moment(30)),)),))


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


@given(st.text(max_size=300))
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
def test_any_order_of_known_words_gets_an_answer(text: str) -> None:
    assert isinstance(understand(text), Understood | Undo | Redo | Ask)


def test_named_files_are_no_part_of_the_words() -> None:
    read = understand("mute it\nFile: subtitles 9:16.mp4\nFile: 音乐.mp3")
    assert read == Understood((Mute(),), ("subtitles 9:16.mp4", "音乐.mp3"))


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


def test_several_edits_are_taken_back_and_one_is_brought_again() -> None:
    assert [understand(text) for text in ("undo the last two", "撤销三步", "undo twice")] == [Undo(2), Undo(3), Undo(2)]
    assert [understand(text) for text in ("redo", "redo that please", "重做", "undo the undo")] == [Redo()] * 4
    assert understand("undo that, the cut was wrong") == Undo()


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
