"""Sentences of strangers that the rules before these had wrong, each of which shows a concept."""

from __future__ import annotations

from typing import Any

import pytest

from studio.understanding import Ask, Offer, understand
from tests.studio.understanding.corpus import CLARIFY, calls

VIDEO = frozenset({"video"})


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("isolate the vocals and drop the soundtrack", [{"op": "remove_music", "keep": "voice"}]),
        ("背景有超市的歌，能不能消音，只要人聲", [{"op": "remove_music", "keep": "voice"}]),
        ("let the sound fade away in the last three seconds", [{"op": "fade", "kind": "out", "seconds": 3.0}]),
        (
            "split out 10-20 and 50-60 and join them",
            [{"op": "trim", "start": 10.0, "end": 20.0}, {"op": "trim", "start": 50.0, "end": 60.0}],
        ),
        ("um, cut the first 5 seconds", [{"op": "cut", "start": 0.0, "end": 5.0}]),
        ("cut the scene from 0:10 to 0:20", [{"op": "cut", "start": 10.0, "end": 20.0}]),
        ("keep 45 seconds to a minute twenty", [{"op": "trim", "start": 45.0, "end": 80.0}]),
        ("cut 10 to 20", [{"op": "cut", "start": 10.0, "end": 20.0}]),
        ("16-bit wav if poss", [{"op": "extract_audio", "format": "wav"}]),
        ("大声6分贝", [{"op": "volume", "target": "all", "factor": 1.9953}]),
        ("1080乘1350", [{"op": "aspect", "ratio": "4:5", "width": 1080, "height": 1350}]),
        ("重新來過", [{"op": "start_over"}]),
        ("改回去", [{"op": "undo"}]),
        ("it's way too quiet, double the volume", [{"op": "volume", "target": "all", "factor": 2.0}]),
        ("把第32秒到41秒剪掉，狗叫太吵", [{"op": "cut", "start": 32.0, "end": 41.0}]),
        ("rotate it 90 degrees", [{"op": "rotate", "degrees": 90}]),
        ("逆时针转90度", [{"op": "rotate", "degrees": 270}]),
    ],
)
def test_it_is_done_at_once(text: str, made: list[dict[str, Any]]) -> None:
    request = understand(text, VIDEO)
    assert not isinstance(request, Ask | Offer)
    assert calls(request) == made


@pytest.mark.parametrize(
    "text",
    [
        "I said I did not want the music removed",
        "老板说要加字幕，我觉得不用",
        "make it 9:16 or 1:1",
        "straighten the horizon",
        "remove the music and the coughing",
        "去掉音乐和咳嗽声",
        "do not cut anything",
        "what happens if I cut the first 5 seconds?",
        "my friend told me to mute it",
        "if it is too dark, cut it",
        "trim to 10 s and defrobnicate the picture",
        "把第1秒到第2秒的音乐去掉",
        "把画面扶正",
    ],
)
def test_nothing_is_done(text: str) -> None:
    assert calls(understand(text, VIDEO)) == [CLARIFY]


def test_of_two_shapes_both_are_offered_to_choose() -> None:
    request = understand("make it 9:16 or 1:1", VIDEO)
    assert isinstance(request, Ask)
    assert request.choices == ("9:16", "1:1")
