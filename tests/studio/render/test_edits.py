"""From words to the finished file: what comes out is decoded and looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.media import Media
from tests.making import chosen_ffmpeg, decoded_seconds, loudness, make_clip, make_turned
from tests.studio.caller import Caller
from tests.studio.conftest import Clips

pytestmark = pytest.mark.ffmpeg


async def look(path: Path) -> Media:
    media = await chosen_ffmpeg().probe(path)
    assert media
    return media


async def test_the_audio_comes_out_as_an_mp3_of_192_kbps(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk)
    await caller.say("extract the audio as MP3")
    state = await caller.state()
    assert [track["tt"] for track in state["draft"]["t"]] == [1]
    assert state["draft"]["m"] == {"title": "talk", "audio_only": True, "format": "mp3", "bitrate": 192}
    result = await caller.render(tmp_path, format="mp3")
    media = await look(result)
    assert media.format == "mp3"
    assert media.audio
    assert media.audio.bit_rate_k == 192
    assert decoded_seconds(result, "a") == pytest.approx(4, abs=0.1)
    assert loudness(result) == pytest.approx(loudness(clips.talk), abs=0.5)


async def test_an_audio_draft_asked_for_as_mp4_is_sound_alone(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk)
    await caller.say("提取音频")
    media = await look(await caller.render(tmp_path))
    assert media.video is None
    assert media.audio
    assert media.format.startswith("mov,mp4")


@pytest.mark.parametrize(("kind", "codec"), [("wav", "pcm_s16le"), ("m4a", "aac")])
async def test_sound_in_other_formats(caller: Caller, clips: Clips, tmp_path: Path, kind: str, codec: str) -> None:
    await caller.upload(clips.talk)
    await caller.say(f"get me the sound as {kind}")
    audio = (await look(await caller.render(tmp_path, format=kind))).audio
    assert audio
    assert audio.codec == codec


async def test_an_mp3_is_copied_and_not_encoded_again(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.music)
    await caller.say("save the audio as mp3")
    assert abs((await caller.render(tmp_path, format="mp3")).stat().st_size - clips.music.stat().st_size) < 2000


async def test_a_trim_is_exact(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk)
    assert "0:01–0:02.5" in await caller.say("only keep 0:01 to 0:02.5")
    result = await caller.render(tmp_path)
    assert decoded_seconds(result, "v") == pytest.approx(1.5, abs=0.05)
    assert decoded_seconds(result, "a") == pytest.approx(1.5, abs=0.05)


async def test_edits_accumulate(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk)
    await caller.say("trim to the first 3 seconds")
    await caller.say("静音")
    await caller.say("remove the first 1 seconds")
    media = await look(result := await caller.render(tmp_path))
    assert media.audio is None
    assert decoded_seconds(result, "v") == pytest.approx(2, abs=0.05)


async def test_muting_copies_the_picture(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk)
    assert await caller.say("mute the video") == "I muted the video."
    media = await look(result := await caller.render(tmp_path))
    assert media.audio is None
    assert loudness(result) == float("-inf")
    assert decoded_seconds(result, "v") == pytest.approx(4, abs=0.05)


async def test_merging_puts_the_sent_sound_under_the_picture(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.silent, clips.music)
    await caller.say("merge this audio and video into a single MP4")
    media = await look(result := await caller.render(tmp_path))
    assert media.video
    assert media.audio
    assert media.audio.layout == "mono"
    assert media.duration == pytest.approx(3, abs=0.1)
    assert loudness(result) == pytest.approx(loudness(clips.music), abs=1)


async def test_mixing_keeps_both_sounds(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk, clips.music)
    await caller.say("put this music under the video and keep the original sound")
    both = loudness(await caller.render(tmp_path))
    await caller.say("mute the video")
    await caller.say("把音频和视频合成")
    alone = loudness(await caller.render(tmp_path))
    assert both > alone + 1


async def test_a_new_file_is_what_the_next_request_means(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk)
    await caller.say("trim to the first 1 seconds")
    await caller.upload(make_clip(tmp_path / "second.mp4", seconds=2))
    await caller.say("mute the video")
    [track] = (await caller.state())["draft"]["t"]
    assert (track["sg"][0]["n"], track["sg"][0]["d"]) == ("second.mp4", 2000)


async def test_a_named_file_is_worked_on(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk, make_clip(tmp_path / "second one.mp4", seconds=2))
    await caller.say("mute the video\nFile: talk.mp4")
    assert (await caller.state())["draft"]["t"][0]["sg"][0]["n"] == "talk.mp4"
    assert "no file named" in await caller.say("mute the video\nFile: third.mp4")


async def test_music_sent_later_plays_under_the_edited_video(caller: Caller, clips: Clips) -> None:
    await caller.upload(clips.talk)
    await caller.say("trim to the first 2 seconds")
    await caller.upload(clips.music)
    await caller.say("add this music to the video")
    video, audio = (await caller.state())["draft"]["t"]
    assert (video["sg"][0]["n"], video["sg"][0]["d"], video["sg"][0]["v"]) == ("talk.mp4", 2000, 1.0)
    assert (audio["sg"][0]["n"], audio["sg"][0]["d"], audio["sg"][0]["v"]) == ("music.mp3", 2000, 0.35)


@pytest.mark.parametrize(
    ("file", "text", "answer"),
    [
        ("silent", "extract the audio", "no sound in it"),
        ("picture", "extract the audio", "is a picture"),
        ("music", "mute it", "only sound"),
        ("music", "merge audio and video", "need a video"),
        ("talk", "merge audio and video", "need an audio file"),
        ("talk", "keep 1:00 to 2:00", "outside of it: it is 0:04 long"),
    ],
)
async def test_what_cannot_be_done_is_said(caller: Caller, clips: Clips, file: str, text: str, answer: str) -> None:
    await caller.upload(getattr(clips, file))
    assert answer in await caller.say(text)
    assert (await caller.state())["draft"] == {}


async def test_a_trim_of_a_trim_is_told_in_the_times_that_were_said(caller: Caller, clips: Clips) -> None:
    await caller.upload(clips.talk)
    await caller.say("keep 0:01 to 0:03")
    assert "I kept 0:01–0:02" in await caller.say("keep 0:01 to 0:02")


async def test_the_sound_of_what_was_trimmed_is_as_long(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk)
    await caller.say("keep 0:01 to 0:03")
    assert "0:02" in await caller.say("extract the audio")
    assert decoded_seconds(await caller.render(tmp_path, format="mp3"), "a") == pytest.approx(2, abs=0.06)


async def test_odd_sizes_and_other_codecs_become_an_mp4_that_plays(caller: Caller, tmp_path: Path) -> None:
    await caller.upload(make_clip(tmp_path / "odd.webm", seconds=1, size="321x181"))
    await caller.say("mute the video")
    video = (await look(await caller.render(tmp_path))).video
    assert video
    assert (video.codec, video.pixel_format) == ("h264", "yuv420p")
    assert (video.width % 2, video.height % 2) == (0, 0)
    assert abs(video.width - 321) <= 1


async def test_quality_and_resolution_are_kept_to(caller: Caller, tmp_path: Path) -> None:
    await caller.upload(make_clip(tmp_path / "large.mp4", seconds=1, size="1280x720"))
    await caller.say("mute the video")
    small = (await look(await caller.render(tmp_path, resolution="360p"))).video
    draft = (await look(await caller.render(tmp_path, quality="draft"))).video
    assert small
    assert draft
    assert (small.width, small.height) == (640, 360)
    assert (draft.width, draft.height) == (960, 540)


async def test_a_turned_phone_video_stays_upright(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    [file] = await caller.upload(make_turned(tmp_path / "phone.mov", clips.talk))
    assert (file["width"], file["height"]) == (180, 320)
    for text in ("mute the video", "trim to the first 1 seconds"):
        await caller.say(text)
        video = (await look(await caller.render(tmp_path))).video
        assert video
        assert (video.width, video.height) == (180, 320)


async def test_a_project_never_grows_past_what_can_be_read_again(caller: Caller, clips: Clips) -> None:
    await caller.upload(clips.talk, clips.music)
    answers = [await caller.say("mix the audio with the video") for _ in range(9)]
    assert "more than fits" in answers[-1]
    assert len((await caller.state())["draft"]["t"]) == 8


async def test_edits_are_taken_back_one_by_one_down_to_the_untouched_file(caller: Caller, clips: Clips) -> None:
    await caller.upload(clips.talk)
    await caller.say("only keep 0:01 to 0:03")
    trimmed = (await caller.state())["draft"]
    await caller.say("静音")
    assert await caller.say("undo that") == "I took back the last edit."
    assert (await caller.state())["draft"] == trimmed
    assert await caller.say("撤销上一步") == "已撤销上一次编辑。"
    untouched = (await caller.state())["draft"]
    assert untouched["d"] > trimmed["d"]
    assert await caller.say("undo") == "There is no edit to take back."
    assert (await caller.state())["draft"] == untouched
