"""Topics of a private chat: each is a place of its own, and everything about a request is said in its topic."""

from __future__ import annotations

from pathlib import Path

from bots.wiring.house import House
from core.settings import BackendKind
from tests.bots.telegram.house import running, settings_for
from tests.servers.gate import Gate
from tests.servers.telegram import Item, TelegramServer

MP3 = "extract the audio as mp3"


async def test_all_about_a_request_is_said_in_its_topic(bot: House, telegram: TelegramServer, short: Path) -> None:
    anna = telegram.person("Anna")
    holiday = telegram.topic(anna.chat, "Holiday")
    asked = anna.send_video(short, MP3, to=holiday)
    [result] = await holiday.receives()
    await holiday.hears("✅ Done in")
    assert result.reply_to == asked.id
    assert {one.thread for one in anna.chat.shown} == {holiday.thread}, anna.chat.read_aloud()
    assert {thread for _, _, thread in anna.chat.room.actions} == {holiday.thread}
    assert [job.place.key for job in await bot.store.jobs()] == [f"{anna.id}/{holiday.thread}"]


async def test_an_album_comes_back_in_its_topic(bot: House, telegram: TelegramServer, short: Path) -> None:
    anna = telegram.person("Anna")
    holiday = telegram.topic(anna.chat, "Holiday")
    anna.send_album([Item("video", short, MP3, "a.mp4"), Item("video", short, "", "b.mp4")], to=holiday)
    await holiday.receives(2)
    await holiday.hears("What next?")
    await holiday.hears("✅ Done in")
    assert {one.thread for one in anna.chat.shown} == {holiday.thread}, anna.chat.read_aloud()


async def test_each_topic_has_its_project_and_the_chat_itself_has_one(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    holiday, work = telegram.topic(anna.chat, "Holiday"), telegram.topic(anna.chat, "Work")
    anna.send_video(short, to=holiday)
    await holiday.hears("What shall I do with it?")
    await holiday.hears("✅ Done in")
    anna.send("/export", to=work)
    await work.hears("There is nothing to export yet")
    anna.send("/export")
    await anna.chat.until(lambda: [one.thread for one in anna.chat.shown][-1] is None)
    assert "There is nothing to export yet" in anna.chat.last.text
    anna.send(MP3, to=holiday)
    await holiday.receives()


async def test_a_button_of_a_topic_is_answered_there(bot: House, telegram: TelegramServer, short: Path) -> None:
    anna = telegram.person("Anna")
    holiday = telegram.topic(anna.chat, "Holiday")
    anna.send_video(short, "only keep the first 0.5 seconds", to=holiday)
    await holiday.receives()
    await holiday.hears("✅ Done in")
    await anna.press("Status", to=holiday).answered()
    await holiday.hears("Timeline")
    assert {one.thread for one in anna.chat.shown} == {holiday.thread}, anna.chat.read_aloud()


async def test_a_button_whose_message_the_server_no_longer_has_finds_its_topic_by_its_job(
    telegram: TelegramServer, gate: Gate, short: Path, tmp_path: Path
) -> None:
    gate.close("run")
    async with running(settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=gate.url)):
        anna, ben = telegram.person("Anna"), telegram.person("Ben")
        forum = telegram.forum("Studio", anna)
        for place in (telegram.topic(anna.chat, "Holiday"), telegram.topic(forum, "Trailers")):
            anna.send_video(short, f"/edit@cutroom_bot {MP3}", to=place)
            status = await place.hears("Working on your edit…")
            ben.send("/start")
            forged = ben.press_data(status.keyboard[0][0]["callback_data"], status, to=ben.chat, old=True)
            await forged.answered()
            await ben.chat.hears("There is nothing to cancel")
            await anna.press("Cancel", status, to=place, old=True).answered()
            await place.hears("🚫 Cancelled after")
            await place.hears("Cancelled. ")
