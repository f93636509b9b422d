"""`python -m bench discord`: how fast Cutroom acknowledges on Discord, and what it weighs, beside a bare bot.

All against the same loopback Discord, which is a process of its own and makes the load; the sides take turns in one
run.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bench.process import Process
from bench.report import Line, median, page, quantile
from bench.telegram import MIB, digest, long_clip, open_turns

AT_ONCE = 200
REPEATS, LOADS, PAUSE = 5, 4, 1.0
LONGEST_ACK = 0.5
RATIO = 1.5
WAITING, BATCH = 1000, 100
FILE = 100 * MIB
GROWTH = 32 * MIB


@dataclass(frozen=True, slots=True)
class Side:
    """`loads` is how often it is loaded a start; `busy` how many jobs have just begun when a load comes."""

    name: str
    command: str
    request: str = ""
    bare: bool = False
    loads: int = 1
    busy: int = 0


BARE = Side("bare bot", "edit", "make a film about the sea", bare=True, loads=LOADS)
WARM = Side("warm", "help")
JOBS = Side("/edit, a job each", "edit", "make a film about the sea")
OURS = (
    Side("/help", "help", loads=LOADS),
    JOBS,
    Side("/edit, while 20 jobs begin", "edit", "make a film about the sea", busy=20),
)


@dataclass
class Figures:
    """In seconds."""

    acks: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stage:
    """A server, the side's bot on it, and what the load is made with."""

    http: httpx.AsyncClient
    bot: Process
    backend: str
    folder: Path


def run() -> str:
    """The page of results."""
    return asyncio.run(measure())


async def measure(repeats: int = REPEATS) -> str:
    lines = [*await acks(repeats), await memory(), await large_file()]
    about = (
        "Server, bot and backend are processes on this machine, on loopback; other work on it makes the figures "
        f"wobble, all sides alike. {AT_ONCE} people use a command in the same moment, each in a channel of their own, "
        f"the sides in turn, {repeats} starts of each and {LOADS} loads a start (one where each makes a job), after a "
        "warm-up of as many. The bare bot is discord.py's client that defers and follows up with a fixed sentence; an "
        "ack is the time until Discord has the first answer, of three seconds that it grants."
    )
    return page("Discord, measured", about, lines)


# --- how fast


async def acks(repeats: int) -> list[Line]:
    figures: dict[str, Figures] = {}
    for _ in range(repeats):
        for side in (BARE, *OURS):
            async with _stage(side) as stage:
                await _load(stage, WARM, AT_ONCE)  # connections, caches
                figure = figures.setdefault(side.name, Figures())
                for _ in range(side.loads):
                    await asyncio.sleep(PAUSE)
                    if side.busy:
                        await _load(stage, side, side.busy)
                    found = await _load(stage, side, AT_ONCE)
                    figure.acks += found.acks
                    figure.answers += found.answers
    return [line for side in OURS for line in _lines(side, figures[side.name], figures[BARE.name])]


async def _load(stage: Stage, side: Side, count: int, first: int = 0) -> Figures:
    wish = {"first": first, "count": count, "command": side.command, "request": side.request}
    answer = await stage.http.post("/load", json=wish, timeout=300)
    answer.raise_for_status()
    body = answer.json()
    if len(body["acks"]) != count:
        raise RuntimeError(f"{side.name}: {len(body['acks'])} of {count} were acknowledged")
    return Figures(body["acks"], body["answers"])


def _lines(side: Side, ours: Figures, bare: Figures) -> list[Line]:
    p50, bare50 = median(ours.acks), median(bare.acks)
    p99, bare99 = quantile(ours.acks, 0.99), quantile(bare.acks, 0.99)
    first, bare_first = median(ours.answers), median(bare.answers)
    # The bare bot has nothing else to do: who is busy is not held against it.
    bar, met = ("", None) if side.busy else (f"<= {RATIO} x bare", p50 <= RATIO * bare50)
    return [
        Line(f"{side.name}: ack, p50", _ms(p50), _ms(bare50), f"{p50 / bare50:.2f}", bar, met),
        Line(f"{side.name}: ack, p99", _ms(p99), _ms(bare99), f"{p99 / bare99:.2f}", "< 500 ms", p99 < LONGEST_ACK),
        Line(f"{side.name}: first words, p50", _ms(first), _ms(bare_first), f"{first / bare_first:.2f}"),
    ]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


# --- how heavy


async def memory() -> Line:
    async with _stage(JOBS, people=WAITING, hold=True) as stage:
        idle = stage.bot.rss
        for first in range(0, WAITING, BATCH):  # a thousand connections at once would weigh more than what waits
            await _load(stage, JOBS, BATCH, first)
        await open_turns(stage.http, stage.backend, WAITING)
        full = stage.bot.rss
    words = f"{full / MIB:.0f} MiB, {(full - idle) / MIB:.0f} MiB more than idle"
    return Line(f"memory with {WAITING} jobs waiting on an open stream", words)


async def large_file() -> Line:
    async with _stage(JOBS, people=1, hold=True) as stage:
        await _load(stage, WARM, 1)
        stage.bot.forget_peak()
        before = stage.bot.rss
        clip = await long_clip(stage.folder, FILE)
        (await stage.http.post("/file", json={"path": str(clip), "request": "make it brighter"})).raise_for_status()
        await open_turns(stage.http, stage.backend, 1)
        growth = stage.bot.peak - before
        [upload] = (await stage.http.get(f"{stage.backend}/open")).json()["uploads"]
        same = upload["sha256"] == await asyncio.to_thread(digest, clip)
    arrived = "whole, byte for byte" if same else f"CHANGED: {upload['size']} bytes"
    words = f"{growth / MIB:.1f} MiB; it arrived {arrived}"
    return Line(
        f"memory growth while an attachment of {FILE // MIB} MiB is brought to a backend that fetches no links",
        words,
        bar=f"<= {GROWTH // MIB} MiB",
        met=same and growth <= GROWTH,
    )


# --- the stage


@asynccontextmanager
async def _stage(side: Side, people: int = AT_ONCE, *, hold: bool = False) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = Process("bench.discord_loopback", str(people), log=folder / "server.log")
        await stack.enter_async_context(server)
        api, gateway, token, control = server.first_line.split()
        backend = Process("bench.backend", *(["--hold", "--no-links"] if hold else []), log=folder / "backend.log")
        await stack.enter_async_context(backend)
        if side.bare:
            bot = Process("bench.discord_echo", api, gateway, token, log=folder / "bot.log", talks=False)
        else:
            bot = _cutroom(folder, api, gateway, token, backend.first_line)
        await stack.enter_async_context(bot)
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=control))
        await _connected(http)
        yield Stage(http, bot, backend.first_line, folder)


def _cutroom(folder: Path, api: str, gateway: str, token: str, backend: str) -> Process:
    env = {
        "DISCORD_API_URL": api,
        "DISCORD_GATEWAY_URL": gateway,
        "DISCORD_BOT_TOKEN": token,
        "BACKEND": "cloud",
        "NEMO_API_URL": backend,
        "DATA_DIR": str(folder / "data"),
        "JOBS_AT_ONCE": str(WAITING),
        "WAITING_ROOM": str(5 * WAITING),
    }
    return Process("bots", "run", env=env, cwd=folder, log=folder / "bot.log", talks=False)


async def _connected(http: httpx.AsyncClient) -> None:
    async with asyncio.timeout(60):  # it is another process: there is no event to wait for
        while not (await http.get("/connected")).json()["connected"]:
            await asyncio.sleep(0.2)
