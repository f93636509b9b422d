"""`python -m bench telegram`: how fast Cutroom answers in Telegram, and what it weighs, beside a bare echo bot.

All against the same loopback Bot API server, which is a process of its own and makes the load; the sides take
turns in one run.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import platform
import statistics
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import httpx

from bench.disk import about_the_disk
from bench.process import Process
from tests.making import make_clip

REPEATS = 3
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Load:
    """So many chats at once with so many messages each, the next one `pause` seconds after the answer to the last."""

    chats: int
    rounds: int
    pause: float = 0.0

    @property
    def name(self) -> str:
        return f"{self.chats}, at ease" if self.pause else str(self.chats)

    def share(self, share: float) -> Load:
        return replace(self, rounds=max(1, round(self.rounds * share)))


LOADS = (Load(1, 100, pause=0.1), Load(1, 100), Load(50, 20), Load(200, 10))
WARM = Load(1, 10)  # connections, caches


@dataclass(frozen=True, slots=True)
class Side:
    """Who answers, what is sent, and what the last message to it holds."""

    name: str
    text: str
    last: str
    bot: str
    share: float = 1.0  # of the messages of a load: a request is much more work than an answer


SIDES = (
    Side("echo bot, PTB's defaults", "/help", "", "echo"),
    Side("echo bot, concurrent_updates", "/help", "", "echo concurrent"),
    Side("Cutroom, /help", "/help", "", "cutroom"),
    Side("Cutroom, a request", "make a film about the sea", "Answered.", "cutroom", 0.2),
)


@dataclass
class Figures:
    first: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return statistics.median(self.first) * 1000

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.first, n=100)[98] * 1000

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)


def run() -> str:
    """The page of results."""
    return asyncio.run(measure(REPEATS))


async def measure(repeats: int) -> str:
    before = os.getloadavg()[0]
    parts = [_machine(), await speed(repeats), about_the_disk(), await memory(), await large_file()]
    load = f"Load of the machine over a minute: {before:.1f} when it began, {os.getloadavg()[0]:.1f} at the end."
    return "\n\n".join([*parts, load]) + "\n"


# --- how fast


async def speed(repeats: int) -> str:
    figures: dict[tuple[str, Load], Figures] = {}
    for _ in range(repeats):
        for side in SIDES:
            async with _stage(side) as http:
                await _put_on(http, side, WARM)
                for load in LOADS:
                    first, wall = await _put_on(http, side, load.share(side.share))
                    figure = figures.setdefault((side.name, load), Figures())
                    figure.first += first
                    figure.rates.append(len(first) / wall)
    return _speed_table(figures)


async def _put_on(http: httpx.AsyncClient, side: Side, load: Load) -> tuple[list[float], float]:
    wish = {"text": side.text, "last": side.last, **asdict(load)}
    answer = await http.post("/load", json=wish, timeout=300)
    answer.raise_for_status()
    body = answer.json()
    return body["first"], body["wall"]


@asynccontextmanager
async def _stage(side: Side) -> AsyncIterator[httpx.AsyncClient]:
    """A server, and the side's bot on it."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = await stack.enter_async_context(Process("bench.loopback", log=folder / "server.log"))
        url, token = server.first_line.split()
        if side.bot.startswith("echo"):
            args = (url, token, *side.bot.split()[1:])
            await stack.enter_async_context(Process("bench.echo", *args, log=folder / "bot.log", talks=False))
        else:
            backend = await stack.enter_async_context(Process("bench.backend", log=folder / "backend.log"))
            await stack.enter_async_context(cutroom(folder, url, token, backend.first_line))
        yield await stack.enter_async_context(httpx.AsyncClient(base_url=url))


def cutroom(folder: Path, url: str, token: str, backend: str, **settings: str) -> Process:
    env = {
        "TELEGRAM_API_URL": url,
        "TELEGRAM_BOT_TOKEN": token,
        "BACKEND": "cloud",
        "NEMO_API_URL": backend,
        "DATA_DIR": str(folder / "data"),
        "JOBS_AT_ONCE": "1000",
        "WAITING_ROOM": "5000",
        **settings,
    }
    return Process("bots", "run", env=env, cwd=folder, log=folder / "bot.log", talks=False)


