"""The scripted platform, the counted studio and bots that die on them."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.making import make_clip
from tests.soak.outcome import words_of
from tests.soak.processes import READY_SECONDS, Bot, environment, free_port
from tests.soak.scripted import VARIABLE
from tests.soak.verdict import LAST, Delivery, Request, Verdict, judge

LOOK_SECONDS = 0.2


@dataclass
class Course:
    """`async with course(folder) as c`: people ask, bots die, and in the end it is judged. `studio` is a process of its
    own; a bot that is `as_shipped` has one in itself."""

    folder: Path
    chat: Bot
    studio: Bot
    platform: httpx.AsyncClient
    backend: str
    clip: Path
    requests: list[Request] = field(default_factory=list)
    bots: list[Bot] = field(default_factory=list)

    def bot(self, name: str, role: str = "all", **more: str) -> Bot:
        """Short waits, so that a soak is over in minutes; the rules are the same."""
        made = Bot(
            command=("tests.soak.bot", role),
            environment=environment(
                **{
                    VARIABLE: str(self.platform.base_url),
                    "BACKEND": "cloud",
                    "NEMO_API_URL": self.backend,
                    "DATA_DIR": str(self.folder / name),
                    "RENDER_POLL_SECONDS": "0.3",
                    "RECOVERY_SECONDS": "0.5",
                    "RETRY_SECONDS": "1",
                    "WAITING_ROOM": "100000",
                    "JOBS_PER_PERSON": "8",
                    **more,
                }
            ),
            log=self.folder / f"{name}.log",
        )
        self.bots.append(made)
        return made

    def as_shipped(self, name: str = "bot") -> Bot:
        """With its own studio, which listens at another port in every life."""
        return self.bot(name, BACKEND="studio", SOAK_JOURNAL=str(self.folder / "turns.jsonl"))

    async def ask(self, chat: str) -> Request:
        """The next request of a chat; the text says which, so that no two turns are alike."""
        number = len(self.requests) + 1
        request = Request(f"m{number}", chat, words_of(number))
        self.requests.append(request)
        facts = {"id": request.id, "chat": chat, "sender": f"person-{chat}", "text": request.text}
        await _as_soon_as_it_is_there(self.platform, "/say", {**facts, "file": str(self.clip)})
        return request

    async def platform_away(self, seconds: float) -> None:
        """The platform dies, is missed for a while, and goes on where it was."""
        await self.chat.kill()
        await asyncio.sleep(seconds)
        await self.chat.start()
        await _as_soon_as_it_is_there(self.platform, "/ack", {"ids": []})

    def deliveries(self) -> list[Delivery]:
        lines = [json.loads(line) for line in _lines(self.folder / "platform.jsonl")]
        return [
            Delivery(each["reply_to"], each["chat"], each["tone"], each["at"], each["key"])
            for each in lines
            if each["event"] == "sent"
        ]

    def turns(self) -> list[str]:
        return [json.loads(line)["text"] for line in _lines(self.folder / "turns.jsonl")]

    def verdict(self) -> Verdict:
        return judge(self.requests, self.deliveries(), self.turns())

    async def under_way(self) -> None:
        """Returns when the bot has said its first words: it listens, and works."""
        async with asyncio.timeout(READY_SECONDS):
            while not self.deliveries():
                await asyncio.sleep(LOOK_SECONDS)

    async def all_answered(self, seconds: float) -> None:
        """Returns when every request has had its last word, or time is up: the verdict says which."""
        until = asyncio.get_running_loop().time() + seconds
        while self._is_waiting() and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(LOOK_SECONDS)

    def _is_waiting(self) -> bool:
        return len({each.request for each in self.deliveries() if each.kind in LAST}) < len(self.requests)


async def killed_again_and_again(
    bot: Bot, kills: int, chance: random.Random, longest: float, besides: Bot | None = None
) -> None:
    """Each life lasts a random while, up to `longest` seconds from where it can do something. `besides` dies with every
    second of them."""
    for number in range(kills):
        await asyncio.sleep(0.8 + chance.random() * longest)
        dying = [bot, besides] if besides and number % 2 else [bot]
        for each in dying:
            await each.kill()
        for each in reversed(dying):
            await each.start()


@asynccontextmanager
async def course(folder: Path, *, drops: float = 0.0, seed: int = 0) -> AsyncIterator[Course]:
    """`drops` is the share of sends whose answer the platform never gives."""
    folder.mkdir(parents=True, exist_ok=True)
    clip = await asyncio.to_thread(make_clip, folder / "talk.mp4", seconds=1.0, size="160x90")
    port, studio_port = str(free_port()), str(free_port())
    data = ("--data", str(folder / "studio"), "--journal", str(folder / "turns.jsonl"), "--port", studio_port)
    studio = Bot(("tests.servers.counted_studio", *data), environment(), folder / "studio.log")
    facts = ("--journal", str(folder / "platform.jsonl"), "--port", port, "--drops", str(drops), "--seed", str(seed))
    chat = Bot(("tests.servers.chat_platform", *facts), environment(), folder / "platform.log")
    address = f"http://127.0.0.1:{port}"
    async with httpx.AsyncClient(base_url=address, timeout=20) as platform:
        made = Course(folder, chat, studio, platform, f"http://127.0.0.1:{studio_port}", clip)
        try:
            await chat.start()
            await studio.start()
            await _as_soon_as_it_is_there(platform, "/ack", {"ids": []})
            yield made
        finally:
            for bot in (*made.bots, chat, studio):
                await bot.kill()


async def _as_soon_as_it_is_there(platform: httpx.AsyncClient, path: str, facts: dict[str, Any]) -> None:
    async with asyncio.timeout(READY_SECONDS):
        while True:
            try:
                await platform.post(path, json=facts)
            except httpx.TransportError:
                await asyncio.sleep(0.05)
            else:
                return


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
