"""Two wishes in one message: both are done, or it is asked back; one of them alone is never done."""

from __future__ import annotations

from functools import cache
from itertools import permutations

import pytest

from studio.understanding import Ask, Understood, understand
from tests.studio.understanding.sampling import sample, sizes

KINDS = frozenset({"video", "audio"})
# What is wished for, by what it is about: two about the same may become one, or contradict each other.
EN = {
    "length": ["trim to the first 10 seconds", "cut out 0:03 to 0:05", "remove the last 2 seconds"],
    "frame": ["make it 9:16", "make it square"],
    "speed": ["speed it up 2x", "slow it down to half speed"],
    "edges": ["fade in over 2 seconds", "fade out over 3 seconds"],
    "words": ["add the title 'Hello'", "put 'Bye' at the bottom in yellow"],
    "sound": ["mute it", "mute 0:02 to 0:04", "set the volume to 50%", "remove the music and keep the voice",
              "replace the audio with my recording", "mix in my recording with the original sound",
              "add the song as background music at 30%", "extract the audio as mp3"],
}  # fmt: skip
ZH = {
    "length": ["只保留前10秒", "剪掉3秒到5秒", "去掉最后2秒"],
    "frame": ["改成9:16", "改成正方形"],
    "speed": ["两倍速", "放慢一半"],
    "edges": ["开头淡入2秒", "结尾淡出3秒"],
    "words": ["加标题“你好”", "底部加黄色文字“再见”"],
    "sound": ["静音", "第2秒到第4秒静音", "音量调到50%", "去掉音乐保留人声", "用我的录音替换原声",
              "把我的录音和原声混合", "加背景音乐，音量30%", "提取音频mp3"],
}  # fmt: skip
ASKED_AT_MOST = 0.05


@cache
def kinds_of(message: str) -> set[type]:
    request = understand(message, KINDS)
    assert isinstance(request, Understood), message
    return {type(operation) for operation in request.operations}


@sizes(250)
@pytest.mark.parametrize(("wishes", "joints"), [(EN, (" and ", ", then ", ", ", ". ")), (ZH, ("，", "，然后", "。"))])
def test_no_wish_of_two_is_lost(wishes: dict[str, list[str]], joints: tuple[str, ...], size: int | None) -> None:
    pairs = [(a, b) for one, other in permutations(wishes, 2) for a in wishes[one] for b in wishes[other]]
    joined = sample([(f"{a}{joint}{b}", a, b) for a, b in pairs for joint in joints], size)
    messages = {message: kinds_of(a) | kinds_of(b) for message, a, b in joined}
    requests = {message: understand(message, KINDS) for message in messages}
    asked = [message for message, request in requests.items() if isinstance(request, Ask)]
    lost = [
        message
        for message, request in requests.items()
        if isinstance(request, Understood) and {type(each) for each in request.operations} != messages[message]
    ]
    assert lost == []
    assert len(asked) <= ASKED_AT_MOST * len(messages), asked


def test_louder_music_is_louder_than_it_was() -> None:
    request = understand("add the song as background music at 30%, make it louder", KINDS)
    assert isinstance(request, Understood)
    assert [getattr(each, "volume", None) for each in request.operations] == [pytest.approx(0.45)]
