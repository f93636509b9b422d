"""An update is confirmed to Telegram when it is in the database, and not before: by polling and by webhook."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bots.wiring.configuration import Configuration
from tests.bots.telegram.house import running, settings_for
from tests.servers.telegram import TelegramServer

BUSY = 0.05
MP3 = "extract the audio as mp3"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bots.telegram.polling.TROUBLE_SECONDS", 0.1)


@contextmanager
def locked(settings: Configuration) -> Iterator[None]:
    """Another program writes to the database all the while."""
    with closing(sqlite3.connect(settings.core.data_dir / "cutroom.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        yield
        other.execute("rollback")


async def test_what_cannot_be_saved_is_not_confirmed_and_polled_again(
    telegram: TelegramServer, short: Path, tmp_path: Path
) -> None:
    settings = settings_for(telegram, tmp_path)
    async with running(settings, busy=BUSY):
        anna = telegram.person("Anna")
        with locked(settings):
            asked = anna.send_video(short, MP3)
            [update] = telegram.updates.pending
            await telegram.world.until(lambda: len(telegram.asked("getUpdates")) >= 4)
            assert telegram.updates.handed_out[update.id] >= 2
            assert update.id not in telegram.updates.confirmed
            assert anna.chat.shown == []
        [result] = await anna.chat.receives()
        assert result.reply_to == asked.id
        assert update.id in telegram.updates.confirmed


async def test_what_cannot_be_saved_is_no_200_and_brought_again(
    telegram: TelegramServer, short: Path, tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.servers.telegram.webhook.FIRST_WAIT", 0.2)
    settings = settings_for(
        telegram,
        tmp_path,
        telegram_webhook=True,
        public_url=f"http://127.0.0.1:{unused_tcp_port}",
        port=unused_tcp_port,
    )
    async with running(settings, busy=BUSY):
        anna = telegram.person("Anna")
        with locked(settings):
            anna.send_video(short, MP3)
            await telegram.world.until(lambda: telegram.webhook.answers)
            assert {status for _, status in telegram.webhook.answers} == {503}
            assert telegram.updates.confirmed == []
        await anna.chat.receives()
        assert telegram.webhook.answers[-1][1] == 200


UNREADABLE = {"message_id": 7, "text": "of a shape that is to come"}  # no date and no chat


async def test_an_update_that_the_library_cannot_read_holds_up_nothing_when_polled(
    telegram: TelegramServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    anna.send("/help")
    odd = telegram.updates.add("message", UNREADABLE)
    ben.send("/help")
    async with running(settings_for(telegram, tmp_path)):
        for person in (anna, ben):
            await person.chat.hears("Send me a video or an audio file")
        anna.send("/status")
        await anna.chat.hears("There is no project yet")
    assert odd is not None
    assert odd.id in telegram.updates.confirmed
    [line] = [record.getMessage() for record in caplog.records if "cannot be read" in record.getMessage()]
    assert str(odd.id) in line
    assert "to come" not in caplog.text


async def test_an_update_that_the_library_cannot_read_holds_up_nothing_when_brought(
    telegram: TelegramServer, tmp_path: Path, unused_tcp_port: int
) -> None:
    settings = settings_for(
        telegram,
        tmp_path,
        telegram_webhook=True,
        public_url=f"http://127.0.0.1:{unused_tcp_port}",
        port=unused_tcp_port,
    )
    async with running(settings, busy=BUSY):
        odd = telegram.updates.add("message", UNREADABLE)
        anna = telegram.person("Anna")
        anna.send("/help")
        await anna.chat.hears("Send me a video or an audio file")
    assert odd is not None
    assert odd.id in telegram.updates.confirmed
