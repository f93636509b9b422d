"""`cutroom run` as a process: roles, the data folder's one owner, the HTTP server, and how it stops."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.soak.course import Course, course
from tests.soak.processes import Bot

PATIENCE = 60.0


@pytest.fixture
async def soak(tmp_path: Path) -> AsyncIterator[Course]:
    async with course(tmp_path) as opened:
        yield opened


async def _said(bot: Bot, words: str) -> str:
    async with asyncio.timeout(PATIENCE):
        while words not in (text := bot.log.read_text() if bot.log.exists() else ""):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    return text


async def _ended(bot: Bot) -> int:
    assert bot.process
    async with asyncio.timeout(PATIENCE):
        return await bot.process.wait()


async def test_a_data_folder_has_one_process(soak: Course) -> None:
    first, second = soak.bot("bot"), soak.bot("bot")
    second.log = soak.folder / "second.log"
    await first.start()
    await _said(first, "Running (all): scripted.")
    await second.start()
    assert await _ended(second) == 2
    folder = soak.folder / "bot"
    expected = f"Another Cutroom is running on {folder}. Stop it, or set DATA_DIR to another folder."
    assert expected in second.log.read_text()
    assert first.process
    assert first.process.returncode is None


@pytest.mark.parametrize("role", ["front", "worker"])
async def test_a_role_without_a_database_server_is_a_sentence(soak: Course, role: str) -> None:
    bot = soak.bot("bot", role)
    await bot.start()
    assert await _ended(bot) == 2
    assert "set DATABASE_URL=postgresql://" in bot.log.read_text()


async def test_a_studio_for_each_process_is_a_sentence(soak: Course) -> None:
    bot = soak.bot("bot", "worker", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nowhere", BACKEND="studio")
    await bot.start()
    assert await _ended(bot) == 2
    assert "run “cutroom studio” once" in bot.log.read_text()


async def test_one_database_file_has_one_process_wherever_its_other_files_lie(soak: Course) -> None:
    url = f"sqlite:///{soak.folder}/shared.db"
    first, second = soak.bot("one", DATABASE_URL=url), soak.bot("two", DATABASE_URL=url)
    await first.start()
    await _said(first, "Running (all)")
    await second.start()
    assert await _ended(second) == 2
    assert f"Another Cutroom is running on {soak.folder}." in second.log.read_text()


async def test_a_database_that_a_bot_works_on_is_not_moved(soak: Course) -> None:
    bot = soak.bot("bot")
    await bot.start()
    await _said(bot, "Running (all)")
    command = ("bots", "migrate", "--to", "postgresql://nobody@127.0.0.1:1/nowhere")
    moving = Bot(command, bot.environment, soak.folder / "moving.log")
    await moving.start()
    assert await _ended(moving) == 2
    assert moving.log.read_text().startswith("The bot is running on that database. Stop it first")


async def test_it_says_over_http_that_it_is_alive_and_ready(soak: Course) -> None:
    bot = soak.bot("bot", PORT="0", HOST="127.0.0.1")
    await bot.start()
    log = await _said(bot, "Running (all)")
    port = log.split("Serving HTTP on port ")[1].split(".")[0]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
        assert (await http.get("/healthz")).json() == {"status": "ok"}
        ready = await http.get("/readyz")
        assert (ready.status_code, ready.json()) == (200, {"status": "ready"})


async def test_a_second_signal_ends_it_at_once(soak: Course) -> None:
    bot = soak.bot("bot")
    await bot.start()
    await _said(bot, "Running (all)")
    assert bot.process
    # Both before its loop can look: whoever asks twice does not wait for what is being put down.
    os.kill(bot.process.pid, signal.SIGSTOP)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCONT):
        os.kill(bot.process.pid, number)
    assert await _ended(bot) == 1
