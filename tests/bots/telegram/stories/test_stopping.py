"""Cancelled and killed in the middle: nothing twice, nothing lost, and always a last word."""

from __future__ import annotations

from pathlib import Path

import pytest

from bots.wiring.house import House
from tests.bots.telegram.house import opened_behind
from tests.bots.telegram.stories.cutroom import Cutroom
from tests.servers.gate import Gate
from tests.servers.telegram import Fault, Item, Kind, TelegramServer

# Where a request stands when it is stopped: the endpoint it waits at.
STAGES = ("upload", "run", "render")


@pytest.mark.parametrize("stage", STAGES)
async def test_cancel_stops_it_wherever_it_is(
    behind: House, telegram: TelegramServer, gate: Gate, clip: Path, stage: str
) -> None:
    gate.close(stage)
    anna = telegram.person("Anna")
    anna.send_video(clip, "only keep the first second")
    await gate.waits(stage)
    await anna.chat.until(lambda: any("Cancel" in standing.buttons for standing in anna.chat.shown))
    press = anna.press("Cancel")
    await press.answered()
    await anna.chat.hears("🚫 Cancelled after")
    gate.open(stage)
    anna.send("/status")
    await anna.chat.until(lambda: len(telegram.updates.pending) == 0)
    assert anna.chat.media == [], anna.chat.read_aloud()


@pytest.mark.parametrize("stage", [pytest.param("upload", marks=pytest.mark.full), "run", "render"])
async def test_a_kill_in_the_middle_costs_no_second_turn_and_no_result(
    gated: Cutroom, telegram: TelegramServer, gate: Gate, clip: Path, stage: str
) -> None:
    gate.close(stage)
    anna = telegram.person("Anna")
    asked = anna.send_video(clip, "only keep the first second")
    await gate.waits(stage)
    await gated.kill()
    gate.open(stage)
    await gated.start()
    if stage == "run":  # it was on its way when we died: nobody knows, so it is not sent again
        await anna.chat.until(lambda: any(standing.reply_to == asked.id for standing in anna.chat.shown[1:]))
        assert len(gate.of("run")) <= 1
        return
    [result] = await anna.chat.receives()
    assert result.reply_to == asked.id
    await anna.chat.hears("✅ Done in")
    assert len(anna.chat.media) == 1, anna.chat.read_aloud()
    assert len(gate.of("run")) == 1


async def test_what_was_sent_while_it_was_down_is_done_after(
    telegram: TelegramServer, gate: Gate, clip: Path, tmp_path: Path
) -> None:
    anna = telegram.person("Anna")
    async with opened_behind(gate, telegram, tmp_path):
        anna.send("/help")
        await anna.chat.hears("Send me a video or an audio file")
    anna.send_video(clip, "only keep the first second")
    async with opened_behind(gate, telegram, tmp_path):
        await anna.chat.receives()


@pytest.mark.full
async def test_an_album_that_a_kill_cuts_in_two_is_one_request(
    gated: Cutroom, telegram: TelegramServer, clip: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send_late(Item("video", clip, "", "a.mp4"), "13000000000000001")
    await telegram.world.until(lambda: telegram.updates.confirmed)
    await gated.kill()
    anna.send_late(Item("video", clip, "extract the audio as mp3", "b.mp4"), "13000000000000001")
    await gated.start()
    await anna.chat.receives(2)
    names = sorted(anna.chat.file(one).name for one in anna.chat.media)
    assert names == ["a.mp3", "b.mp3"], anna.chat.read_aloud()


async def test_a_kill_between_the_results_of_an_album_brings_them_back_as_one(
    gated: Cutroom, telegram: TelegramServer, gate: Gate, clip: Path
) -> None:
    gate.close("render")
    anna = telegram.person("Anna")
    words = "only keep the first second"
    anna.send_album([Item("video", clip, words, "a.mp4"), Item("video", clip, "", "b.mp4")])
    await gate.waits("render")
    gate.open("render")
    await gate.came("render")
    gate.close("render")
    await gate.waits("render")  # the second; the first is ready and waits for it
    await gated.kill()
    assert anna.chat.media == []
    gate.open("render")
    await gated.start()
    results = await anna.chat.receives(2)
    await anna.chat.hears("✅ Done in")
    assert len({one.json["media_group_id"] for one in results}) == 1, anna.chat.read_aloud()
    assert [anna.chat.file(one).name for one in anna.chat.media] == ["a.mp4", "b.mp4"]
    assert len(gate.of("run")) == 2


@pytest.mark.full
async def test_an_album_that_was_on_its_way_at_a_kill_is_sent_at_most_once_more(
    gated: Cutroom, telegram: TelegramServer, clip: Path
) -> None:
    telegram.fail(Fault(Kind.DELAY, "sendMediaGroup", delay=0.5))
    anna = telegram.person("Anna")
    anna.send_album([Item("video", clip, "extract the audio as mp3", "a.mp4"), Item("video", clip, "", "b.mp4")])
    await telegram.world.until(lambda: telegram.asked("sendMediaGroup"), 60)
    await gated.kill()
    await gated.start()
    await anna.chat.hears("✅ Done in", 60)
    names = [anna.chat.file(one).name for one in anna.chat.media]
    assert names == ["a.mp3", "b.mp3"] * 2, anna.chat.read_aloud()
    assert len(telegram.asked("sendMediaGroup")) == 2
    assert telegram.asked("sendAudio") == []


async def test_an_update_that_comes_twice_is_done_once(
    gated: Cutroom, telegram: TelegramServer, gate: Gate, clip: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send_video(clip, "only keep the first second")
    await gate.came("upload")
    await gated.kill()
    update = telegram.updates.again()
    await gated.start()
    await anna.chat.receives()
    await telegram.world.until(lambda: update in telegram.updates.confirmed)
    anna.send("/help")
    await anna.chat.hears("Send me a video or an audio file")
    assert len(anna.chat.media) == 1
    assert len(gate.of("run")) == 1


async def test_a_lost_answer_to_the_result_is_not_sent_into_the_chat_over_and_over(
    behind: House, telegram: TelegramServer, clip: Path
) -> None:
    telegram.fail(Fault(Kind.LOSE, "sendVideo"))
    anna = telegram.person("Anna")
    anna.send_video(clip, "only keep the first second")
    await anna.chat.receives()
    await anna.chat.hears("✅ Done in")
    assert len(anna.chat.media) <= 2, anna.chat.read_aloud()


@pytest.mark.full
async def test_a_kill_behind_a_webhook_costs_no_request(
    telegram: TelegramServer, gate: Gate, clip: Path, tmp_path: Path, unused_tcp_port: int
) -> None:
    gate.close("upload")
    address = {
        "TELEGRAM_WEBHOOK": "true",
        "PUBLIC_URL": f"http://127.0.0.1:{unused_tcp_port}",
        "PORT": str(unused_tcp_port),
    }
    async with Cutroom(tmp_path, telegram, BACKEND="cloud", NEMO_API_URL=gate.url, **address) as bot:
        anna = telegram.person("Anna")
        anna.send_video(clip, "only keep the first second")
        await gate.waits("upload")
        await bot.kill()
        anna.send_video(clip, "only keep the first 2 seconds")  # nobody is there to take it: it is brought again
        gate.open("upload")
        await bot.start()
        await anna.chat.receives(2)
        assert [standing.json["video"]["duration"] for standing in anna.chat.media] == [1, 2]
        assert len(gate.of("run")) == 2
