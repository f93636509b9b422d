"""Kill -9 at random moments: a small measure of what `make soak` does at length."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from tests.servers.postgres import Postgres
from tests.soak.course import course, killed_again_and_again
from tests.soak.processes import Bot

PATIENCE = 300.0  # seconds; it costs only where something is lost


@pytest.mark.parametrize(("asked", "kills"), [(4, 1), pytest.param(12, 3, marks=pytest.mark.full)])
async def test_killed_again_and_again_nothing_is_lost_and_nothing_is_paid_twice(
    tmp_path: Path, asked: int, kills: int
) -> None:
    chance = random.Random(7)
    async with course(tmp_path, drops=0.1, seed=7) as soak:
        bot = soak.bot("bot")
        await bot.start()
        for number in range(asked):
            await soak.ask(f"chat-{number % 4}")
        await killed_again_and_again(bot, kills, chance, longest=1.0)
        await soak.all_answered(PATIENCE)
        verdict = soak.verdict()
    assert verdict.is_good, f"{verdict}\n{bot.log.read_text()[-4000:]}"
    assert verdict.kinds["result"] >= asked / 2, str(verdict)


@pytest.mark.parametrize(("asked", "kills"), [(4, 2), pytest.param(12, 4, marks=pytest.mark.full)])
async def test_killed_with_the_studio_in_it_nothing_is_lost_and_nothing_is_paid_twice(
    tmp_path: Path, asked: int, kills: int
) -> None:
    async with course(tmp_path, seed=11) as soak:
        bot = soak.as_shipped()
        await bot.start()
        for number in range(asked):
            await soak.ask(f"chat-{number % 4}")
        await killed_again_and_again(bot, kills, random.Random(11), longest=2.0)
        await soak.all_answered(PATIENCE)
        verdict = soak.verdict()
    assert verdict.is_good, f"{verdict}\n{bot.log.read_text()[-4000:]}"


async def test_asked_to_stop_it_ends_by_itself_and_goes_on_at_the_next_start(tmp_path: Path) -> None:
    async with course(tmp_path) as soak:
        bot = soak.bot("bot")
        await bot.start()
        for number in range(4):
            await soak.ask(f"chat-{number}")
        await soak.under_way()
        async with asyncio.timeout(PATIENCE):
            code = await bot.stop()
        assert code == 0, bot.log.read_text()[-4000:]
        await bot.start()
        await soak.all_answered(PATIENCE)
        verdict = soak.verdict()
    assert verdict.is_good, f"{verdict}\n{bot.log.read_text()[-4000:]}"
    assert verdict.repeats == 0
    assert verdict.kinds == {"result": 4}, str(verdict)


@pytest.mark.full
async def test_a_platform_that_goes_away_costs_no_answer(tmp_path: Path) -> None:
    async with course(tmp_path) as soak:
        bot = soak.bot("bot")
        await bot.start()
        for number in range(6):
            await soak.ask(f"chat-{number % 3}")
        await soak.under_way()
        await soak.platform_away(2.0)
        await soak.all_answered(PATIENCE)
        verdict = soak.verdict()
    assert verdict.is_good, f"{verdict}\n{bot.log.read_text()[-4000:]}"
    assert verdict.kinds == {"result": 6}, str(verdict)


async def test_a_worker_that_dies_for_good_leaves_its_jobs_to_another(tmp_path: Path, server: Postgres) -> None:
    url = await asyncio.to_thread(server.empty)
    async with course(tmp_path, drops=0.05, seed=3) as soak:
        bots = [soak.bot(name, role, DATABASE_URL=url) for name, role in (("front", "front"), ("w1", "worker"))]
        for bot in bots:
            await bot.start()
        for number in range(6):
            await soak.ask(f"chat-{number % 3}")
        await soak.under_way()
        await bots[1].kill()
        another = soak.bot("w2", "worker", DATABASE_URL=url)
        await another.start()
        await soak.all_answered(PATIENCE)
        verdict = soak.verdict()
    assert verdict.is_good, f"{verdict}\n{another.log.read_text()[-4000:]}"


@pytest.mark.full
async def test_half_done_work_moves_to_a_server_and_is_finished_there(tmp_path: Path, server: Postgres) -> None:
    url = await asyncio.to_thread(server.empty)
    async with course(tmp_path) as soak:
        alone = soak.bot("alone")
        await alone.start()
        for number in range(8):
            await soak.ask(f"chat-{number % 4}")
        await soak.under_way()
        await alone.kill()
        moving = Bot(("bots", "migrate", "--to", url), alone.environment, tmp_path / "moving.log")
        await moving.start()
        assert moving.process
        assert await moving.process.wait() == 0, moving.log.read_text()
        together = soak.bot("alone", DATABASE_URL=url)
        await together.start()
        await soak.all_answered(PATIENCE)
        verdict = soak.verdict()
    assert verdict.is_good, f"{verdict}\n{together.log.read_text()[-4000:]}"
