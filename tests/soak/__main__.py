"""`make soak`: at length what the tests do in small. Prints what happened and ends with 1 where anything was lost."""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.servers.postgres import Postgres, postgres
from tests.soak import discord, telegram
from tests.soak.course import Course, course, killed_again_and_again
from tests.soak.outcome import Outcome
from tests.soak.plan import Plan
from tests.soak.verdict import Verdict

CHATS, JOBS, KILLS = 20, 200, 20
# After the last fault everything has to be done within this; on a machine that has other things to do it takes
# longer, which is told, and is another thing than being lost.
AFTER_SECONDS = 60.0
PATIENCE_SECONDS = 300.0
PAUSE_SECONDS = 30.0


async def embedded(folder: Path, seed: int) -> Verdict:
    """200 jobs over 20 chats on one process that is killed 20 times at random moments, on a platform that goes away
    twice."""
    async with course(folder, drops=0.02, seed=seed) as soak:
        bot = soak.bot("bot")
        await bot.start()
        asking = asyncio.create_task(_ask_all(soak, random.Random(seed)))
        away = asyncio.create_task(_away_twice(soak))
        await killed_again_and_again(bot, KILLS, random.Random(seed), longest=2.5)
        await away
        await asking
        await soak.all_answered(300)
        return soak.verdict()


async def as_shipped(folder: Path, seed: int) -> Verdict:
    """100 jobs over 10 chats on `BACKEND=studio` as it is shipped: bot and studio are one process, killed 15 times."""
    async with course(folder, drops=0.02, seed=seed) as soak:
        bot = soak.as_shipped()
        await bot.start()
        asking = asyncio.create_task(_ask_all(soak, random.Random(seed), JOBS // 2, CHATS // 2))
        await killed_again_and_again(bot, 15, random.Random(seed), longest=4.0)
        await asking
        await soak.all_answered(PATIENCE_SECONDS)
        return soak.verdict()


async def both_killed(folder: Path, seed: int) -> Verdict:
    """100 jobs over 10 chats; of the 15 deaths of the bot, every second is the studio's as well."""
    async with course(folder, drops=0.02, seed=seed) as soak:
        bot = soak.bot("bot")
        await bot.start()
        asking = asyncio.create_task(_ask_all(soak, random.Random(seed), JOBS // 2, CHATS // 2))
        await killed_again_and_again(bot, 15, random.Random(seed), longest=4.0, besides=soak.studio)
        await asking
        await soak.all_answered(PATIENCE_SECONDS)
        return soak.verdict()


async def distributed(folder: Path, seed: int, server: Postgres) -> Verdict:
    """A front and three workers on PostgreSQL: one worker is killed for good, one paused and woken, the server is
    restarted once."""
    async with course(folder, drops=0.02, seed=seed) as soak:
        url = server.empty()
        front = soak.bot("front", "front", DATABASE_URL=url)
        workers = [soak.bot(f"worker-{n}", "worker", DATABASE_URL=url, JOBS_AT_ONCE="4") for n in range(3)]
        for bot in (front, *workers):
            await bot.start()
        asking = asyncio.create_task(_ask_all(soak, random.Random(seed)))
        await asyncio.sleep(10)
        await workers[0].kill()
        workers[1].pause()
        await asyncio.sleep(PAUSE_SECONDS / 2)
        await asyncio.to_thread(server.restart)
        await asyncio.sleep(PAUSE_SECONDS / 2)
        workers[1].wake()
        await asking
        fault = time.monotonic()
        await soak.all_answered(AFTER_SECONDS)
        late = len(soak.verdict().lost)
        await soak.all_answered(PATIENCE_SECONDS)
        after = time.monotonic() - fault
        print(
            f"  the last answer came {after:.1f} s after the last fault; {late} took longer than {AFTER_SECONDS:.0f} s"
        )
        return soak.verdict()


async def short(folder: Path, seed: int) -> Verdict:
    """What `embedded` does, in a minute: 30 jobs, 4 kills, and a platform that goes away once."""
    async with course(folder, drops=0.02, seed=seed) as soak:
        bot = soak.bot("bot")
        await bot.start()
        asking = asyncio.create_task(_ask_all(soak, random.Random(seed), 30))
        await killed_again_and_again(bot, 2, random.Random(seed), longest=2.5)
        await soak.platform_away(3.0)
        await killed_again_and_again(bot, 2, random.Random(seed + 1), longest=2.5)
        await asking
        await soak.all_answered(PATIENCE_SECONDS)
        return soak.verdict()


async def _away_twice(soak: Course) -> None:
    for seconds in (3.0, 8.0):
        await asyncio.sleep(12)
        await soak.platform_away(seconds)


async def _ask_all(soak: Course, chance: random.Random, jobs: int = JOBS, chats: int = CHATS) -> None:
    for number in range(jobs):
        await soak.ask(f"chat-{number % chats}")
        await asyncio.sleep(chance.random() * 0.3)


async def _run(name: str, run: Callable[[Path], Awaitable[Verdict]]) -> bool:
    with tempfile.TemporaryDirectory(prefix="cutroom-soak-") as folder:
        began = time.monotonic()
        verdict = await run(Path(folder))
        print(f"{name}: {verdict} ({time.monotonic() - began:.0f} s)", flush=True)
        if not verdict.is_good:
            print(f"  lost {verdict.lost}, out of order {verdict.out_of_order}, twice {verdict.turns_twice},")
            print(f"  told too often {verdict.too_often}")
            for log in sorted(Path(folder).glob("*.log")):
                print(f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}")
        return verdict.is_good


async def _through(name: str, run: Callable[[Path], Awaitable[Outcome]]) -> bool:
    with tempfile.TemporaryDirectory(prefix="cutroom-soak-") as folder:
        outcome = await run(Path(folder))
    print(f"{name}: {outcome}", flush=True)
    for line in (*outcome.lost, *outcome.refused, *outcome.uncounted, *outcome.turns_twice):
        print(f"  {line}")
    return outcome.good


async def main(which: str, seed: int) -> int:
    if which == "short":
        return 0 if await _run("short", lambda folder: short(folder, seed)) else 1
    good = True
    if which in ("embedded", "all"):
        good &= await _run("embedded", lambda folder: embedded(folder, seed))
    if which in ("shipped", "all"):
        good &= await _run("as shipped", lambda folder: as_shipped(folder, seed))
    if which in ("both", "all"):
        good &= await _run("both killed", lambda folder: both_killed(folder, seed))
    if which in ("distributed", "all"):
        with postgres() as server:
            good &= await _run("distributed", lambda folder: distributed(folder, seed, server))
    if which in ("telegram", "all"):
        good &= await _through("telegram", lambda folder: telegram.soak(Plan(seed=seed), folder))
    if which in ("discord", "all"):
        good &= await _through("discord", lambda folder: discord.soak(Plan(seed=seed), folder))
    return 0 if good else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "which",
        nargs="?",
        default="all",
        choices=["all", "embedded", "shipped", "both", "distributed", "telegram", "discord", "short"],
    )
    parser.add_argument("--seed", type=int, default=1)
    wish = parser.parse_args()
    sys.exit(asyncio.run(main(wish.which, wish.seed)))
