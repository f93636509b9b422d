"""Which requests the type of the result fulfils by itself."""

from __future__ import annotations

import pytest

from core.intents import is_done_by_its_type


@pytest.mark.parametrize(
    "text",
    [
        "extract the audio as MP3",
        "convert this to mp3 please",
        "only keep the audio",
        "separate the audio from the video",
        "save my voice memo as wav",
        "提取视频里的声音",
        "把声音提取成MP3",
        "转成mp3",
    ],
)
def test_taking_the_sound_needs_no_edit(text: str) -> None:
    assert is_done_by_its_type(text, sound=True)


@pytest.mark.parametrize(
    "text",
    [
        "remove the vocals and give me an MP3",
        "extract the vocals as MP3",
        "trim it to 3 seconds and save as mp3",
        "make it louder, mp3 please",
        "去掉人声，导出mp3",
        "把前3秒剪成mp3",
        "add a title",
    ],
)
def test_what_has_to_be_heard_otherwise_is_an_edit(text: str) -> None:
    assert not is_done_by_its_type(text, sound=True)


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("convert this to mp4", True),
        ("转换成mp4", True),
        ("make it brighter and save as mp4", False),
        ("convert this song to a video", False),
        ("convert it to mp4 and add a title", False),
    ],
)
def test_of_videos_only_a_conversion_needs_none(text: str, done: bool) -> None:
    assert is_done_by_its_type(text, sound=False) is done
