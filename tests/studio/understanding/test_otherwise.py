"""What people say in a roundabout way is the same edit as its plain words, and never a way around a question."""

from __future__ import annotations

import pytest

from studio.understanding import Ask, Understood, understand

SAME = [
    ("1.5 seconds off the beginning, please", "cut the first 1.5 seconds"),
    ("0:08-0:14 out, 0:50-0:55 out", "cut 0:08-0:14, cut 0:50-0:55"),
    ("strike those first 14 seconds", "remove the first 14 seconds"),
    ("the first minute is just people finding their seats. Could you take that off?", "remove the first 60 seconds"),
    ("skip ahead so it begins 22 seconds in; square frame", "start at 0:22; square frame"),
    ("2:50 to 3:35 is the part I need", "keep 2:50 to 3:35"),
    ("cap it at 20 seconds", "trim to 20 seconds"),
    ("pull the sound off this choir rehearsal as a wav", "extract the audio as wav"),
    ("take the background music off the trainer's talk", "remove the music"),
    ("the music is way too loud, bring it down to 30%", "set the music volume to 30%"),
    ("playback should begin at 0:40", "start at 0:40"),
    ("the listing site wants 9:16", "make it 9:16"),
    ("16:9, edges blurred", "16:9, blur the sides"),
    ("scrap that last change", "undo"),
    ("whoops that wasn't right, go back one step", "undo"),
    ("two steps back, please", "undo the last two"),
    ("redo the step I just undid", "redo"),
    ("restore the original video", "start over"),
    ("反悔了，退回上一步", "撤销"),
    ("bgm太吵了啦，拉低到10%", "bgm音量调到10%"),
    ("新录的台词顶替掉旧的声音", "用我的录音替换原声"),
    ("前面有两分钟都在调投影，麻烦把那两分钟去掉", "去掉前两分钟"),
    ("比例4:3，裁满画面", "比例4:3，裁剪填满"),
    ("時長別超過一分鐘", "剪到一分钟"),
    ("影片整成直度", "视频转成竖屏"),
    ("我是校足球队教练，请把头10秒剪掉", "把头10秒剪掉"),
    ("delete the song behind my speech", "remove the music"),
    ("mute the soundtrack, keep the voice", "remove the music"),
    ("scrub the music out of this interview so only her speech remains", "keep her speech, remove the music"),
    ("给我一个没有背景音乐的版本，解说留着", "去掉音乐，保留人声"),
    ("jump to 1:12 and keep what follows", "start at 1:12"),
    ("have it at 0.75x", "play it at 0.75x"),
    ("we don't need the footage, just send us the sound", "extract the audio"),
    ("图像不用，给我mp3", "提取音频mp3"),
    ("要发抖音，用9:16", "做成9:16"),
    ("open with 'Day one' for 3 seconds", "add the text 'Day one' for the first 3 seconds"),
    ("our rooftop concert should run at 1.5x", "speed up to 1.5x"),
    ("keep 2:00 to 2:30 of the school parade", "keep 2:00 to 2:30"),
    ("cut 1:15-1:40 from my grandma's birthday party", "cut 1:15-1:40"),
    ("make the cooking tutorial 9:16", "make it 9:16"),
    ("turn the match into an mp3", "extract the audio as mp3"),
    ("把这段滑雪视频加速到两倍", "视频加速到两倍"),
    ("保留3分到5分这段演讲", "保留3分到5分"),
    ("the guest leaves at 12:40, cut everything after that", "cut everything after 12:40"),
    ("2 seconds off the start and 3 off the end", "cut the first 2 seconds and the last 3 seconds"),
    ("scrap all my edits", "start over"),
    ("it's too slow, 1.5x", "speed up to 1.5x"),
    ("the video is too slow so double the speed", "speed up to 2x"),
    ("这段drone footage太慢了，speed up到2.5x，ending要fade out 2秒", "加速到2.5倍，结尾淡出2秒"),
    ("make my reel square", "make it square"),
    ("my sister filmed our whole recital, cut the first 10 seconds", "cut the first 10 seconds"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "plain"), SAME, ids=[said for said, _ in SAME])
def test_what_is_said_otherwise_is_the_same_edit(said: str, plain: str) -> None:
    meant = understand(plain, frozenset({"video"}))
    assert not isinstance(meant, Ask), plain
    assert understand(said, frozenset({"video"})) == meant


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("use the mp3 instead", "replace the audio with the attached file"),
        ("my recording sounds much better, so use it instead", "replace the audio with the attached file"),
        ("drop the phone's audio and take my recording instead", "replace the audio with the attached file"),
        ("mix my voice-over in without losing the stadium noise", "add my voice-over but keep the original sound"),
        ("the attached track should be the background music", "use the attached track as background music"),
        ("影片跟音频同步一下", "把影片和音频合并"),
    ],
)
def test_so_is_what_is_said_of_two_files(said: str, plain: str) -> None:
    material = frozenset({"video", "audio"})
    meant = understand(plain, material)
    assert not isinstance(meant, Ask), plain
    assert understand(said, material) == meant


@pytest.mark.parametrize(
    "text",
    [
        "don't lose the sound of the game",
        "skip to the good part and keep the rest",
        "remove the guy from the wedding video",
        "blur the licence plate in the dash cam video",
        "delete the interview",
        "把采访里的主持人去掉",
        "the goat runs 3x around the barn, fade out at the end",
        "pixelate the dog, go back one step",
        "blur the faces, only from 1:00 to 1:30",
        "replace the sound with the song, but only from 1:00 to 1:30",
        "the dog needs a hat, make it square",
        "把狗打上马赛克，退回上一步",
        "我想要狗戴帽子，剪掉前5秒",
    ],
)
def test_no_unknown_order_is_taken_for_a_story(text: str) -> None:
    assert isinstance(understand(text, frozenset({"video"})), Ask)


def test_what_it_names_is_not_forgotten_as_a_story() -> None:
    request = understand("这段vlog的bgm太大声了，turn it down to 30%", frozenset({"video"}))
    assert isinstance(request, Ask) or (
        isinstance(request, Understood) and getattr(request.operations[0], "target", "") == "bgm"
    )
