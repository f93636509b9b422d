from __future__ import annotations

import time

import pytest

from studio.operations import ExtractAudio, Merge, Mute, Operation, Trim
from studio.understanding import NotUnderstood, Understood, understand

MP3 = ExtractAudio()

UNDERSTOOD: list[tuple[str, tuple[Operation, ...]]] = [
    ("extract the audio from this MP4 and save it as an MP3 file", (MP3,)),
    ("export audio only MP3", (MP3,)),
    ("can u rip the sound out of this lecture, wav please", (ExtractAudio("wav"),)),
    ("mp3 at 320kbps from this clip pls", (ExtractAudio("mp3", 320),)),
    ("提取音频，要320k的mp3", (ExtractAudio("mp3", 320),)),
    ("把这个视频的声音提取成WAV", (ExtractAudio("wav"),)),
    ("只要音频，不要画面", (MP3,)),
    ("only keep 0:02 to 0:05", (Trim(2, 5),)),
    ("keep 2 to 5 seconds", (Trim(2, 5),)),
    ("between 1:10 and 1:45 only", (Trim(70, 105),)),
    ("trim to the first 30 seconds", (Trim(0, 30),)),
    ("keep the first thirty seconds", (Trim(0, 30),)),
    ("只保留第2秒到第5秒", (Trim(2, 5),)),
    ("前三十秒", (Trim(0, 30),)),
    ("从1分20秒剪到2分钟", (Trim(80, 120),)),
    ("keep the last 10 seconds", (Trim(-10, None),)),
    ("start at 1 min 20", (Trim(80, None),)),
    ("remove the first 5 seconds", (Trim(5, None),)),
    ("trim 5 seconds off the start", (Trim(5, None),)),
    ("去掉最后3秒", (Trim(0, -3),)),
    ("前三秒不要", (Trim(3, None),)),
    ("chop everything after 00:02:30", (Trim(0, 150),)),
    ("make it 15s long", (Trim(0, 15),)),
    ("merge this audio and video into a single MP4", (Merge(),)),
    ("把这段音频和视频合成一个MP4", (Merge(),)),
    ("replace the video's sound with the mp3 I sent", (Merge(),)),
    ("lay my narration over the video but leave the original audio in", (Merge(mix=True),)),
    ("mute the video", (Mute(),)),
    ("remove the audio", (Mute(),)),
    ("静音", (Mute(),)),
    ("keep 2 to 5 seconds and mute it", (Mute(), Trim(2, 5))),
    ("export as mp3 and keep only 0:01-0:03", (Trim(1, 3), MP3)),
]


@pytest.mark.parametrize(("text", "operations"), UNDERSTOOD)
def test_what_is_meant(text: str, operations: tuple[Operation, ...]) -> None:
    assert understand(text) == Understood(operations)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "cut out 0:10 to 0:20",
        "cut from 10s to 20s",
        "静音前5秒",
        "turn off the sound between 0:05 and 0:09",
        "make it 9:16",
        "trim to 0:10-0:40, make it 9:16, add title 'Day one'",
        "take the music out",
        "turn the music down by half",
        "先剪到30秒，然后加淡出",
        "delete everything",
    ],
)
def test_rather_ask_than_guess(text: str) -> None:
    assert isinstance(understand(text), NotUnderstood)


def test_the_word_that_stood_in_the_way_is_named() -> None:
    assert understand("trim to 5 seconds and add a title") == NotUnderstood("title")


def test_named_files_are_no_part_of_the_words() -> None:
    read = understand("mute it\nFile: subtitles 9:16.mp4\nFile: 音乐.mp3")
    assert read == Understood((Mute(),), ("subtitles 9:16.mp4", "音乐.mp3"))


@pytest.mark.parametrize(
    "piece", ["1 ", "1:1", "1分1 ", "add ", "cut 1s ", "to 1 to ", "keep the ", "提取", " ", "\n", "第"]
)
def test_hostile_words_take_no_time(piece: str) -> None:
    began = time.perf_counter()
    understand(piece * (8000 // len(piece)))
    assert time.perf_counter() - began < 0.5
