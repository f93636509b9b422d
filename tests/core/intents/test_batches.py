"""Several files under one message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.files import Kind
from core.intents import joins_files, per_file_requests, told_apart

ONE_FOR_ALL = [
    ("extract the audio", 3),
    ("trim to 0:10-0:20", 2),
    ("1:20-1:40 please", 2),
    ("make it 9:16", 2),
    ("9:16", 2),
    ("cut the first 10 seconds", 2),
    ("trim the first 3 seconds, then the last 2", 2),
    ("1. trim to 10 s\n2. add a title\n3. fade out", 2),
    ("2: trim", 2),
    ("只保留前30秒", 2),
    ("第一秒不要", 2),
    ("trim to 10 s\nadd a title\nfade out", 2),
    ("2: mp3\n1: trim to 10 s", 2),
    ("1: mp3\n1: wav", 2),
]


@pytest.mark.parametrize(("text", "count"), ONE_FOR_ALL)
def test_one_instruction_is_for_every_file(text: str, count: int) -> None:
    assert per_file_requests(text, count) == [text] * count


ONE_EACH = [
    ("1: mp3\n2: trim to 10s", ["mp3", "trim to 10s"]),
    ("1. mp3\n2. trim to 10s", ["mp3", "trim to 10s"]),
    ("1) mp3\n2) trim to 10s", ["mp3", "trim to 10s"]),
    ("1）转成mp3\n2）剪到10秒", ["转成mp3", "剪到10秒"]),
    ("1、转成mp3\n2、剪到10秒", ["转成mp3", "剪到10秒"]),
    ("1: mp3; 2: trim to 10s", ["mp3", "trim to 10s"]),
    ("1: mp3, 2: trim to 10s", ["mp3", "trim to 10s"]),
    ("#1: mp3\n#2: wav", ["mp3", "wav"]),
    ("video 1: mute it\nvideo 2: make it 9:16", ["mute it", "make it 9:16"]),
    ("file 1 - mp3\nfile 2 - wav", ["mp3", "wav"]),
    ("first file: mp3; second file: make it 9:16", ["mp3", "make it 9:16"]),
    ("First: mp3. Second: cut 0:10-0:20.", ["mp3", "cut 0:10-0:20"]),
    ("the first one to mp3, the second one to wav", ["to mp3", "to wav"]),
    ("1st video: mp3, 2nd video: wav", ["mp3", "wav"]),
    ("第一个：转成mp3 第二个：剪到10秒", ["转成mp3", "剪到10秒"]),
    ("第一个视频：转成mp3；第二个视频：剪到10秒", ["转成mp3", "剪到10秒"]),
    ("第1个：静音，第2个：加标题", ["静音", "加标题"]),
    ("视频1：静音\n视频2：加标题", ["静音", "加标题"]),
    ("mp3\ntrim to 10s", ["mp3", "trim to 10s"]),
    ("- mp3\n- trim to 10s", ["mp3", "trim to 10s"]),
    ("For these two:\n1: mp3\n2: wav", ["mp3", "wav"]),
    ("Make them vertical. 1: add title A; 2: add title B", [f"Make them vertical\nadd title {x}" for x in "AB"]),
    ("1: mp3\n3: wav", ["mp3", "", "wav"]),
    ("first file: mp3; the rest: wav", ["mp3", "wav", "wav"]),
    ("第一个：mp3；其他：wav", ["mp3", "wav", "wav"]),
]


@pytest.mark.parametrize(("text", "requests"), ONE_EACH)
def test_an_instruction_for_each_file_goes_to_its_file(text: str, requests: list[str]) -> None:
    assert per_file_requests(text, len(requests)) == requests


@given(st.text(), st.integers(min_value=0, max_value=12))
def test_there_is_one_request_for_every_file(text: str, count: int) -> None:
    assert len(per_file_requests(text, count)) == count


TOGETHER = """
    merge these
    merge this audio and video into a single MP4 file
    combine them
    join the clips
    both in one video please
    put them together
    stitch the videos one after another
    side by side
    replace the video's sound with the mp3 I sent
    replace the sound with this song
    add the second file as bgm, quiet
    background music from the second file
    use this song as bgm
    put this voiceover on top of the clip and keep the original sound
    put this mp3 under the clip
    lay my narration over the video
    sync my mic recording with the camera video
    use the photo as cover image
    turn this song into a video with the cover art
    make a slideshow
    overlay the logo I uploaded
    add bgm
    合并
    把这两个视频拼接起来
    把音频和视频合成一个MP4
    用我发的录音替换原声
    把原声换成我发的音乐
    给视频配乐
    第二个文件做背景音乐
    用封面图做背景
    把它们拼在一起
