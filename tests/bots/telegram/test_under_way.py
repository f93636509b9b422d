"""What a person sees and can press while work goes on, and after it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from bots.wiring.configuration import Configuration
from bots.wiring.house import House
from core.settings import BackendKind
from tests.bots.telegram.house import running, settings_for
from tests.servers.gate import Gate
from tests.servers.telegram import Fault, Kind, TelegramServer

MP3 = "extract the audio as mp3"


@pytest.fixture
def gated(telegram: TelegramServer, gate: Gate, tmp_path: Path) -> Configuration:
    return settings_for(
        telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=gate.url, heartbeat_seconds=1, retry_seconds=0.1
    )


async def test_the_status_says_that_work_goes_on_and_never_the_same_twice(
    telegram: TelegramServer, gate: Gate, gated: Configuration, short: Path
) -> None:
    gate.close("run")
    async with running(gated):
        anna = telegram.person("Anna")
        anna.send_video(short, MP3)
        status = await anna.chat.hears("⏳ Still working… (0:0")
        assert "Cancel" in status.buttons
        gate.open("run")
        await anna.chat.receives()
        await anna.chat.hears("✅ Done in")
    assert "message is not modified" not in {call.answer[:23] for call in telegram.asked("editMessageText")}
    edits = [call.text("text") for call in telegram.asked("editMessageText")]
    assert len(edits) == len(set(edits))
    assert all(call.flag("disable_notification") for call in telegram.asked("sendMessage"))


async def test_the_first_words_wait_for_no_backend_and_are_gone_on_with(
    telegram: TelegramServer, gate: Gate, gated: Configuration, short: Path
) -> None:
    gate.close("")
    async with running(gated):
        anna = telegram.person("Anna")
        asked = anna.send_video(short, MP3)
        first = await anna.chat.hears("On it…", 10)
        assert (first.reply_to, first.silent, first.buttons) == (asked.id, True, ["Cancel"])
        gate.open("")
        await anna.chat.receives()
        done = await anna.chat.hears("✅ Done in")
        assert done.id == first.id
        assert len(anna.chat.shown) == 2, anna.chat.read_aloud()


async def test_first_words_that_are_not_taken_cost_nothing(
    telegram: TelegramServer, gate: Gate, gated: Configuration, short: Path
) -> None:
    telegram.fail(Fault(Kind.STATUS, "sendMessage", status=400))
    async with running(gated):
        anna = telegram.person("Anna")
        anna.send_video(short, MP3)
        await anna.chat.receives()
        await anna.chat.hears("✅ Done in")
        assert len(anna.chat.shown) == 2, anna.chat.read_aloud()


async def test_edits_of_a_status_keep_their_distance(
    telegram: TelegramServer, gate: Gate, gated: Configuration, short: Path
) -> None:
    async with running(gated):
        anna = telegram.person("Anna")
        anna.send_video(short, "only keep the first 0.5 seconds")
        await anna.chat.hears("✅ Done in")
    said = [call for call in telegram.world.calls if call.method in ("sendmessage", "editmessagetext")]
    status = [call.at for call in said if call.flag("disable_notification") or call.method == "editmessagetext"]
    assert len(status) > 1
    assert min(after - before for before, after in itertools.pairwise(status)) >= 2.9


async def test_an_upload_is_shown_for_as_long_as_it_takes(
    bot: House, telegram: TelegramServer, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bots.telegram.messenger.BUSY_SECONDS", 0.1)
    telegram.fail(Fault(Kind.DELAY, "sendAudio", delay=0.5))
    anna = telegram.person("Anna")
    anna.send_video(short, MP3)
    await anna.chat.receives()
    shown = [call.at for call in telegram.asked("sendChatAction") if call.text("action") == "upload_voice"]
    await anna.chat.hears("✅ Done in")
    assert len(shown) >= 3
    later = [call.at for call in telegram.asked("sendChatAction") if call.text("action") == "upload_voice"]
    assert len(later) <= len(shown) + 1, "it stops when the file is there"


async def test_only_who_asked_can_cancel(
    telegram: TelegramServer, gate: Gate, gated: Configuration, short: Path
) -> None:
    gate.close("run")
    async with running(gated):
        anna, ben = telegram.person("Anna"), telegram.person("Ben")
        group = telegram.supergroup("Lab", anna, ben)
        anna.send_video(short, f"/edit@cutroom_bot {MP3}", to=group)
        await gate.waits("run")
        await group.until(lambda: any("Cancel" in one.buttons for one in group.shown))
        told = await ben.press("Cancel", to=group).answered()
        assert told["text"] == "Only the person who asked for this can cancel it."
        gate.open("run")
        await group.receives()


async def test_buttons_work_after_a_restart(
    telegram: TelegramServer, gate: Gate, gated: Configuration, short: Path
) -> None:
    anna = telegram.person("Anna")
    async with running(gated):
        anna.send_video(short, "only keep the first 0.5 seconds")
        await anna.chat.receives()
        await anna.chat.hears("✅ Done in")
    async with running(gated):
        await anna.press("Status").answered()
        await anna.chat.hears("Timeline")
        await anna.press("New project").answered()
        await anna.chat.hears("A new project is open")


async def test_what_failed_can_be_tried_again_by_who_asked_for_it(
    telegram: TelegramServer, gate: Gate, gated: Configuration, short: Path
) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    group = telegram.supergroup("Lab", anna, ben)
    async with running(gated):
        gate.refuses = True
        anna.send_video(short, f"/edit@cutroom_bot {MP3}", to=group)
        await group.hears("The editing service refused this (code 5555)")
        await group.hears("❌ Stopped after")
        gate.refuses = False
        told = await ben.press("Try again", to=group).answered()
        assert told["text"].startswith("Only the person who asked for this can try it again")
        await anna.press("Try again", to=group).answered()
        await group.receives()


async def test_a_job_that_is_cancelled_while_it_waits_says_so_and_has_no_button_left(
    telegram: TelegramServer, gate: Gate, gated: Configuration, short: Path
) -> None:
    gate.close("run")
    async with running(gated):
        anna = telegram.person("Anna")
        anna.send_video(short, MP3)
        await gate.waits("run")
        anna.send_video(short, "save the sound as wav")
        waiting = await anna.chat.hears("⏳ In line: number 1")
        await anna.press("Cancel", waiting).answered()
        gone = await anna.chat.hears("🚫 Cancelled after")
        assert (gone.id, gone.buttons) == (waiting.id, [])
        gate.open("run")
        await anna.chat.receives()


async def test_what_cannot_be_used_is_answered_with_that_alone(bot: House, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send_document(b"%PDF-1.7", MP3, name="book.pdf", mime="application/pdf")
    await anna.chat.hears("I can't work with book.pdf")
    anna.send("/help")
    await anna.chat.hears("Send me a video")
    assert len(anna.chat.shown) == 2, anna.chat.read_aloud()
