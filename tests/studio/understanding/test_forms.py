"""What is made of the words people write, held by what must be true of any words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.timeline.model import Position
from studio.timeline.operations import START, Cut, EditText, Moment, Mute, Part, SetAspect, Trim
from studio.understanding import About, Ask, Memory, Request, Understood, Undo, respond, understand

FIRST_30 = Understood((Trim((Part(START, Moment(30)),)),))


@pytest.mark.parametrize(
    "text",
    [
        "keep the first 30 seconds", "keep the first thirty seconds", "only the first half minute",
        "keep the first 0:30", "trim to the first 30 secs", "the first 30 sec only", "just keep 0:00 to 0:30",
        "KEEP THE FIRST 30 SECONDS!!", "只保留前30秒", "只要前半分钟", "保留开头30秒", "cut it down to 30 seconds",
        "剪到30秒", "please could you keep the first 30 seconds, thank you", "麻烦只保留前三十秒，谢谢",
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
    assert isinstance(understand(text, frozenset({"video", "audio"})), Request)


words = st.sampled_from(
    [
        *("cut", "keep", "0:10", "to", "the", "first", "20", "seconds", "music", "remove", "add", "title", "'x'", "at"),
        *("50%", "剪掉", "前10秒", "音乐", "9:16", "and", ",", "mute", "fade"),
    ]
)


@given(st.lists(words, max_size=14).map(" ".join))
def test_any_order_of_known_words_gets_an_answer(text: str) -> None:
    assert isinstance(understand(text), Request)


def test_named_files_are_no_part_of_the_words() -> None:
    read = understand("mute it\nFile: subtitles 9:16.mp4\nFile: 音乐.mp3")
    assert read == Understood((Mute(),), ("subtitles 9:16.mp4", "音乐.mp3"))


def test_all_but_a_part_is_that_part() -> None:
    part = Part(Moment(10), Moment(20))
    for text in ("delete everything except 0:10-0:20", "cut all but 0:10 to 0:20", "除了第10秒到第20秒都删掉"):
        assert understand(text) == Understood((Trim((part,)),)), text
    for text in ("keep everything except 0:10-0:20", "除了第10秒到第20秒都保留"):
        assert understand(text) == Understood((Cut((part,)),)), text


def test_a_slip_of_the_pen_is_forgiven() -> None:
    both = frozenset({"video", "audio"})
    assert understand("mrege the audio and the vidoe", both) == understand("merge the audio and the video", both)
    assert understand("remvoe the last 5 secnods") == understand("remove the last 5 seconds")


@pytest.mark.parametrize(
    "piece",
    ["1 ", "1:1", "1分1 ", "add ", "cut 1s ", "to 1 to ", "keep the ", "提取", " ", "\n", "第", "'a ", "“", "text: "],
)
def test_hostile_words_do_not_hold_it_up(piece: str) -> None:
    for length in (1400, 8000):
        began = time.process_time()
        respond(piece * (length // len(piece)), frozenset({"video"}), Memory())
        assert time.process_time() - began < 2, "a pattern goes back and forth without end"


def test_what_is_too_long_is_not_read() -> None:
    request, _ = respond("cut the first 5 seconds " * 100, frozenset({"video"}), Memory())
    assert request == Ask(About.LONG, near=request.near)  # type: ignore[union-attr]


def test_several_edits_are_taken_back() -> None:
    assert [understand(text) for text in ("undo the last two", "撤销三步", "undo twice")] == [Undo(2), Undo(3), Undo(2)]


def test_times_of_several_cuts_are_all_of_what_is_seen_now() -> None:
    assert understand("cut 0:05 to 0:08, then make it square, and remove 0:20 to 0:25") == Understood(
        (Cut((Part(Moment(5), Moment(8)), Part(Moment(20), Moment(25)))), SetAspect(1, 1))
    )


def test_what_is_kept_and_cut_in_one_message_is_of_one_timeline() -> None:
    request = understand("keep the first 30 seconds and cut out 0:05 to 0:08")
    after = Part(Moment(30), Part().end)
    assert request == Understood((Cut((Part(Moment(5), Moment(8)), after)),))


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("把影片開頭的五秒剪掉，謝謝", "把视频开头的五秒剪掉，谢谢"),
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
        ("标题换成红色", EditText(color="red")),
        ("把“早安”改成“晚安”", EditText("晚安", "早安")),
        ("把标题移到底部", EditText(position=Position.BOTTOM)),
    ],
)
def test_words_that_are_there_are_changed(text: str, edit: EditText) -> None:
    assert understand(text) == Understood((edit,))


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        ("can you take the museum's piano music away", "take the music away"),
        ("remove the music behind the wedding toast", "remove the music"),
        ("play the whole kneading video at 4x", "play the video at 4x"),
        ("健身房的音乐去掉，只要教练的声音", "去掉音乐，只留人声"),
        ("把1分05秒到1分20秒那段狗叫剪掉", "剪掉1分05秒到1分20秒"),
    ],
)
def test_what_a_thing_is_called_changes_no_edit(text: str, plainly: str) -> None:
    assert understand(text, frozenset({"video"})) == understand(plainly, frozenset({"video"}))
    assert isinstance(understand(text, frozenset({"video"})), Understood)


@pytest.mark.parametrize(
    "text", ["remove the coughing sound", "mute the dog's barking sound", "delete the guitar track"]
)
def test_a_sound_of_something_is_not_all_of_the_sound(text: str) -> None:
    assert not isinstance(understand(text, frozenset({"video"})), Understood)
