"""A file and a request come in, finished media goes out."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from core.messages import Incoming, Outgoing, Place, Sent, Tone
from core.settings import Settings
from tests.conversations.talk import HERE, Talk, action, conversation, labels
from tests.making import chosen_ffmpeg, make_animation, make_audio, make_clip, make_lesser_ffmpeg
from tests.servers.cloud import FakeCloud
from tests.servers.script import TIMELINE, Reply, Turn
from tests.talking import LIMITS


async def test_a_video_with_a_request_comes_back_as_a_new_message_with_media_and_link(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.turns.append(Turn("Trimmed it."))
    [result] = await talk.say("only keep the first 2 seconds", clip)
    assert result.tone is Tone.RESULT
    assert result.media
    assert (result.media[0].name, result.media[0].kind, result.media[0].width, result.media[0].height) == (
        "talk.mp4",
        "video",
        320,
        180,
    )
    assert result.media[0].duration is not None
    assert abs(result.media[0].duration - 3) < 0.1
    assert result.link.startswith(cloud.cdn)
    assert result.link in result.text
    assert result.text.startswith("Trimmed it.")
    assert result.reply_to == "request"


async def test_the_upload_is_the_file_and_the_turn_is_the_words(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    assert cloud.uploads[0].data == clip.read_bytes()
    assert [request.said for request in cloud.asked("run")] == ["make it brighter"]


@pytest.mark.ffmpeg
async def test_an_mp3_is_made_here_when_the_cloud_renders_an_mp4(
    talk: Talk, cloud: FakeCloud, clip: Path, tmp_path: Path
) -> None:
    kept: list[Path] = []
    send = talk.messenger.send

    async def keep(place: Place, message: Outgoing) -> Sent:
        for media in message.media:  # the file is gone when the job is over
            kept.append(tmp_path / media.name)
            kept[-1].write_bytes(media.path.read_bytes())
        return await send(place, message)

    talk.messenger.send = keep  # type: ignore[method-assign]
    [result] = await talk.say("extract the audio and save it as an MP3 file", clip)
    assert cloud.asked("render")[0].json["output"] == {"format": "mp4", "quality": "high"}
    media = await chosen_ffmpeg().probe(kept[0])
    assert media is not None
    assert media.audio is not None
    assert (media.format, media.video, media.audio.codec, media.audio.bit_rate_k) == ("mp3", None, "mp3", 192)
    assert media.duration is not None
    assert abs(media.duration - 3) < 0.1
    assert "The video it was taken from" in result.text


async def test_the_skill_and_the_account_stand_on_every_request(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("extract the audio", clip)
    calls = [request for request in cloud.requests if request.endpoint not in ("token", "media")]
    assert {"session", "upload", "state", "run", "render", "poll"} <= {request.endpoint for request in calls}
    assert all(request.headers["authorization"] == f"Bearer {cloud.token}" for request in calls)
    for request in [*cloud.asked("token"), *calls]:
        assert request.headers["x-skill-source"] == "mp4-to-mp3"
        assert request.headers["x-skill-version"]
        assert request.headers["x-skill-platform"] == "unknown"
    assert all("authorization" not in request.headers for request in cloud.asked("media"))


async def test_the_draft_goes_back_to_the_letter(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    draft = '{"z":1.0, "d":1e4,"t":[ {"tt":0,"sg":[{"n":"\\u6d77","x":0.10,"id":5529798706024415232}]} ]}'
    cloud.turns.append(Turn(draft=draft))
    await talk.say("make it brighter", clip)
    assert draft.encode() in cloud.asked("render")[0].body


async def test_setting_up_is_two_short_words_and_no_token(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    told = "\n".join(talk.messenger.texts)
    assert "Connecting…" in told
    assert cloud.token not in told
    assert cloud.user_id not in told
    assert not any(mark in told for mark in ("{", "}", "session_id", "Traceback"))


async def test_one_status_message_is_edited_and_tidied_at_the_end(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    assert len(talk.messenger.said(Tone.STATUS)) == 1
    last = talk.messenger.shown["1"]
    assert last.text.startswith("✅ Done in")
    assert last.buttons == ()


async def test_a_request_without_a_new_file_is_answered_and_not_exported(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    await talk.say("make it brighter", clip)
    cloud.turns.append(Turn("Added the title.", draft=TIMELINE.replace("Urban", "Rural")))
    [answer] = await talk.say('add a title "Rural Dreams"')
    assert answer.text == "Added the title."
    assert answer.tone is Tone.ANSWER
    assert labels(answer) == ["Export", "Status", "Undo"]
    assert len(cloud.asked("render")) == 1
    [result] = await talk.press(action(answer, "Export"))
    assert result.media
    assert len(cloud.asked("render")) == 2


async def test_a_file_alone_is_kept_and_the_next_words_are_for_it(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    [answer] = await talk.say("", clip)
    assert answer.text == "Got talk.mp4. What shall I do with it?"
    assert len(answer.buttons) == 3
    assert not cloud.asked("run")
    [result] = await talk.say("make it brighter")
    assert result.media


async def test_a_suggestion_can_be_pressed(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    [answer] = await talk.say("", clip)
    extract = next(button for button in answer.buttons if "audio" in button.label)
    [result] = await talk.press(extract.action)
    assert cloud.asked("run")[0].said == extract.label
    assert result.media
    assert result.media[0].name == "talk.mp3"


async def test_several_files_with_one_instruction_get_a_render_and_a_reply_each(
    talk: Talk, cloud: FakeCloud, clip: Path, tmp_path: Path
) -> None:
    other = make_clip(tmp_path / "other.mp4", seconds=1)
    results = await talk.say("extract the audio as MP3", clip, other)
    assert [result.media[0].name for result in results if result.media] == ["talk.mp3", "other.mp3"]
    assert len(cloud.asked("render")) == 2
    assert [request.said.splitlines()[-1] for request in cloud.asked("run")] == ["File: talk.mp4", "File: other.mp4"]
    assert len(cloud.asked("session")) == 1


async def test_files_that_belong_together_make_one_turn(talk: Talk, cloud: FakeCloud, clip: Path, song: Path) -> None:
    [result] = await talk.say("merge this audio and video into a single MP4 file", clip, song)
    assert [upload.name for upload in cloud.uploads] == ["talk.mp4", "song.mp3"]
    assert [request.said for request in cloud.asked("run")] == ["merge this audio and video into a single MP4 file"]
    assert result.media
    assert result.media[0].name == "talk.mp4"


@pytest.mark.ffmpeg
async def test_what_phones_send_is_converted_before_the_upload(talk: Talk, cloud: FakeCloud, tmp_path: Path) -> None:
    voice = make_audio(tmp_path / "voice.ogg", seconds=2)
    lossless = make_audio(tmp_path / "song.flac", seconds=2)
    await talk.say("", voice)
    await talk.say("", lossless)
    assert [upload.name for upload in cloud.uploads] == ["voice.mp3", "song.m4a"]
    for upload in cloud.uploads:
        path = tmp_path / f"got-{upload.name}"
        path.write_bytes(upload.data)
        media = await chosen_ffmpeg().probe(path)
        assert media is not None
        assert media.duration is not None
        assert abs(media.duration - 2) < 0.1


async def test_a_link_to_media_is_fetched_by_the_backend(talk: Talk, cloud: FakeCloud) -> None:
    [result] = await talk.say("make it brighter https://files.example/a/clip.mp4?x=1")
    assert cloud.asked("upload")[0].json == {"urls": ["https://files.example/a/clip.mp4?x=1"], "source_type": "url"}
    assert cloud.asked("run")[0].said == "make it brighter"
    assert result.media


async def test_a_name_that_the_backend_gives_breaks_no_header(talk: Talk, cloud: FakeCloud) -> None:
    given = {"filename": 'a"\r\nX-Evil: 1.mp4', "file_type": "video", "cdn_url": "https://files.example/1.mp4"}
    cloud.replies["upload"].append(Reply(body={"code": 0, "data": {"files": [given], "session_state_applied": True}}))
    [result] = await talk.say("make it brighter https://files.example/a/clip.mp4")
    assert [file.name for file in result.media] == ["a_X-Evil_ 1.mp4"]


async def test_a_result_over_the_platforms_limit_is_a_link_and_says_why(
    settings: Settings, cloud: FakeCloud, clip: Path
) -> None:
    async with conversation(settings, replace(LIMITS, upload=1000)) as talk:
        [result] = await talk.say("make it brighter", clip)
    assert not result.media
    assert "more than the 1 KB that can be sent here" in result.text
    assert result.link in result.text


async def test_the_same_message_twice_is_one_job(talk: Talk, cloud: FakeCloud) -> None:
    await talk.say("make it brighter")
    again = Incoming("twice", HERE, "anna", "make it darker")
    first, second = await asyncio.gather(talk.house.assistant.handle(again), talk.house.assistant.handle(again))
    await talk.settle((*first, *second))
    assert sorted([len(first), len(second)]) == [0, 1]
    assert [request.said for request in cloud.asked("run")] == ["make it brighter", "make it darker"]


async def test_chinese_is_answered_in_chinese_and_the_session_knows_it(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.turns.append(Turn("已提取音频。"))
    [result] = await talk.say("把声音提取成MP3", clip)
    assert "音频提取自这个视频" in result.text
    assert cloud.asked("session")[0].json == {"task_name": "project", "language": "zh-CN"}
    assert "正在" in "".join(talk.messenger.texts)


@pytest.mark.parametrize("words", ["how long is the clip?", "这个视频有多长？"])
async def test_a_question_about_a_file_is_fulfilled_by_its_answer(
    talk: Talk, cloud: FakeCloud, clip: Path, words: str
) -> None:
    cloud.turns.append(Turn("It is 3 seconds long.", draft=None, tools=False))
    [answer] = await talk.say(words, clip)
    assert (answer.tone, answer.text) == (Tone.ANSWER, "It is 3 seconds long.")


async def test_a_file_that_cannot_be_used_costs_no_other_its_result(
    talk: Talk, cloud: FakeCloud, clip: Path, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("no media")
    error, result = sorted(await talk.say("extract the audio as MP3", notes, clip), key=lambda message: message.tone)
    assert "notes.txt" in error.text
    assert result.media


async def test_an_animated_webp_that_cannot_be_read_here_is_said_to_be_one(
    settings: Settings, cloud: FakeCloud, tmp_path: Path
) -> None:
    lesser = make_lesser_ffmpeg(tmp_path / "ffmpeg", "webp_anim")
    moving = make_animation(tmp_path / "cat.webp", ms=[100, 100])
    async with conversation(settings.model_copy(update={"studio_ffmpeg": str(lesser)})) as talk:
        [error] = await talk.say("make it brighter", moving)
    assert "cat.webp is an animated WebP" in error.text
    assert cloud.uploads == []
