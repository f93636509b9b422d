"""A request in every form that people give it: kinds of file, replies, forwards, links, commands, edits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bots.wiring.house import House
from core.settings import BackendKind
from tests.bots.telegram.house import running, settings_for
from tests.making import chosen_ffmpeg, make_audio, make_clip, make_picture
from tests.servers.gate import Gate
from tests.servers.telegram import Item, TelegramServer

MP3 = "extract the audio as mp3"
NAMES = {
    "video": "talk.mp4",
    "audio": "song.mp3",
    "voice": "voice.ogg",
    "video_note": "note.mp4",
    "animation": "loop.mp4",
    "document": "talk.mov",
    "photo": "still.jpg",
}


def a_file(folder: Path, kind: str) -> Path:
    path = folder / NAMES[kind]
    match path.suffix:
        case ".jpg":
            return make_picture(path)
        case ".mp3" | ".ogg":
            return make_audio(path, seconds=1)
        case _:
            return make_clip(path, seconds=1, size="160x90")


@pytest.mark.parametrize("kind", NAMES)
async def test_every_kind_of_file_is_taken_also_without_name_and_type(
    bot: House, telegram: TelegramServer, tmp_path: Path, kind: str
) -> None:
    path = a_file(tmp_path, kind)
    bare = kind not in ("audio", "document", "video", "animation")
    anna = telegram.person("Anna")
    anna.send_file(Item(kind, path, "", "" if bare else path.name, "" if bare else None))
    kept = await anna.chat.hears("What shall I do with it?", 60)
    assert kept.buttons
    await anna.chat.hears("✅ Done in")


async def test_a_forwarded_video_is_edited_by_words_in_reply_to_it(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    video = anna.send_video(short, forwarded=True)
    await anna.chat.hears("What shall I do with it?")
    asked = anna.send(MP3, reply_to=video)
    [result] = await anna.chat.receives()
    assert result.reply_to == asked.id


async def test_a_forwarded_album_is_done_by_the_words_that_came_before_it(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send(MP3)
    await anna.chat.hears("Which file?")
    anna.send_album([Item("video", short, "", "a.mp4"), Item("video", short, "", "b.mp4")], forwarded=True)
    results = await anna.chat.receives(2)
    await anna.chat.hears("✅ Done in")
    assert [anna.chat.file(one).name for one in anna.chat.media] == ["a.mp3", "b.mp3"]
    assert len({one.json["media_group_id"] for one in results}) == 1


async def test_words_in_reply_to_an_item_of_an_album_are_for_that_item(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    items = [Item("video", short, "", "a.mp4"), Item("video", short, "", "b.mp4")]
    _, second = anna.send_album(items, forwarded=True)
    await anna.chat.hears("Got a.mp4, b.mp4.")
    anna.send(MP3, reply_to=second)
    await anna.chat.receives()
    await anna.chat.until(lambda: sum("✅ Done" in one.text for one in anna.chat.shown) == 2)
    assert [anna.chat.file(one).name for one in anna.chat.media] == ["b.mp3"]


async def test_a_video_of_another_chat_that_is_quoted_is_edited(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    lab = telegram.supergroup("Lab", ben)
    for elsewhere in (ben.send_video(short, "look at this", to=lab), ben.send_video(short)):
        before = len(anna.chat.media)
        asked = anna.send(MP3, elsewhere=elsewhere, quote="look")
        *_, result = await anna.chat.receives(before + 1)
        assert result.reply_to is None or result.reply_to == asked.id
        assert "audio" in result.json


async def test_a_command_in_a_group_takes_the_quoted_video_of_another_chat(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    lab, club = telegram.supergroup("Lab", ben), telegram.supergroup("Club", anna)
    elsewhere = ben.send_video(short, "only keep the first 0.5 seconds", to=lab)
    asked = anna.send(f"/edit@cutroom_bot {MP3}", to=club, elsewhere=elsewhere, quote="only keep")
    [result] = await club.receives()
    assert result.reply_to == asked.id
    assert "audio" in result.json, "the quoted words are no request"


async def test_words_in_reply_to_a_story_are_words(bot: House, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send("/status", story=True)
    await anna.chat.hears("There is no project yet")
    anna.send(MP3, story=True)
    await anna.chat.hears("Which file?")


async def test_words_in_reply_to_a_result_work_on_the_project(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send_video(short, "only keep the first 0.5 seconds")
    [result] = await anna.chat.receives()
    anna.send(MP3, reply_to=result)
    await anna.chat.receives(2)
    assert "audio" in anna.chat.media[1].json


async def test_words_in_reply_to_an_older_result_work_on_the_project_as_it_was_then(
    bot: House, telegram: TelegramServer, short: Path, tmp_path: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send_video(short, "only keep the first 0.5 seconds", name="talk.mp4")
    [result] = await anna.chat.receives()
    anna.send("mute it and export")
    await anna.chat.receives(2)
    anna.send("make it 1:1", reply_to=result)
    *_, third = await anna.chat.receives(3)
    assert "I took it back to how it was then" in third.text
    assert "Edit this file instead" in third.buttons
    file = anna.chat.file(third)
    path = tmp_path / file.name
    path.write_bytes(file.data)
    media = await chosen_ffmpeg().probe(path)
    assert media is not None
    assert media.audio is not None, "it was muted after that result"
    assert file.name == "talk.mp4"
    assert media.duration == pytest.approx(0.5, abs=0.2)


async def test_a_second_edit_in_reply_to_the_same_video_keeps_what_others_did_to_it(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    lab = telegram.supergroup("Lab", anna, ben)
    video = anna.send_video(short, to=lab, name="talk.mp4")
    anna.send("/edit@cutroom_bot only keep the first 0.5 seconds", to=lab, reply_to=video)
    await lab.receives()
    ben.send("/edit@cutroom_bot make it 1:1", to=lab, reply_to=video)
    _, second = await lab.receives(2)
    assert lab.file(second).name == "talk.mp4"
    assert second.json["video"]["duration"] <= 1
    assert second.json["video"]["width"] == second.json["video"]["height"]


async def test_a_public_link_is_fetched_by_the_backend_itself(
    telegram: TelegramServer, gate: Gate, tmp_path: Path
) -> None:
    cloud = settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=gate.url, retry_seconds=0.1)
    async with running(cloud):
        anna = telegram.person("Anna")
        anna.send(f"{MP3} https://files.example.com/talk.mp4")
        await gate.came("upload")
        [sent] = gate.of("upload")
        assert json.loads(sent.body)["urls"] == ["https://files.example.com/talk.mp4"]
        assert telegram.asked("getFile") == []


COMMANDS = {
    "/start": "Hello! Send me a video",
    "/help": "only keep 0:10 to 0:40",
    "/edit": "/edit cut the first 3 seconds",
    "/export": "There is nothing to export yet",
    "/status": "There is no project yet",
    "/credits": "credits",
    "/upload": "tell me in words what you want",
    "/new": "A new project is open",
    "/skill": "Which skill shall I work with?",
    "/cancel": "There is nothing to cancel",
    "/language": "Which language shall I speak?",
    "/settings": "Which language shall I speak?",
}


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_command_of_the_menu_is_answered(bot: House, telegram: TelegramServer, command: str) -> None:
    anna = telegram.person("Anna")
    anna.send(command)
    await anna.chat.hears(COMMANDS[command])
    assert len(anna.chat.shown) == 1, anna.chat.read_aloud()


async def test_an_unknown_command_is_answered_with_what_can_be_done(bot: House, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send("/frobnicate")
    await anna.chat.hears("Send me a video")


async def test_an_edited_request_replaces_the_one_that_waits_and_comes_too_late_for_the_other(
    telegram: TelegramServer, gate: Gate, short: Path, tmp_path: Path
) -> None:
    cloud = settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=gate.url)
    gate.close("run")
    async with running(cloud):
        anna = telegram.person("Anna")
        first = anna.send_video(short, MP3, name="first.mp4")
        waits = anna.send_video(short, "save the sound as wav", name="second.mp4")
        await gate.waits("run")
        anna.edit(waits, "save the sound as m4a")
        anna.edit(first, "save the sound as wav")
        await anna.chat.hears("the changed words came too late")
        await anna.chat.hears("✏️ Changed")
        gate.open("run")
        await anna.chat.receives(2)
        await anna.chat.until(lambda: sum("✅" in one.text for one in anna.chat.shown) == 2)
        assert [anna.chat.file(one).name for one in anna.chat.media] == ["first.mp3", "second.m4a"]


async def test_a_channel_that_the_bot_runs_is_answered_there(bot: House, telegram: TelegramServer, short: Path) -> None:
    anna = telegram.person("Anna")
    channel = telegram.channel("News", anna)
    anna.send_video(short, f"/edit@cutroom_bot {MP3}", to=channel)
    [result] = await channel.receives()
    assert "audio" in result.json
