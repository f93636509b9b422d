"""Whole stories over the wire: people in Telegram, `cutroom run` as a process, real media on the studio."""

from __future__ import annotations

from pathlib import Path

from bots.wiring.house import House
from tests.bots.telegram.stories.cutroom import Cutroom
from tests.making import chosen_ffmpeg, decoded_seconds, make_audio, make_silent_clip
from tests.servers.telegram import Chat, Item, Standing, TelegramServer


def saved(chat: Chat, standing: Standing, folder: Path) -> Path:
    """The file of a message, on disk under its own name."""
    file = chat.file(standing)
    path = folder / file.name
    path.write_bytes(file.data)
    return path


async def finished(chat: Chat, timeout: float = 60) -> None:
    """Waits for the status message to be tidied, which comes last."""
    await chat.hears("✅ Done in", timeout)


async def test_a_video_with_a_caption_comes_back_as_an_mp3(
    process: Cutroom, telegram: TelegramServer, clip: Path, tmp_path: Path
) -> None:
    anna = telegram.person("Anna")
    asked = anna.send_video(clip, "extract the audio as mp3", name="talk.mp4")
    [result] = await anna.chat.receives()
    await finished(anna.chat)
    media = await chosen_ffmpeg().probe(saved(anna.chat, result, tmp_path))
    assert media is not None
    assert (media.format, media.video) == ("mp3", None)
    audio = result.json["audio"]
    assert (audio["file_name"], audio["duration"]) == ("talk.mp3", 3)
    assert (result.reply_to, result.silent, result.edits) == (asked.id, False, 0)
    status = next(standing for standing in anna.chat.shown if "✅" in standing.text)
    assert status.silent
    assert status.buttons == []
    await anna.chat.until(lambda: asked.reactions == ["👍"])
    assert len(anna.chat.shown) == 2, anna.chat.read_aloud()  # two bubbles for one
    assert len(telegram.updates.confirmed) == 1


async def test_an_edited_video_has_its_size_length_and_thumbnail(
    bot: House, telegram: TelegramServer, clip: Path, tmp_path: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send_video(clip, "only keep the first 2 seconds", name="talk.mp4")
    [result] = await anna.chat.receives()
    video = result.json["video"]
    assert (video["width"], video["height"], video["duration"]) == (320, 180, 2)
    assert "thumbnail" in video
    sent = telegram.asked("sendVideo")[0]
    assert sent.flag("supports_streaming")
    assert abs(decoded_seconds(saved(anna.chat, result, tmp_path), "v") - 2) < 0.1


async def test_an_album_is_one_request(bot: House, telegram: TelegramServer, clip: Path, tmp_path: Path) -> None:
    song = make_audio(tmp_path / "song.mp3", seconds=3)
    silent = make_silent_clip(tmp_path / "silent.mp4")
    anna = telegram.person("Anna")
    items = [
        Item("document", silent, "", "silent.mp4", "video/mp4"),
        Item("document", song, "merge this audio and video", "song.mp3", "audio/mpeg"),
    ]
    anna.send_album(items)
    [result] = await anna.chat.receives()
    await finished(anna.chat)
    assert decoded_seconds(saved(anna.chat, result, tmp_path), "a") > 2.5
    assert len(anna.chat.media) == 1, anna.chat.read_aloud()


async def test_one_caption_is_for_every_file_of_an_album(bot: House, telegram: TelegramServer, clip: Path) -> None:
    anna = telegram.person("Anna")
    anna.send_album([Item("video", clip, "extract the audio as mp3", "a.mp4"), Item("video", clip, "", "b.mp4")])
    results = await anna.chat.receives(2)
    assert sorted(result.json["audio"]["file_name"] for result in results) == ["a.mp3", "b.mp3"]


async def test_a_command_in_reply_to_a_video_of_a_group_edits_it(
    bot: House, telegram: TelegramServer, clip: Path
) -> None:
    anna, bob = telegram.person("Anna"), telegram.person("Bob")
    group = telegram.supergroup("Film club", anna, bob)
    video = bob.send_video(clip, "look at this", to=group)
    asked = anna.send("/edit@cutroom_bot only keep the first 2 seconds", to=group, reply_to=video)
    [result] = await group.receives()
    assert result.reply_to == asked.id
    assert result.json["video"]["duration"] == 2
    assert result.thread is None or not result.json.get("is_topic_message")


async def test_everything_is_said_in_the_topic_it_belongs_to(bot: House, telegram: TelegramServer, clip: Path) -> None:
    anna = telegram.person("Anna")
    forum = telegram.forum("Studio", anna)
    trailers = telegram.topic(forum, "Trailers")
    video = anna.send_video(clip, to=trailers)
    anna.send("/edit@cutroom_bot only keep the first 2 seconds", to=trailers, reply_to=video)
    await trailers.receives()
    await finished(trailers)
    assert all(standing.thread == trailers.thread for standing in forum.shown), forum.read_aloud()
    assert {thread for _, _, thread in forum.room.actions} <= {trailers.thread}


async def test_the_general_topic_is_answered_without_an_id(bot: House, telegram: TelegramServer, clip: Path) -> None:
    anna = telegram.person("Anna")
    forum = telegram.forum("Studio", anna)
    telegram.topic(forum, "Trailers")
    video = anna.send_video(clip, to=forum)
    anna.send("/edit@cutroom_bot only keep the first 2 seconds", to=forum, reply_to=video)
    [result] = await forum.receives()
    assert result.thread is None
    assert all(call.answer == "ok" for call in telegram.world.calls if call.method.startswith("send"))


async def test_a_refusal_is_signed_as_one_and_takes_nothing_back(
    bot: House, telegram: TelegramServer, clip: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send_video(clip, "only keep the first 2 seconds", name="talk.mp4")
    await anna.chat.receives()
    asked = anna.send("reverse it")
    answer = await anna.chat.hears("I cannot do “reverse”")
    await anna.chat.hears("💬 Answered")
    await anna.chat.until(lambda: asked.reactions == ["😢"])
    assert answer.buttons == ["Export", "Status"]
