"""How a message goes on from what was asked and done before; the memory is written down and read between any two."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.understanding import (
    About,
    Ask,
    Dropped,
    Memory,
    Offer,
    Redo,
    Request,
    Understood,
    Undo,
    from_json,
    respond,
    to_json,
)
from tests.studio.understanding.corpus import calls

VIDEO = frozenset({"video"})
WITH_SONG = frozenset({"video", "audio"})


def talk(*messages: str, kinds: frozenset[str] = VIDEO) -> Request:
    """What the last of the messages comes to."""
    memory, request = Memory(), None
    for message in messages:
        request, memory = respond(message, kinds, memory)
        memory = from_json(to_json(memory))
    assert request is not None
    return request


TITLE: dict[str, Any] = {"op": "text", "role": "title"}


@pytest.mark.parametrize(
    ("messages", "made"),
    [
        (("add a title", "Hello there"), [{**TITLE, "text": "Hello there"}]),
        (("加标题", "生日快乐"), [{**TITLE, "text": "生日快乐"}]),
        (("add a title", "at the end", "Bye"), [{**TITLE, "text": "Bye", "start": -3.0, "end": None}]),
        (("cut it", "the first 6 seconds"), [{"op": "cut", "start": 0.0, "end": 6.0}]),
        (("cut it", "the first 6"), [{"op": "cut", "start": 0.0, "end": 6.0}]),
        (("剪一下", "前6秒"), [{"op": "cut", "start": 0.0, "end": 6.0}]),
        (("0:05 to 0:10", "keep"), [{"op": "trim", "start": 5.0, "end": 10.0}]),
        (("0:05 to 0:10", "cut it out"), [{"op": "cut", "start": 5.0, "end": 10.0}]),
        (("5秒到10秒", "保留"), [{"op": "trim", "start": 5.0, "end": 10.0}]),
        (("5秒到10秒", "剪掉"), [{"op": "cut", "start": 5.0, "end": 10.0}]),
        (("speed up 0:10 to 0:20", "yes"), [{"op": "speed", "factor": 1.5}]),
        (("make it 9:16 or 1:1", "1:1"), [{"op": "aspect", "ratio": "1:1"}]),
        (("make it 9:16 or 1:1", "the first one"), [{"op": "aspect", "ratio": "9:16"}]),
        (("rotate it", "90"), [{"op": "rotate", "degrees": 90}]),
        (("旋转一下", "180"), [{"op": "rotate", "degrees": 180}]),
        (("save it as ogg", "mp3"), [{"op": "extract_audio", "format": "mp3"}]),
        (("change the volume", "50"), [{"op": "volume", "target": "all", "factor": 0.5}]),
        (("change the volume", "louder"), [{"op": "volume", "target": "all", "factor": 1.5}]),
        (("change the speed", "2"), [{"op": "speed", "factor": 2.0}]),
        (("convert my video file", "wav"), [{"op": "extract_audio", "format": "wav"}]),
    ],
)
def test_an_answer_fills_what_was_missing(messages: tuple[str, ...], made: list[dict[str, Any]]) -> None:
    request = talk(*messages)
    assert isinstance(request, Understood)
    assert calls(request) == made


@pytest.mark.parametrize(
    ("messages", "made", "instead"),
    [
        (("cut the first 5 seconds", "make that 8"), [{"op": "cut", "start": 0.0, "end": 8.0}], True),
        (("剪掉前5秒", "改成8秒"), [{"op": "cut", "start": 0.0, "end": 8.0}], True),
        (("add the title 'Hi'", "make it red"), [{"op": "edit_text", "color": "red"}], False),
        (("add the title 'Hi'", "a bit bigger"), [{"op": "edit_text", "size": 1.5}], False),
        (("add the title 'Hi'", "make it red", "a bit bigger"), [{"op": "edit_text", "size": 1.5}], False),
        (
            ("add the title 'Hi'", "make it red", "a bit bigger", "too much"),
            [{"op": "edit_text", "size": 0.8165}],
            False,
        ),
        (("加标题“你好”", "改成红色", "大一点", "放底部"), [{"op": "edit_text", "position": "bottom"}], False),
        (("add the title 'Hi'", "a bit bigger", "remove it"), [{"op": "remove_text"}], False),
        (("加标题“你好”", "大一点"), [{"op": "edit_text", "size": 1.5}], False),
        (("add the title 'Hi'", "twice as big"), [{"op": "edit_text", "size": 2.0}], False),
        (("加标题“你好”", "放大一倍"), [{"op": "edit_text", "size": 2.0}], False),
        (("加标题“你好”", "放底部"), [{"op": "edit_text", "position": "bottom"}], False),
        (("add the title 'Hello'", "no, I meant “Hallo”"), [{**TITLE, "text": "Hallo"}], True),
        (("make it louder", "a bit more"), [{"op": "volume", "target": "all", "factor": 1.5}], False),
        (("make it louder", "too much"), [{"op": "volume", "target": "all", "factor": 0.8165}], False),
        (("fade in over 2 seconds", "the end too"), [{"op": "fade", "kind": "out", "seconds": 2.0}], False),
        (("结尾淡出2秒", "开头也要"), [{"op": "fade", "kind": "in", "seconds": 2.0}], False),
        (("cut the first 5 seconds", "the last 3 too"), [{"op": "cut", "start": -3.0, "end": None}], False),
        (("speed it up", "再快一点"), [{"op": "speed", "factor": 1.5}], False),
        (("make it vertical", "crop"), [{"op": "aspect", "ratio": "0:0", "fit": "crop"}], False),
        (("改成竖屏", "裁剪"), [{"op": "aspect", "ratio": "0:0", "fit": "crop"}], False),
    ],
)
def test_a_correction_changes_the_last_edit(
    messages: tuple[str, ...], made: list[dict[str, Any]], instead: bool
) -> None:
    request = talk(*messages)
    assert isinstance(request, Understood)
    assert (calls(request), request.instead) == (made, instead)


def test_after_music_it_is_the_music_that_gets_quieter() -> None:
    request = talk("add my song as background music", "a bit quieter", kinds=WITH_SONG)
    assert calls(request) == [{"op": "volume", "target": "bgm", "factor": 0.5}]


@pytest.mark.parametrize(
    ("messages", "step"),
    [
        (("add the title 'Hi'", "remove it"), Undo()),
        (("make it vertical", "I don't want it vertical anymore"), Undo()),
        (("cut the first 5 seconds", "oops no, put it back"), Undo()),
        (("cut the first 5 seconds", "undo", "oops no, put it back"), Redo()),
        (("剪掉前5秒", "撤销", "恢复"), Redo()),
        (("add a title", "never mind"), Dropped(had=True)),
        (("加标题", "算了"), Dropped(had=True)),
        (("cut the first 5 seconds", "never mind"), Dropped(had=False)),
    ],
)
def test_taking_back_is_understood_from_what_came_before(messages: tuple[str, ...], step: Request) -> None:
    assert talk(*messages) == step


@pytest.mark.parametrize("message", ["make it square", "mute it", "add the title 'Bye' at the bottom", "undo"])
@pytest.mark.parametrize("asked", ["add a title", "cut it", "0:05 to 0:10"])
def test_something_new_is_no_answer(asked: str, message: str) -> None:
    assert talk(asked, message) == talk(message)


THIN = "trim the first 5 seconds"


def test_what_is_probable_is_offered_and_done_by_yes() -> None:
    assert isinstance(talk(THIN), Offer)
    cut = [{"op": "cut", "start": 0.0, "end": 5.0}]
    for yes in ("yes", "ok", "do it", "好", "可以"):
        assert calls(talk(THIN, yes)) == cut, yes
    for no in ("no", "no thanks", "不用", "不要"):
        assert talk(THIN, no) == Dropped(had=True), no
    assert talk(THIN, "mute it") == talk("mute it")
    assert not isinstance(talk(THIN, "mute it", "yes"), Understood), "it is over"


def test_only_sound_can_become_a_picture_first() -> None:
    sound = frozenset({"audio"})
    question = talk("add the title 'Hi'", kinds=sound)
    assert isinstance(question, Ask)
    assert question.about is About.PICTURE
    assert next(call["op"] for call in calls(talk("add the title 'Hi'", "yes", kinds=sound))) == "visualize"


@given(st.text(max_size=200))
def test_a_memory_that_cannot_be_read_is_forgotten(saved: str) -> None:
    assert isinstance(from_json(saved), Memory)


@pytest.mark.parametrize(
    "saved", ['{"open": {"about": "x", "tokens": []}}', '{"last": [[{"k": 1}]]}', "[]", '{"open": 3}']
)
def test_a_memory_of_another_version_is_forgotten(saved: str) -> None:
    assert isinstance(from_json(saved), Memory)
