"""Jobs through Telegram while the bot is killed again and again.

The Bot API server and a gate before the studio live in this process and count; `cutroom run` and `cutroom studio`
are processes of their own. Every request has words that no other has, so that its agent turns can be counted at
the gate and its results by what they reply to.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bots.telegram.stories.cutroom import Cutroom
from tests.making import make_clip
from tests.servers.gate import Gate
from tests.servers.telegram import Person, Standing, TelegramServer
from tests.servers.telegram.media import file_of
from tests.soak.plan import Plan
from tests.soak.processes import environment, free_port


@dataclass(frozen=True, slots=True)
class Ask:
    """One request of the run."""

    number: int
    person: Person
    standing: Standing

    @property
    def words(self) -> str:
        return words_of(self.number)

    @property
    def answers(self) -> list[Standing]:
        """Everything that replies to it, without its status message."""
        return [one for one in self.person.chat.shown if one.reply_to == self.standing.id and not one.silent]

    @property
    def results(self) -> list[Standing]:
        return [one for one in self.answers if file_of(one.json)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`refused` are requests that ended with a sentence instead of a result: an edit whose fate nobody could know."""

    jobs: int
    kills: int
    seconds: float
    delivered: int
    refused: list[str]
    lost: list[str]
    turns_twice: dict[str, int]
    results_twice: dict[str, int]
    out_of_order: int

    @property
    def good(self) -> bool:
        return not self.lost and not self.turns_twice and not self.out_of_order

    def __str__(self) -> str:
        return (
            f"{self.jobs} jobs, {self.kills} kills, {self.seconds:.0f} s: {self.delivered} delivered, "
            f"{len(self.refused)} ended with a sentence, {len(self.lost)} lost, "
            f"{len(self.turns_twice)} agent turns twice, {sum(self.results_twice.values())} results once more than "
            f"wanted, {self.out_of_order} out of order"
        )


def words_of(number: int) -> str:
    return f"extract the audio as MP3 (#{number})"


async def soak(plan: Plan, folder: Path) -> Outcome:
    """Runs the plan. What is not over after `patience` seconds counts as lost."""
    clip = await asyncio.to_thread(make_clip, folder / "clip.mp4", seconds=1, size="160x90")
    async with TelegramServer() as telegram, _studio(folder) as address, Gate(address) as gate:
        started = time.monotonic()
        async with Cutroom(folder, telegram, BACKEND="cloud", NEMO_API_URL=gate.url) as bot:
            asks = _ask(plan, telegram, clip)
            kills = await _kill(plan, bot, asks)
            await _all_over(telegram, asks, plan.patience)
        return _outcome(asks, gate, kills, time.monotonic() - started)


def _ask(plan: Plan, telegram: TelegramServer, clip: Path) -> list[Ask]:
    people = [telegram.person(f"P{number}") for number in range(min(plan.chats, plan.jobs))]
    asks = []
    for number in range(plan.jobs):
        person = people[number % len(people)]
        asks.append(Ask(number, person, person.send_video(clip, words_of(number))))
    return asks


async def _kill(plan: Plan, bot: Cutroom, asks: list[Ask]) -> int:
    """Kills at moments that only the seed knows, as long as there is work."""
    chance = random.Random(plan.seed)
    kills = 0
    while kills < plan.kills and not all(ask.answers for ask in asks):
        await asyncio.sleep(chance.uniform(1.5, plan.pause))
        await bot.kill()
        kills += 1
        await bot.start()
    return kills


async def _all_over(telegram: TelegramServer, asks: list[Ask], patience: float) -> None:
    try:
        await telegram.world.until(lambda: all(ask.answers for ask in asks), patience)
    except TimeoutError:
        return


def _outcome(asks: list[Ask], gate: Gate, kills: int, seconds: float) -> Outcome:
    turns = Counter(ask.words for request in gate.of("run") for ask in asks if _asks_for(request.body, ask))
    return Outcome(
        jobs=len(asks),
        kills=kills,
        seconds=seconds,
        delivered=sum(bool(ask.results) for ask in asks),
        refused=[f"{ask.words}: {ask.answers[-1].text}" for ask in asks if ask.answers and not ask.results],
        lost=[ask.words for ask in asks if not ask.answers],
        turns_twice={words: count for words, count in turns.items() if count > 1},
        results_twice={ask.words: len(ask.results) - 1 for ask in asks if len(ask.results) > 1},
        out_of_order=_out_of_order(asks),
    )


def _asks_for(body: bytes, ask: Ask) -> bool:
    return f"take {ask.number:03}".encode() in body


def _out_of_order(asks: list[Ask]) -> int:
    """Chats whose first answers do not come in the order of their requests."""
    first: dict[int, list[int]] = {}
    for ask in asks:
        if ask.answers:
            first.setdefault(ask.person.id, []).append(ask.answers[0].id)
    return sum(ids != sorted(ids) for ids in first.values())


@asynccontextmanager
async def _studio(folder: Path) -> AsyncIterator[str]:
    """`cutroom studio` as a process of its own; its address."""
    port = free_port()
    command = [sys.executable, "-m", "bots", "studio", "--port", str(port), "--data", str(folder / "studio")]
    with (folder / "studio.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=folder, env=environment(DATA_DIR=str(folder)), stdout=asyncio.subprocess.PIPE, stderr=log
        )
    try:
        if process.stdout is not None:
            async with asyncio.timeout(60):
                await process.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        await process.wait()
