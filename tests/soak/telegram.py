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
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bots.telegram.stories.cutroom import Cutroom
from tests.making import make_clip
from tests.servers.gate import Gate
from tests.servers.telegram import Person, Standing, TelegramServer
from tests.servers.telegram.media import file_of
from tests.soak.outcome import Outcome, lines_out_of_order, outcome_of, words_of
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

    @property
    def last_words(self) -> str:
        return self.answers[-1].text if self.answers and not self.results else ""

    @property
    def is_over(self) -> bool:
        return bool(self.answers)


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
    while kills < plan.kills and not all(ask.is_over for ask in asks):
        await asyncio.sleep(chance.uniform(1.5, plan.pause))
        await bot.kill()
        kills += 1
        await bot.start()
    return kills


async def _all_over(telegram: TelegramServer, asks: list[Ask], patience: float) -> None:
    try:
        await telegram.world.until(lambda: all(ask.is_over for ask in asks), patience)
    except TimeoutError:
        return


def _outcome(asks: list[Ask], gate: Gate, kills: int, seconds: float) -> Outcome:
    turns = (request.body.decode(errors="replace") for request in gate.of("run"))
    firsts = ((ask.person.id, ask.answers[0].id) for ask in asks if ask.answers)
    return outcome_of(asks, turns, kills, seconds, lines_out_of_order(firsts))


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
