"""Jobs through Discord while the bot is killed again and again.

Discord lives in this process and counts; `cutroom run` and the studio are processes of their own. In half of the
channels people mention the bot, in the others they use /edit, and do what people do where Discord tells them that it
failed: they use it again. Every request has words that no other has, so its agent turns can be counted at the studio
and its results by what they reply to.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.report import quantile
from tests.making import make_clip
from tests.servers.discord import DiscordServer, File
from tests.servers.discord.hub import ACK_SECONDS
from tests.servers.discord.world import Channel, Interaction, Message, Person
from tests.soak.outcome import Outcome, lines_out_of_order, outcome_of, words_of
from tests.soak.plan import Plan
from tests.soak.processes import Bot, environment, server

SILENT = 1 << 12
# Nothing was heard of the bot for so long: there is nothing that it still works on.
IDLE_SECONDS = 15.0


@dataclass(slots=True)
class Ask:
    """One request: a message, or a command as often as it had to be used."""

    number: int
    person: Person
    place: Channel
    message: Message | None = None
    used: list[Interaction] = field(default_factory=list)

    @property
    def words(self) -> str:
        return words_of(self.number)

    @property
    def anchors(self) -> list[Message]:
        """What answers can reply to."""
        return [each for each in (self.message, *(one.original for one in self.used)) if each]

    @property
    def answers(self) -> list[Message]:
        """Everything that replies to it, without its status message."""
        said = [each for each in self.place.messages.values() if each.author.bot and not each.flags & SILENT]
        return [each for each in said if each.reply_to and each.reply_to in self.anchors]

    @property
    def results(self) -> list[Message]:
        return [each for each in self.answers if each.files]

    @property
    def last_words(self) -> str:
        """Of one that ended without a result; "" while it has not."""
        if self.answers:
            return self.answers[-1].content
        over = (each for each in self.anchors if each.author.bot and not each.loading and not _has_cancel(each))
        return next((each.content for each in over), "")

    @property
    def is_over(self) -> bool:
        return bool(self.results or self.last_words)


class Crowd:
    """Everybody who asks."""

    def __init__(self, plan: Plan, discord: DiscordServer, clip: Path) -> None:
        self._discord = discord
        self._clip = File("clip.mp4", clip, "video/mp4")
        self.failed = 0
        self.thinking = 0
        people = discord.people
        lab = people.guild("Lab", people.person("owner"))
        places = [(people.person(f"p{n}"), people.channel(lab, f"c{n}")) for n in range(min(plan.chats, plan.jobs))]
        self.asks = [Ask(number, *places[number % len(places)]) for number in range(plan.jobs)]
        self._by_command = {place.id for _, place in places[1::2]}

    async def ask(self, chance: random.Random) -> None:
        async with asyncio.TaskGroup() as group:
            for each in self.asks:
                group.create_task(self._ask(each))
                await asyncio.sleep(chance.uniform(0.0, 0.4))

    async def _ask(self, ask: Ask) -> None:
        if ask.place.id in self._by_command:
            await self._use(ask)
        else:
            words = f"{self._discord.people.mention} {ask.words}"
            ask.message = self._discord.people.write(ask.person, ask.place, words, self._clip)

    async def _use(self, ask: Ask) -> None:
        """Until it is acknowledged."""
        while True:
            people = self._discord.people
            used = people.slash(ask.person, ask.place, "edit", request=ask.words, file=self._clip)
            ask.used.append(used)
            try:
                await self._discord.hub.until(lambda used=used: used.acked, ACK_SECONDS + 0.5)  # type: ignore[misc]
            except TimeoutError:
                self.failed += 1
            else:
                return

    async def all_over(self, patience: float) -> None:
        """Returns when every request has come to an end, or nothing happens any more, or patience does."""
        until = time.monotonic() + patience
        calls, heard = 0, time.monotonic()
        while time.monotonic() < until and not all(ask.is_over for ask in self.asks):
            await asyncio.sleep(0.5)
            if len(self._discord.hub.calls) != calls:
                calls, heard = len(self._discord.hub.calls), time.monotonic()
            elif calls and time.monotonic() - heard > IDLE_SECONDS:
                return

    async def use_again(self) -> None:
        """Those that are told after 15 minutes that it came to nothing."""
        left = [ask for ask in self.asks if ask.used and not ask.is_over]
        self.thinking = len(left)
        for ask in left:
            await self._use(ask)


async def soak(plan: Plan, folder: Path) -> Outcome:
    """Runs the plan. What is not over after `patience` seconds counts as lost."""
    clip = await asyncio.to_thread(make_clip, folder / "clip.mp4", seconds=1, size="160x90")
    turns = folder / "turns.jsonl"
    studio = server("tests.servers.counted_studio", "--data", folder / "studio", "--journal", turns)
    async with DiscordServer(strict=False) as discord, studio as backend:
        started = time.monotonic()
        crowd = Crowd(plan, discord, clip)
        bot = Bot(("bots", "run"), _settings(folder, discord, backend), folder / "bot.log")
        try:
            await bot.start()
            await _listens(discord, 1)
            asking = asyncio.create_task(crowd.ask(random.Random(plan.seed)))
            kills = await _kill(plan, bot, discord, crowd)
            await asking
            await crowd.all_over(plan.patience)
            await crowd.use_again()
            await crowd.all_over(plan.patience)
        finally:
            await bot.kill()
        return _outcome(crowd, _lines(turns), kills, time.monotonic() - started)


def _settings(folder: Path, discord: DiscordServer, backend: str) -> dict[str, str]:
    quick = dict.fromkeys(("RENDER_POLL_SECONDS", "RETRY_SECONDS", "RECOVERY_SECONDS"), "0.2")
    return environment(
        **quick,
        BACKEND="cloud",
        NEMO_API_URL=backend,
        DATA_DIR=str(folder / "data"),
        DISCORD_BOT_TOKEN=discord.hub.token,
        DISCORD_API_URL=discord.api_url,
        DISCORD_GATEWAY_URL=discord.gateway_url,
    )


async def _kill(plan: Plan, bot: Bot, discord: DiscordServer, crowd: Crowd) -> int:
    """Kills at moments that only the seed knows, as long as there is work."""
    chance, kills = random.Random(plan.seed), 0
    while kills < plan.kills and not all(ask.is_over for ask in crowd.asks):
        await asyncio.sleep(chance.uniform(0.0, plan.pause))
        await bot.kill()
        kills += 1
        await bot.start()
        await _listens(discord, kills + 1)
    return kills


async def _listens(discord: DiscordServer, lives: int) -> None:
    """Returns when the bot of that life is connected."""
    await discord.hub.until(lambda: discord.gateway.identifies >= lives, 60)


def _outcome(crowd: Crowd, turns: list[str], kills: int, seconds: float) -> Outcome:
    asks = crowd.asks
    # Whoever uses a command again comes later.
    firsts = ((ask.place.id, ask.answers[0].id) for ask in asks if ask.message and ask.answers)
    outcome = outcome_of(asks, turns, kills, seconds, lines_out_of_order(firsts))
    return replace(outcome, remark=_of_commands(crowd))


def _of_commands(crowd: Crowd) -> str:
    """What was not acknowledged in three seconds, Discord tells its user at once; what was and came to nothing, after
    15 minutes. Both were used again."""
    acks = [one.acked - one.created for ask in crowd.asks for one in ask.used if one.acked]
    late = f", acknowledged in {quantile(acks, 0.99) * 1000:.0f} ms (p99)" if acks else ""
    return (
        f"; of the commands {crowd.failed} failed at once and {crowd.thinking} after an acknowledgement, and were used "
        f"again{late}"
    )


def _has_cancel(message: Message) -> bool:
    return any(each.startswith("cutroom:cancel") for each in message.buttons.values())


def _lines(path: Path) -> list[str]:
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
