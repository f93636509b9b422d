"""Kill -9 at random moments: a small measure of what `make soak` does at length."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from tests.soak.course import course, killed_again_and_again


async def test_killed_again_and_again_nothing_is_lost_and_nothing_is_paid_twice(tmp_path: Path) -> None:
    chance = random.Random(7)
    async with course(tmp_path, drops=0.1, seed=7) as soak:
        bot = soak.bot("bot")
        await bot.start()
        for number in range(12):
            await soak.ask(f"chat-{number % 4}")
        await killed_again_and_again(bot, 3, chance, longest=1.0)
        await soak.all_answered(40)
        verdict = soak.verdict()
    assert verdict.is_good, f"{verdict}\n{bot.log.read_text()[-4000:]}"
    assert verdict.kinds["result"] >= 6, str(verdict)


async def test_asked_to_stop_it_ends_in_time_and_goes_on_at_the_next_start(tmp_path: Path) -> None:
    async with course(tmp_path) as soak:
        bot = soak.bot("bot")
        await bot.start()
        for number in range(4):
            await soak.ask(f"chat-{number}")
        await asyncio.sleep(1.5)
        began = asyncio.get_running_loop().time()
        code = await bot.stop()
        assert code == 0, bot.log.read_text()[-4000:]
        assert asyncio.get_running_loop().time() - began < 10
        await bot.start()
        await soak.all_answered(40)
        verdict = soak.verdict()
    assert verdict.is_good, f"{verdict}\n{bot.log.read_text()[-4000:]}"
    assert verdict.repeats == 0
    assert verdict.kinds == {"result": 4}, str(verdict)
