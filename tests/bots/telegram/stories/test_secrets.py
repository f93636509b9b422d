"""The bot's token leaves the process to Telegram and to nobody else, whatever goes well and whatever goes wrong."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from core.settings import BackendKind
from tests.bots.telegram.house import running, settings_for
from tests.bots.telegram.stories.cutroom import Cutroom
from tests.servers.gate import Gate
from tests.servers.telegram import Fault, Generated, Kind, TelegramServer


def holding(folder: Path, secret: str) -> list[str]:
    """The files below a folder whose bytes hold the secret, whole or its second half."""
    needles = (secret.encode(), secret.partition(":")[2].encode())
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(needle in path.read_bytes() for needle in needles)]


def stumble(telegram: TelegramServer) -> None:
    """Everything that can go wrong on the way to Telegram does so once."""
    telegram.fail(Fault(Kind.STATUS, "sendMessage", status=500))
    telegram.fail(Fault(Kind.PAGE, "getFile"))
    telegram.fail(Fault(Kind.RESET, "file"))
    telegram.fail(Fault(Kind.RESET, "getUpdates"))
    telegram.fail(Fault(Kind.LOSE, "sendVideo"))


async def test_no_log_row_request_or_answer_holds_the_token(
    telegram: TelegramServer, gate: Gate, clip: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    settings = settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=gate.url, retry_seconds=0.2)
    anna = telegram.person("Anna")
    async with running(settings):
        anna.send_video(clip, "only keep the first second")
        await anna.chat.receives()
        stumble(telegram)
        anna.send_video(clip, "only keep the first second")
        anna.send_video(Generated(30 << 20), "only keep the first second")
        await anna.chat.hears("bots can receive files of up to")
        anna.send("/status")
        await anna.chat.until(lambda: len(anna.chat.shown) >= 6, 60)
    secret = telegram.token.partition(":")[2]
    logged = [record.getMessage() + (record.exc_text or "") for record in caplog.records]
    assert len(logged) > 10
    assert [line for line in logged if secret in line] == []
    assert gate.of("upload")
    assert [request.text for request in gate.passed if secret in request.text] == []
    assert holding(tmp_path, telegram.token) == []
    assert [line for line in anna.chat.transcript if secret in line] == []


async def test_the_process_says_and_keeps_no_token(
    gated: Cutroom, telegram: TelegramServer, gate: Gate, clip: Path, tmp_path: Path
) -> None:
    stumble(telegram)
    anna = telegram.person("Anna")
    anna.send_video(clip, "only keep the first second")
    await anna.chat.until(lambda: any(standing.reply_to and not standing.silent for standing in anna.chat.shown), 60)
    await gated.kill()
    await gated.start()
    anna.send("/help")
    await anna.chat.hears("Send me a video or an audio file")
    await gated.stop()
    assert gated.said
    assert holding(tmp_path, telegram.token) == []


async def test_a_refused_token_is_not_said(telegram: TelegramServer, tmp_path: Path) -> None:
    telegram.world.logged_out = True
    bot = Cutroom(tmp_path, telegram)
    await bot.start()
    assert await bot.ended() == 2
    assert "TELEGRAM_BOT_TOKEN: Telegram does not accept it" in bot.said
    assert holding(tmp_path, telegram.token) == []