def _speed_table(figures: dict[tuple[str, Load], Figures]) -> str:
    lines = [
        "## First visible answer",
        "",
        "Milliseconds from a message to the bot's first message in that chat, and messages a second; every chat sends",
        "its next message when the last one is answered, or at ease, a tenth of a second after that. The",
        "ratio is to the better of the two echo bots; what was to be reached by an answer that needs no work is p50 <=",
        "1.5, p99 <= 2, messages/s >= 0.7. A request is a whole job, so its messages a second are jobs a second.",
        "",
        "| chats | side | p50 ms | p99 ms | messages/s | p50 ratio | p99 ratio | messages/s ratio |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for load in LOADS:
        echoes = [figures[side.name, load] for side in SIDES if side.bot.startswith("echo")]
        best = (min(e.p50 for e in echoes), min(e.p99 for e in echoes), max(e.rate for e in echoes))
        for side in SIDES:
            own = figures[side.name, load]
            ratios = (own.p50 / best[0], own.p99 / best[1], own.rate / best[2])
            numbers = f"{own.p50:.1f} | {own.p99:.1f} | {own.rate:.0f}"
            compared = " | ".join(f"{ratio:.2f}" for ratio in ratios)
            lines.append(f"| {load.name} | {side.name} | {numbers} | {compared} |")
    return "\n".join(lines)


# --- how heavy


async def memory(jobs: int = 1000) -> str:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = await stack.enter_async_context(Process("bench.loopback", log=folder / "server.log"))
        url, token = server.first_line.split()
        backend = await stack.enter_async_context(Process("bench.backend", "--hold", log=folder / "backend.log"))
        bot = await stack.enter_async_context(cutroom(folder, url, token, backend.first_line))
        http = await stack.enter_async_context(httpx.AsyncClient())
        await _answered(http, url)
        idle = bot.rss
        await http.post(f"{url}/crowd", json={"count": jobs, "text": "make a film about the sea"}, timeout=60)
        await open_turns(http, backend.first_line, jobs)
        grown = bot.rss - idle
    return "\n".join(
        [
            f"## {jobs} jobs waiting on an open stream",
            "",
            f"Idle {idle / MIB:.0f} MiB, with the jobs {(idle + grown) / MIB:.0f} MiB: {grown / MIB:.0f} MiB more.",
        ]
    )


async def _answered(http: httpx.AsyncClient, url: str) -> None:
    """The bot is up when it has answered somebody."""
    wish = {"chats": 1, "rounds": 3, "pause": 0, "text": "/help", "last": ""}
    (await http.post(f"{url}/load", json=wish, timeout=60)).raise_for_status()


async def open_turns(http: httpx.AsyncClient, backend: str, wanted: int) -> None:
    async with asyncio.timeout(300):  # it is another process: there is no event to wait for
        while (await http.get(f"{backend}/open")).json()["turns"] < wanted:
            await asyncio.sleep(0.5)


async def large_file(size: int = 200 * MIB) -> str:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = await stack.enter_async_context(Process("bench.loopback", "--local", log=folder / "server.log"))
        url, token = server.first_line.split()
        backend = await stack.enter_async_context(Process("bench.backend", "--hold", log=folder / "backend.log"))
        local = {"TELEGRAM_LOCAL_MODE": "true"}
        bot = await stack.enter_async_context(cutroom(folder, url, token, backend.first_line, **local))
        http = await stack.enter_async_context(httpx.AsyncClient())
        await _answered(http, url)
        bot.forget_peak()
        before = bot.rss
        clip = await long_clip(folder, size)
        await http.post(f"{url}/video", json={"path": str(clip), "caption": "make it brighter"})
        await open_turns(http, backend.first_line, 1)
        growth = bot.peak - before
        [upload] = (await http.get(f"{backend.first_line}/open")).json()["uploads"]
        same = upload["sha256"] == await asyncio.to_thread(digest, clip)
    whole = "whole, byte for byte" if same else f"CHANGED: {upload['size']} bytes"
    return "\n".join(
        [
            f"## A file of {size // MIB} MiB from a local Bot API server to the backend",
            "",
            f"It arrived {whole}. Memory at its highest was {growth / MIB:.1f} MiB over that before.",
        ]
    )


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


async def long_clip(folder: Path, size: int) -> Path:
    """A real clip, made long by a box of free space, which every player skips."""
    clip = await asyncio.to_thread(make_clip, folder / "long.mp4", seconds=2)
    rest = size - clip.stat().st_size
    with clip.open("ab") as file:
        file.write(rest.to_bytes(4, "big") + b"free")
        for start in range(8, rest, MIB):
            file.write(os.urandom(min(MIB, rest - start)))
    return clip


def _machine() -> str:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return "\n".join(
        [
            "# Telegram, measured",
            "",
            f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, {platform.system()} {platform.release()}, "
            f"Python {platform.python_version()}. Server, bot and backend are processes on this machine, on loopback; "
            "other work on it makes the figures wobble, and both sides alike.",
        ]
    )
