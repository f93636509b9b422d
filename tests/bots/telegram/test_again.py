"""An update that is brought a second time, of every kind: it has the effect that it had, and no other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bots.wiring.configuration import Configuration
from bots.wiring.house import House
from core.job import Stage
from core.settings import BackendKind
from tests.bots.telegram.house import running, settings_for
from tests.servers.gate import Gate
from tests.servers.telegram import TelegramServer

MP3 = "extract the audio as mp3"


@dataclass(frozen=True, slots=True)
class Brought:
    """A house that hears of updates by polling or by webhook."""

    house: House
    telegram: TelegramServer

    async def twice(self, kind: str) -> None:
        """Brings the last update of a kind once more, and returns when it and what came after it was dealt with."""
        await self.telegram.world.until(lambda: not self.telegram.updates.pending)
        again = self.telegram.updates.again(kind)
        await self.telegram.world.until(lambda: again in self.telegram.updates.confirmed)
        bell = self.telegram.person("Bell")
        bell.send("/help")
        await bell.chat.hears("Send me a video")
        await self.house.assistant.quiet()


@pytest.fixture(params=["polling", "webhook"])
def settings(
    request: pytest.FixtureRequest, telegram: TelegramServer, gate: Gate, tmp_path: Path, unused_tcp_port: int
) -> Configuration:
    url = f"http://127.0.0.1:{unused_tcp_port}"
    webhook = (
        {"telegram_webhook": True, "public_url": url, "port": unused_tcp_port} if request.param == "webhook" else {}
    )
    return settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=gate.url, **webhook)


@pytest.fixture
async def brought(telegram: TelegramServer, settings: Configuration) -> AsyncIterator[Brought]:
    async with running(settings) as house:
        yield Brought(house, telegram)


@asynccontextmanager
async def in_time(seconds: float = 30) -> AsyncIterator[None]:
    async with asyncio.timeout(seconds):
        yield


async def rows(house: House, holds: Callable[[Stage], bool] = lambda stage: True) -> int:
    return sum(holds(job.stage) for job in await house.store.jobs())


async def test_a_request_is_done_once(brought: Brought, telegram: TelegramServer, gate: Gate, short: Path) -> None:
    anna = telegram.person("Anna")
    anna.send_video(short, MP3)
    await anna.chat.receives()
    await brought.twice("message")
    assert await rows(brought.house) == 1
    assert (len(gate.of("run")), len(anna.chat.media)) == (1, 1)


async def test_words_that_need_no_job_are_answered_once(brought: Brought, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send("/credits")
    await anna.chat.hears("credits")
    await brought.twice("message")
    assert len(anna.chat.shown) == 1, anna.chat.read_aloud()


async def test_an_edit_replaces_what_waits_once(
    brought: Brought, telegram: TelegramServer, gate: Gate, short: Path
) -> None:
    gate.close("run")
    anna = telegram.person("Anna")
    anna.send_video(short, MP3, name="first.mp4")
    waits = anna.send_video(short, "save the sound as wav", name="second.mp4")
    await gate.waits("run")
    anna.edit(waits, "save the sound as m4a")
    await anna.chat.hears("✏️ Changed")
    await brought.twice("edited_message")
    assert await rows(brought.house, lambda stage: not stage.over) == 2
    gate.open("run")
    await anna.chat.receives(2)
    assert [anna.chat.file(one).name for one in anna.chat.media] == ["first.mp3", "second.m4a"]


async def test_a_press_starts_one_export(brought: Brought, telegram: TelegramServer, short: Path) -> None:
    anna = telegram.person("Anna")
    anna.send_video(short, "only keep the first 0.5 seconds")
    [result] = await anna.chat.receives()
    await anna.chat.hears("✅ Done in")
    await anna.press_data("export", result).answered()
    await anna.chat.receives(2)
    await brought.twice("callback_query")
    assert await rows(brought.house) == 2
    assert len(anna.chat.media) == 2


async def test_a_press_that_cancels_is_answered_once_in_the_chat(
    brought: Brought, telegram: TelegramServer, gate: Gate, short: Path
) -> None:
    gate.close("run")
    anna = telegram.person("Anna")
    anna.send_video(short, MP3)
    await gate.waits("run")
    await anna.press("Cancel").answered()
    await anna.chat.hears("🚫 Cancelled after")
    await brought.twice("callback_query")
    assert sum(one.text.startswith("Cancelled.") for one in anna.chat.shown) == 1, anna.chat.read_aloud()


async def test_an_inline_query_that_was_answered_costs_nothing(
    brought: Brought, telegram: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    anna = telegram.person("Anna")
    assert await anna.ask_inline("").results() == []
    await brought.twice("inline_query")
    assert "was left out" not in caplog.text


async def test_a_change_of_its_own_membership_is_taken_and_says_nothing(
    brought: Brought, telegram: TelegramServer
) -> None:
    anna = telegram.person("Anna")
    group = telegram.supergroup("Lab", anna)
    await brought.twice("my_chat_member")
    assert (group.shown, await rows(brought.house)) == ([], 0)


async def test_a_result_that_a_link_names_is_shown_once(
    brought: Brought, telegram: TelegramServer, short: Path
) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    anna.send_video(short, MP3)
    await anna.chat.receives()
    await anna.chat.hears("✅ Done in")
    [job] = await brought.house.store.jobs()
    ben.start(f"share_{job.id}")
    await ben.chat.receives()
    await brought.twice("message")
    assert len(ben.chat.shown) == 1, ben.chat.read_aloud()


async def test_the_settings_of_a_group_are_shown_once_and_chosen_once(
    brought: Brought, telegram: TelegramServer
) -> None:
    anna = telegram.person("Anna")
    group = telegram.supergroup("Lab", anna)
    anna.send("/settings@cutroom_bot", to=group)
    menu = await group.hears("Who may use")
    await brought.twice("message")
    assert len(group.shown) == 1, group.read_aloud()
    await anna.press(menu.buttons[0], menu, to=group).answered()
    await brought.twice("callback_query")
    assert len(group.shown) == 1, group.read_aloud()


async def test_a_group_that_moved_moves_once(brought: Brought, telegram: TelegramServer, short: Path) -> None:
    anna = telegram.person("Anna")
    group = telegram.group("Lab", anna)
    anna.send_video(short, f"/edit@cutroom_bot {MP3}", to=group)
    await group.receives()
    await group.hears("✅ Done in")
    moved = telegram.migrate(group)
    await brought.twice("message")
    anna.send("/status@cutroom_bot", to=moved)
    await moved.hears("Timeline")


async def test_a_post_of_a_channel_is_done_once(brought: Brought, telegram: TelegramServer, short: Path) -> None:
    anna = telegram.person("Anna")
    channel = telegram.channel("News", anna)
    anna.send_video(short, f"/edit@cutroom_bot {MP3}", to=channel)
    await channel.receives()
    await brought.twice("channel_post")
    assert (await rows(brought.house), len(channel.media)) == (1, 1)
