"""Requests in words, rendered: the files that come out are decoded and looked at."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.media import Media
from tests.making import chosen_ffmpeg, decoded_seconds, loudness, make_audio, make_clip, make_picture
from tests.studio.caller import Caller
from tests.studio.conftest import Clips

pytestmark = pytest.mark.ffmpeg

Picture = NDArray[np.uint8]


async def look(path: Path) -> Media:
    media = await chosen_ffmpeg().probe(path)
    assert media
    return media


def frame(path: Path, at: float, size: tuple[int, int]) -> Picture:
    command = [chosen_ffmpeg().binary, "-v", "error", "-ss", str(at), "-i", str(path), "-frames:v", "1"]
    done = subprocess.run([*command, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], capture_output=True, check=True)
    return np.frombuffer(done.stdout, np.uint8).reshape(size[1], size[0], 3)


def make_black(path: Path) -> Path:
    source = ["-f", "lavfi", "-i", "color=black:s=320x180:r=25:d=4", "-pix_fmt", "yuv420p"]
    subprocess.run([chosen_ffmpeg().binary, "-v", "error", *source, str(path)], check=True)
    return path


async def size_of(path: Path) -> tuple[int, int]:
    video = (await look(path)).video
    assert video
    return video.width, video.height


async def test_a_combined_sentence_is_done_whole(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk, clips.music)
    said = await caller.say("trim to 0:01-0:03, make it 9:16, add title 'Day one' and lo-fi bgm at 35%")
    for words in ("kept 0:01–0:03", "180×320", "“Day one”", "music.mp3", "35%", "no music library"):
        assert words in said
    result = await caller.render(tmp_path)
    assert decoded_seconds(result, "v") == pytest.approx(2, abs=0.06)
    assert await size_of(result) == (180, 320)
    labels = [track["tt"] for track in (await caller.state())["draft"]["t"]]
    assert labels == [0, 1, 7]


async def test_a_title_is_seen_while_it_stands_and_not_after(caller: Caller, tmp_path: Path) -> None:
    await caller.upload(make_black(tmp_path / "black.mp4"))
    await caller.say("在顶部加黄色标题“你好”，前2秒")
    result = await caller.render(tmp_path)
    shown, gone = frame(result, 1, (320, 180)), frame(result, 3, (320, 180))
    bright = np.argwhere((shown[:, :, 0] > 180) & (shown[:, :, 2] < 110))
    assert len(bright) > 30
    assert bright[:, 0].mean() < 90, "it stands in the upper half"
    assert gone.max() < 40


async def test_a_part_is_cut_out_and_the_rest_joined(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk)
    assert await caller.say("cut from 1s to 2s") == "I cut out 0:01–0:02; it is now 0:03 long."
    result = await caller.render(tmp_path)
    assert decoded_seconds(result, "v") == pytest.approx(3, abs=0.06)
    assert decoded_seconds(result, "a") == pytest.approx(3, abs=0.06)


async def test_a_muted_part_is_silent_and_the_rest_is_not(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk)
    assert "0:01–0:02" in await caller.say("mute 0:01 to 0:02")
    result = await caller.render(tmp_path)
    assert loudness(result, start=1.15, seconds=0.7) < -60
    assert loudness(result, start=2.3, seconds=1) > -30


async def test_twice_as_fast_takes_half_the_time(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk)
    assert "0:02 long" in await caller.say("make it twice as fast")
    result = await caller.render(tmp_path)
    assert decoded_seconds(result, "v") == pytest.approx(2, abs=0.08)
    assert decoded_seconds(result, "a") == pytest.approx(2, abs=0.08)


async def test_music_under_a_silent_video_goes_on_to_its_end(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.silent, make_audio(tmp_path / "short.mp3", seconds=1))
    assert "again and again" in await caller.say("use the mp3 as background music at 50%")
    half = await caller.render(tmp_path)
    assert loudness(half, start=2, seconds=0.8) > -40
    await caller.say("turn the music down by half")
    quarter = await caller.render(tmp_path)
    assert loudness(quarter) == pytest.approx(loudness(half) - 6, abs=1)


async def test_without_a_file_of_music_one_is_asked_for(caller: Caller, clips: Clips) -> None:
    await caller.upload(clips.talk)
    assert "no music library" in await caller.say("add lo-fi background music at 35%")
    assert (await caller.state())["draft"] == {}


async def test_a_fade_ends_in_black_and_silence(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk)
    await caller.say("fade out over 2 seconds")
    result = await caller.render(tmp_path)
    assert frame(result, 3.92, (320, 180)).mean() < 25 < frame(result, 1, (320, 180)).mean()
    assert loudness(result, start=3.8, seconds=0.2) < loudness(result, start=1, seconds=1) - 10


async def test_a_square_is_cropped_where_that_is_asked_for(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk)
    assert "cropping" in await caller.say("square version for instagram, crop it")
    assert await size_of(await caller.render(tmp_path)) == (180, 180)


async def test_a_song_becomes_a_video(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(make_audio(tmp_path / "song.mp3", seconds=2), make_picture(tmp_path / "cover.png"))
    said = await caller.say("turn this song into a square video with the cover art, title 'Night'")
    assert "1080×1080" in said
    result = await caller.render(tmp_path, resolution="360p")
    assert await size_of(result) == (360, 360)
    assert decoded_seconds(result, "v") == pytest.approx(2, abs=0.15)


async def test_edits_add_up_and_are_taken_back_one_by_one(caller: Caller, clips: Clips) -> None:
    await caller.upload(clips.talk)
    drafts = []
    for text in ("cut 1s to 2s", "make it 9:16", "加标题“一”", "speed it up 2x"):
        await caller.say(text)
        drafts.append((await caller.state())["draft"])
    for draft in reversed(drafts[:-1]):
        await caller.say("undo")
        assert (await caller.state())["draft"] == draft
    await caller.say("go back to the original video")
    back = (await caller.state())["draft"]
    assert (back["d"], len(back["t"])) == (pytest.approx(4000, abs=60), 1)
    await caller.say("undo")
    assert (await caller.state())["draft"] == drafts[0]


async def test_several_edits_are_taken_back_at_once_and_brought_again_one_by_one(caller: Caller, clips: Clips) -> None:
    await caller.upload(clips.talk)
    drafts = []
    for text in ("cut 1s to 2s", "make it 9:16", "加标题“一”"):
        await caller.say(text)
        drafts.append((await caller.state())["draft"])
    assert await caller.say("undo the last two") == "I took back the last 2 edits."
    assert (await caller.state())["draft"] == drafts[0]
    for draft in drafts[1:]:
        assert await caller.say("redo") == "I made that edit again."
        assert (await caller.state())["draft"] == draft
    assert await caller.say("redo") == "There is no edit to make again."
    assert "every edit there was (3)" in await caller.say("undo the last 5 edits")
    await caller.say("speed it up 2x")
    assert await caller.say("重做") == "没有可以恢复的编辑。"


async def test_clips_of_several_shapes_are_joined_in_the_order_they_came(
    caller: Caller, clips: Clips, tmp_path: Path
) -> None:
    tall = make_clip(tmp_path / "tall.mp4", seconds=2, size="180x320")
    await caller.upload(clips.talk, clips.silent, tall)
    said = await caller.say("join the three videos")
    assert said.startswith("I put “talk.mp4”, “silent.mp4” and “tall.mp4” one after the other; it is now 0:09 long.")
    assert "another shape is shown whole" in said
    result = await caller.render(tmp_path)
    assert await size_of(result) == (320, 180)
    assert decoded_seconds(result, "v") == pytest.approx(9, abs=0.15)
    assert decoded_seconds(result, "a") == pytest.approx(9, abs=0.15)
    assert loudness(result, start=7.5, seconds=1) > -40
    assert loudness(result, start=4.5, seconds=2) < -60


async def test_a_clip_that_came_later_is_joined_to_the_edited_one(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk)
    await caller.say("keep the first 2 seconds")
    assert "at least two" in await caller.say("join the two clips")
    await caller.upload(clips.silent)
    assert "0:05 long" in await caller.say("join the two clips")
    assert decoded_seconds(await caller.render(tmp_path), "v") == pytest.approx(5, abs=0.1)


async def test_the_answer_is_in_the_language_of_the_request(caller: Caller, clips: Clips) -> None:
    await caller.upload(clips.talk)
    assert await caller.say("第1秒到第2秒静音") == "已将 0:01–0:02 静音。"
    assert await caller.say("mute 0:02 to 0:03") == "I muted 0:02–0:03."
    assert "不能生成" in await caller.say("生成一个小猫跳舞的视频")
    assert "cannot generate" in await caller.say("generate a cat video")


async def test_a_sound_that_came_later_does_not_take_the_edited_video_away(caller: Caller, clips: Clips) -> None:
    await caller.upload(clips.talk)
    await caller.say("keep the first 3 seconds")
    await caller.upload(clips.music)
    await caller.say("add the caption 'hi'")
    assert (await caller.state())["draft"]["t"][0]["sg"][0]["n"] == "talk.mp4"


async def test_what_a_large_clip_loses_is_said(caller: Caller, tmp_path: Path) -> None:
    await caller.upload(make_clip(tmp_path / "wide.mp4", seconds=1, size="640x360"))
    assert "whole picture" in await caller.say("this needs to be for youtube shorts")
    assert "filled by cropping" in await caller.say("crop it to 1:1")


async def test_that_the_picture_is_untouched_is_said_where_it_is_so(caller: Caller, clips: Clips) -> None:
    await caller.upload(clips.talk)
    assert "The picture is untouched." in await caller.say("remove the music and keep the voice")
    await caller.say("start over")
    assert "untouched" not in await caller.say("remove the music, keep the voice and make it 9:16")
    await caller.upload(clips.music)
    assert "untouched" not in await caller.say("remove the music and keep the voice")


@pytest.mark.parametrize(
    "words", ["turn the volume down to 10% from 0:02 to 0:04", "第2秒到第4秒的音量调到10%"], ids=["en", "zh"]
)
async def test_a_part_is_as_loud_as_was_said_and_an_undo_takes_that_back(
    caller: Caller, tmp_path: Path, words: str
) -> None:
    await caller.upload(make_audio(tmp_path / "tone.wav", seconds=6))
    said = await caller.say(words)
    assert "0:02–0:04" in said, said
    assert "10%" in said, said
    made = await caller.render(tmp_path, format="wav")
    before, within, behind = (loudness(made, start=start, seconds=1.8) for start in (0.1, 2.1, 4.1))
    assert before == pytest.approx(behind, abs=0.2)
    assert within - before == pytest.approx(-20, abs=0.3)
    await caller.say("undo")
    plain = await caller.render(tmp_path, format="wav")
    assert loudness(plain, start=2.1, seconds=1.8) == pytest.approx(before, abs=0.2)
