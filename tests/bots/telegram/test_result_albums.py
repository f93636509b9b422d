"""An album comes back as an album: one message of several files in reply to the request, and one status beside it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bots.wiring.house import House
from core.messages import Place
from core.settings import BackendKind
from core.store import Lease
from tests.bots.telegram.house import running, settings_for
from tests.clock import ForwardClock
from tests.making import make_clip
from tests.servers.gate import Gate
from tests.servers.telegram import Fault, Item, Kind, Person, Standing, TelegramServer

MP3 = "extract the audio as mp3"
SHORT = "only keep the first 0.5 seconds"
PATIENT = Lease(ready=86_400.0)  # what is ready waits for the others, however slow the machine is


def three(short: Path, words: str) -> list[Item]:
    return [Item("video", short, words if name == "a" else "", f"{name}.mp4") for name in "abc"]


def albums(person: Person) -> list[list[str]]:
    """The names in each album and in each message by itself, in their order."""
    shown: dict[str, list[str]] = {}
    for one in person.chat.media:
        shown.setdefault(one.json.get("media_group_id", str(one.id)), []).append(person.chat.file(one).name)
    return list(shown.values())


async def test_an_album_of_videos_comes_back_as_one(bot: House, telegram: TelegramServer, short: Path) -> None:
    anna = telegram.person("Anna")
    asked, *_ = anna.send_album(three(short, SHORT))
    first, *others = await anna.chat.receives(3)
    status = await anna.chat.hears("✅ Done in")
    assert albums(anna) == [["a.mp4", "b.mp4", "c.mp4"]]
    assert all(f"🎬 {name}.mp4" in first.text for name in "abc")
    assert [other.text for other in others] == ["", ""]
    assert {one.reply_to for one in (first, *others)} == {asked.id}
    assert not first.silent
    assert all("thumbnail" in one.json["video"] for one in (first, *others))
    below = await anna.chat.hears("What next?")
    assert (below.reply_to, below.silent) == (first.id, True)
    assert len(anna.chat.shown) == 3 + 2, anna.chat.read_aloud()
    assert status.id < first.id, "the one that stood there from the beginning"
    await anna.chat.until(lambda: asked.reactions == ["👍"])


async def test_each_of_an_album_can_be_shared(bot: House, telegram: TelegramServer, short: Path) -> None:
    anna = telegram.person("Anna")
    anna.send_album(three(short, MP3))
    await anna.chat.receives(3)
    await anna.chat.hears("✅ Done in")
    found = await anna.ask_inline("").results()
    handles = {one["audio_file_id"] for one in found}
    assert handles == {one.json["audio"]["file_id"] for one in anna.chat.media}


async def test_each_of_an_album_is_known_as_the_result_that_it_is(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send_album(three(short, MP3))
    shown = await anna.chat.receives(3)
    await anna.chat.hears("✅ Done in")
    here = Place("telegram", str(anna.id))
    for one in shown:
        kept = await bot.store.result_of_message(here, str(one.id))
        assert kept is not None
        assert kept.name == anna.chat.file(one).name


async def test_a_sound_beside_its_video_is_known_as_the_same_result(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send("skill music-to-free")
    await anna.chat.hears("From now on")
    anna.send_video(short, SHORT)
    shown = await anna.chat.receives(2)
    await anna.chat.hears("✅ Done in")
    here = Place("telegram", str(anna.id))
    kept = [await bot.store.result_of_message(here, str(one.id)) for one in shown]
    assert kept[0] is not None
    assert kept[0] == kept[1]


async def test_videos_and_sounds_of_one_request_are_an_album_each(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send_album(
        [
            Item("video", short, MP3, "a.mp4"),
            Item("video", short, SHORT, "b.mp4"),
            Item("video", short, MP3, "c.mp4"),
            Item("video", short, SHORT, "d.mp4"),
        ]
    )
    await anna.chat.receives(4)
    await anna.chat.hears("✅ Done in")
    assert albums(anna) == [["a.mp3", "c.mp3"], ["b.mp4", "d.mp4"]]


async def test_files_that_are_no_films_come_back_as_documents_together(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send_album(three(short, "save the sound as wav")[:2])
    documents = await anna.chat.receives(2)
    await anna.chat.hears("✅ Done in")
    assert albums(anna) == [["a.wav", "b.wav"]]
    assert all("document" in one.json for one in documents)


async def test_what_fails_is_said_and_the_others_come_together(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    items = three(short, MP3)
    anna.send_album([items[0], Item("video", b"no film at all", "", "broken.mp4"), items[2]])
    await anna.chat.receives(2)
    status = await anna.chat.hears("⚠️ Done in")
    assert status.text.endswith("but not broken.mp4")
    assert albums(anna) == [["a.mp3", "c.mp3"]]
    [said] = [one for one in anna.chat.shown if not one.silent and one not in anna.chat.media]
    assert said.text.startswith("broken.mp4 is not a video")


async def test_what_is_too_large_for_the_platform_is_made_to_fit_beside_the_album(
    telegram: TelegramServer, short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = make_clip(tmp_path / "long.mp4", seconds=4, size="640x360")
    monkeypatch.setattr("bots.telegram.app.CLOUD_UPLOAD", 150_000)
    async with running(settings_for(telegram, tmp_path), lease=PATIENT):
        anna = telegram.person("Anna")
        items = three(short, "only keep the first 3 seconds")
        anna.send_album([Item("video", long, items[0].caption, "long.mp4"), *items[1:]])
        large, *_ = await anna.chat.receives(3)
        await anna.chat.hears("✅ Done in")
        assert albums(anna) == [["long.mp4"], ["b.mp4", "c.mp4"]]
        assert "Made smaller to fit" in large.text
        assert anna.chat.file(large).size <= 150_000


async def test_what_would_be_spoilt_is_offered_in_other_forms_below_the_album(
    telegram: TelegramServer, short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = make_clip(tmp_path / "long.mp4", seconds=8, size="1280x720")
    monkeypatch.setattr("bots.telegram.app.CLOUD_UPLOAD", 70_000)
    async with running(settings_for(telegram, tmp_path)):
        anna = telegram.person("Anna")
        items = three(short, SHORT)
        anna.send_album([Item("video", long, "only keep the first 6 seconds", "long.mp4"), *items[1:]])
        first, _ = await anna.chat.receives(2)
        await anna.chat.hears("✅ Done in")
        assert albums(anna) == [["b.mp4"], ["c.mp4"]], "together they are too large"
        assert "long.mp4 is" in first.text
        anna.press("Only the sound")
        [*_, sound] = await anna.chat.receives(3)
        assert "audio" in sound.json


async def test_an_album_whose_answer_is_lost_is_sent_once_more_and_not_again(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    telegram.fail(Fault(Kind.LOSE, "sendMediaGroup", times=5))
    anna = telegram.person("Anna")
    anna.send_album(three(short, MP3))
    await anna.chat.hears("✅ Done in", 60)
    assert albums(anna) == [["a.mp3", "b.mp3", "c.mp3"]] * 2
    assert telegram.asked("sendAudio") == []


async def test_an_album_that_telegram_refuses_comes_one_by_one(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    telegram.fail(Fault(Kind.STATUS, "sendMediaGroup", times=9, status=400))
    anna = telegram.person("Anna")
    asked, *_ = anna.send_album(three(short, MP3))
    results = await anna.chat.receives(3)
    await anna.chat.hears("✅ Done in")
    assert albums(anna) == [["a.mp3"], ["b.mp3"], ["c.mp3"]]
    assert {one.reply_to for one in results} == {asked.id}


async def test_what_is_ready_does_not_wait_for_ever(
    telegram: TelegramServer, gate: Gate, short: Path, tmp_path: Path
) -> None:
    cloud, clock = settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=gate.url), ForwardClock()
    gate.close("render")

    async def next_one() -> None:
        gate.open("render")
        gate.close("render")

    async with running(cloud, clock) as house:
        anna = telegram.person("Anna")
        anna.send_album(three(short, SHORT))
        for _ in range(2):
            await gate.waits("render")
            await next_one()
            await asyncio.sleep(0)
        await anna.chat.hears("✅ 2 ready, 1 to go…", 60)
        await gate.waits("render")
        assert anna.chat.media == []
        clock.ahead = Lease().ready + 1
        house.engine.wake()
        await anna.chat.receives(2)
        gate.open("render")
        await anna.chat.receives(3)
        await anna.chat.until(lambda: albums(anna) == [["a.mp4", "b.mp4"], ["c.mp4"]])


async def test_two_albums_stay_apart(bot: House, telegram: TelegramServer, short: Path) -> None:
    anna = telegram.person("Anna")
    asked: list[Standing] = []
    for words in (MP3, SHORT):
        first, *_ = anna.send_album(three(short, words)[:2])
        asked.append(first)
    results = await anna.chat.receives(4)
    await anna.chat.until(lambda: sum("✅ Done" in one.text for one in anna.chat.shown) == 2)
    assert albums(anna) == [["a.mp3", "b.mp3"], ["a.mp4", "b.mp4"]]
    assert [one.reply_to for one in results] == [asked[0].id] * 2 + [asked[1].id] * 2
