"""Requests of a chat are done in the order in which they came, however long each takes to be looked at."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from bots.telegram.webhook import HEADER, PATH, secret_of
from bots.wiring.house import House
from core.access import Access
from tests.bots.telegram.house import running, settings_for
from tests.servers.telegram import Fault, Item, Kind, TelegramServer

MP3 = "extract the audio as mp3"


@pytest.mark.usefixtures("bot")
async def test_what_is_said_right_after_an_album_is_about_it(telegram: TelegramServer, bot: House, short: Path) -> None:
    anna = telegram.person("Anna")
    anna.send_album([Item("video", short, "", "a.mp4"), Item("video", short, "", "b.mp4")])
    anna.send("join these clips")
    await anna.chat.receives()
    edit, upload = await bot.store.jobs()
    assert [file.name for file in upload.attachments] == ["a.mp4", "b.mp4"]
    assert edit.request == "join these clips"
    assert "Send me" not in anna.chat.read_aloud()


async def test_two_albums_in_a_row_keep_their_order(bot: House, telegram: TelegramServer, short: Path) -> None:
    anna = telegram.person("Anna")
    anna.send_album([Item("video", short, MP3, "a.mp4"), Item("video", short, "", "b.mp4")])
    anna.send_album([Item("video", short, MP3, "c.mp4"), Item("video", short, "", "d.mp4")])
    await anna.chat.receives(4)
    files = [file.name for job in reversed(await bot.store.jobs()) for file in job.attachments]
    assert files == ["a.mp4", "b.mp4", "c.mp4", "d.mp4"]


async def test_somebody_elses_words_do_not_end_an_album(bot: House, telegram: TelegramServer, short: Path) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    group = telegram.supergroup("Lab", anna, ben)
    caption = f"/edit@cutroom_bot {MP3}"
    album = [Item("video", short, caption, "a.mp4"), Item("video", short, caption, "b.mp4")]
    anna.send_album(album, to=group)
    ben.send("/help@cutroom_bot", to=group)
    await group.receives(2)
    assert [len(job.attachments) for job in await bot.store.jobs()] == [1, 1]


async def test_updates_that_a_webhook_brings_at_once_wait_for_each_other(
    telegram: TelegramServer, tmp_path: Path, unused_tcp_port: int
) -> None:
    """The first one takes long: the server is asked whether its writer is in charge."""
    url = f"http://127.0.0.1:{unused_tcp_port}"
    settings = settings_for(
        telegram, tmp_path, telegram_webhook=True, public_url=url, port=unused_tcp_port, telegram_access=Access.ADMINS
    )
    async with running(settings) as house, httpx.AsyncClient() as http:
        anna = telegram.person("Anna")
        group = telegram.supergroup("Lab", anna)
        await telegram.world.until(lambda: not telegram.updates.pending)
        telegram.fail(Fault(Kind.DELAY, "getChatMember", delay=0.6))
        secret = {HEADER: secret_of(telegram.token)}
        bodies = [_update(telegram, group.id, anna.json, number) for number in range(3)]
        sending = [asyncio.create_task(http.post(url + PATH, json=body, headers=secret)) for body in bodies]
        for task in sending:
            assert (await task).status_code == 200
        assert [job.request for job in reversed(await house.store.jobs())] == ["make it T0", "make it T1", "make it T2"]


def _update(telegram: TelegramServer, chat: int, person: dict[str, object], number: int) -> dict[str, object]:
    words = f"/edit@cutroom_bot make it T{number}"
    room = {"id": chat, "type": "supergroup", "title": "Lab"}
    message = {"message_id": 900 + number, "date": 1_790_000_000, "chat": room, "from": person, "text": words}
    return {"update_id": 77_000 + number, "message": message}
