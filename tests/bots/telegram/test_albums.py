"""Albums over the wire: one request of many updates, whatever happens between the first and the last of them."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack, closing
from pathlib import Path

import httpx
import pytest

from bots.telegram.webhook import HEADER, PATH, secret_of
from bots.wiring.house import House
from core.settings import BackendKind
from core.store import StorageTrouble, Trouble
from studio.server import Studio
from tests.bots.telegram.house import running, settings_for
from tests.servers.telegram import Item, TelegramServer

MP3 = "extract the audio as mp3"


async def test_an_album_without_words_is_answered_once(telegram: TelegramServer, short: Path, tmp_path: Path) -> None:
    async with running(settings_for(telegram, tmp_path)):
        anna = telegram.person("Anna")
        anna.send_album([Item("video", short, "", "a.mp4"), Item("video", short, "", "b.mp4")])
        kept = await anna.chat.hears("Got a.mp4, b.mp4.")
        assert kept.buttons
        await anna.chat.hears("✅ Done in")
        assert sum("Got" in standing.text for standing in anna.chat.shown) == 1


async def test_an_album_that_cannot_be_saved_is_handed_over_when_it_can(
    telegram: TelegramServer,
    short: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("bots.telegram.albums.TROUBLE_SECONDS", 0.2)
    settings = settings_for(telegram, tmp_path)
    async with running(settings, busy=0.05) as house:
        anna = telegram.person("Anna")
        anna.send_album([Item("video", short, MP3, "a.mp4"), Item("video", short, "", "b.mp4")])
        await telegram.world.until(lambda: len(telegram.updates.confirmed) == 2)
        with closing(sqlite3.connect(settings.core.data_dir / "cutroom.db", isolation_level=None)) as other:
            other.execute("begin immediate")
            async with asyncio.timeout(60):
                while "an album cannot be handed over" not in caplog.text:  # noqa: ASYNC110 - a log has no event
                    await asyncio.sleep(0.05)
            assert await house.store.open_jobs() == []
            other.execute("rollback")
        await anna.chat.receives(2)


async def test_an_album_that_two_fronts_are_brought_is_one_request(
    telegram: TelegramServer, short: Path, tmp_path: Path, studio: Studio, unused_tcp_port_factory: Callable[[], int]
) -> None:
    async with AsyncExitStack() as stack:
        fronts = []
        for port in (unused_tcp_port_factory(), unused_tcp_port_factory()):
            url = f"http://127.0.0.1:{port}"
            cloud = {"backend": BackendKind.CLOUD, "nemo_api_url": studio.base_url}
            await stack.enter_async_context(
                running(settings_for(telegram, tmp_path, telegram_webhook=True, public_url=url, port=port, **cloud))
            )
            fronts.append(await stack.enter_async_context(httpx.AsyncClient(base_url=url)))
        telegram.world.webhook = {}  # from here on it is us who bring the updates
        anna = telegram.person("Anna")
        anna.send_album([Item("video", short, "", "a.mp4"), Item("video", short, MP3, "b.mp4")])
        for front, update in zip(fronts, telegram.updates.pending, strict=True):
            answer = await front.post(PATH, json=update.json, headers={HEADER: secret_of(telegram.token)})
            assert answer.status_code == 200
        await anna.chat.receives(2)
        await anna.chat.hears("✅ Done in")
        assert [anna.chat.file(one).name for one in anna.chat.media] == ["a.mp3", "b.mp3"]


async def test_an_item_that_is_brought_again_after_its_album_is_no_request_of_its_own(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send_album([Item("video", short, MP3, "a.mp4"), Item("video", short, "", "b.mp4")])
    await anna.chat.receives(2)
    again = telegram.updates.again()
    await telegram.world.until(lambda: again in telegram.updates.confirmed)
    anna.send("/help")
    await anna.chat.hears("Send me a video")
    assert await bot.store.inbox("telegram", "") == []


async def test_a_late_item_is_not_lost_where_its_album_could_not_be_removed(
    telegram: TelegramServer, short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bots.telegram.albums.TROUBLE_SECONDS", 2.0)
    async with running(settings_for(telegram, tmp_path)) as house:
        refused, remove = asyncio.Event(), house.store.remove_from_inbox

        async def full(platform: str, items: Iterable[str]) -> None:
            if not refused.is_set():
                refused.set()
                raise StorageTrouble(Trouble.FULL, "disk")
            await remove(platform, items)

        monkeypatch.setattr(house.store, "remove_from_inbox", full)
        anna = telegram.person("Anna")
        first, _ = anna.send_album([Item("video", short, MP3, "a.mp4"), Item("video", short, "", "b.mp4")])
        await refused.wait()
        anna.send_late(Item("video", short, "", "c.mp4"), first.json["media_group_id"])
        await anna.chat.receives(3)
        assert sorted(anna.chat.file(one).name for one in anna.chat.media) == ["a.mp3", "b.mp3", "c.mp3"]