""".strip().splitlines()
APART = """
    extract the audio
    trim to 10 s
    make it 9:16
    remove the background music
    remove the background music from this video and keep only the voice
    strip the bgm
    turn the background music down
    add a title
    add a title "merge"
    mute
    convert to mp3
    make them vertical and cut the first 5 seconds
    speed it up 1.5x
    转成mp3
    去掉背景音乐
    去掉背景音乐，只保留人声
    只保留前30秒
    加标题“合并”
    静音前5秒
""".strip().splitlines()


@pytest.mark.parametrize("text", TOGETHER)
def test_some_words_use_the_files_together(text: str) -> None:
    assert joins_files(text)


@pytest.mark.parametrize("text", APART)
def test_other_words_are_for_each_file(text: str) -> None:
    assert not joins_files(text)


@pytest.mark.parametrize(
    ("text", "kinds", "together"),
    [
        ("add background music", ["video", "video"], False),
        ("add background music", ["video", "audio"], True),
        ("加背景音乐，音量35%", ["video", "video"], False),
        ("add this", ["video", "audio"], True),
        ("make a video", ["audio", "image"], True),
        ("make it into a video", ["audio", "image"], True),
        ("extract the audio", ["video", "audio"], False),
        ("merge them", ["video", "video"], True),
        ("trim to 10 s", ["video", "video"], False),
    ],
)
def test_the_kinds_of_the_files_decide_what_the_words_leave_open(text: str, kinds: list[Kind], together: bool) -> None:
    assert joins_files(text, kinds) is together


APART_IN_PROSE = [
    (
        "first one: trim to 3 seconds; second one: make it black and white",
        ["trim to 3 seconds", "make it black and white"],
    ),
    ("第一个剪到3秒，第二个加标题“你好”", ["剪到3秒", "加标题“你好”"]),
    (
        "trim the first to 3 seconds and make the second black and white",
        ["trim it to 3 seconds", "make it black and white"],
    ),
    ("The first clip should be trimmed to 3 s and the second one should be muted.", ["trimmed to 3 s", "muted"]),
    (
        "trim the first one to 3 seconds and the second one to 5 seconds",
        ["trim it to 3 seconds", "trim it to 5 seconds"],
    ),
    ("make the first vertical and the other one square", ["make it vertical", "square"]),
    ("for the first one, cut the first second; for the second one, mute it", ["cut the first second", "mute it"]),
    ("speed up video 1 and mute video 2", ["speed up it", "mute it"]),
    ("trim a.mp4 to 3 s and mute clipB", ["trim it to 3 s", "mute it"]),
    ("clipB: mute; a.mp4: 9:16", ["9:16", "mute"]),
    (
        'mute the first, add the title "first and second" to the second',
        ["mute it", 'add the title "first and second" to it'],
    ),
    ("add music to the first and mute the second", ["add music to it", "mute it"]),
    ("把第一个视频静音，把第二个剪到3秒", ["把它静音", "把它剪到3秒"]),
    ("第一段静音，另一段加字幕“好”", ["静音", "加字幕“好”"]),
    ("视频一静音，视频二加速", ["静音", "加速"]),
]


@pytest.mark.parametrize(("text", "requests"), APART_IN_PROSE)
def test_a_sentence_that_speaks_of_each_file_gives_each_its_part(text: str, requests: list[str]) -> None:
    assert told_apart(text, ["a.mp4", "clipB.mp4"], ["video", "video"]) == requests


@pytest.mark.parametrize(
    "text",
    [
        "cut the first 3 seconds and mute the second half",
        "fade in at the first second and fade out at the last second",
        "第一秒静音，第二秒加标题",
        "加标题“第一个和第二个”",
        "mute the second one",
        "put the first clip after the second one",
        "take the first video, and put the second one under it",
        "take the first video, replace its sound with the second one",
        "use the second one as bgm for the first",
        "merge the first video and the second video",
        "用第二个的声音替换第一个的声音",
        "make both black and white",
        "1. merge these\n2. add a title",
    ],
)
def test_a_sentence_that_uses_files_together_or_speaks_of_parts_tells_none_apart(text: str) -> None:
    assert told_apart(text, ["a.mp4", "clipB.mp4"], ["video", "video"]) is None


def test_a_bare_list_under_a_film_and_a_song_may_be_steps_and_names_are_not() -> None:
    kinds: list[Kind] = ["video", "audio"]
    assert told_apart("1. trim to 10 s\n2. make it louder", ["a.mp4", "b.mp3"], kinds) is None
    assert told_apart("the video: mute; b.mp3: trim to 3 s", ["a.mp4", "b.mp3"], kinds) is None
    assert told_apart("first: trim to 3 s; second: louder", ["a.mp4", "b.mp3"], kinds) == ["trim to 3 s", "louder"]


@given(st.text(), st.integers(min_value=2, max_value=4))
def test_what_is_told_apart_is_one_for_each_file(text: str, count: int) -> None:
    own = told_apart(text, [f"{n}.mp4" for n in range(count)], ["video"] * count)
    assert own is None or len(own) == count
