"""`python -m bench startup`: how long our processes take until they are ready, on the clock and of the processor."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.process import ROOT, Process
from bench.report import Line, median, page

ROUNDS = 5
BAR = 0.8

_ABOUT = f"""\
Medians of {ROUNDS} rounds, each process in turn. *Clock* is from its start until it says that it is ready: the help is
printed, the bot runs, the studio listens. *Processor* is what it used by then, user and system. The bot is `cutroom
run` in Telegram, on the tests' loopback server, with a studio of its own and an empty data folder. *Bare* is Python
with nothing imported. What is compiled is there already: one round before the first is not counted."""


@dataclass(frozen=True, slots=True)
class Start:
    """`ready` is in the line by which a process says that it is ready, "" for one that ends by itself."""

    name: str
    command: tuple[str, ...]
    ready: str = ""


STARTS = (
    Start("--help", ("-m", "bots", "--help")),
    Start("run", ("-m", "bots", "run"), "Running (all)"),
    Start("studio", ("-m", "bots", "studio", "--port", "0"), "The studio listens"),
)
BARE = Start("bare", ("-c", "pass"))


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds."""

    clock: float
    processor: float


def run() -> str:
    before = os.getloadavg()[0]
    lines = asyncio.run(_measure())
    load = f"Load of the machine over a minute: {before:.1f} when it began, {os.getloadavg()[0]:.1f} at the end."
    return page("Starting", f"{_ABOUT}\n\n{load}", lines)


async def _measure() -> list[Line]:
    took: dict[str, list[Took]] = {each.name: [] for each in (*STARTS, BARE)}
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cutroom-bench-")))
        server = await stack.enter_async_context(Process("bench.loopback", log=folder / "server.log"))
        url, token = server.first_line.split()
        telegram = {"TELEGRAM_API_URL": url, "TELEGRAM_BOT_TOKEN": token, "BACKEND": "studio"}
        for number in range(ROUNDS + 1):
            for each in (*STARTS, BARE):
                home = folder / f"{each.name}{number}"
                figures = await asyncio.to_thread(_started, each, home, telegram)
                took[each.name] += [figures] if number else []
    return [line for each in STARTS for line in _lines(each, took[each.name], took[BARE.name])]


def _started(start: Start, home: Path, settings: dict[str, str]) -> Took:
    """A process of its own, ended when it is ready."""
    home.mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**kept, "PYTHONPATH": str(ROOT), "DATA_DIR": str(home / "data"), **settings}
    said, says = os.pipe()
    began = time.perf_counter()
    to_said = [(os.POSIX_SPAWN_DUP2, says, number) for number in (1, 2)]
    pid = os.posix_spawn(sys.executable, (sys.executable, *start.command), environment, file_actions=to_said)
    os.close(says)
    with os.fdopen(said) as lines:
        if start.ready and not any(start.ready in line for line in lines):
            raise RuntimeError(f"{start.name} did not start")
        if start.ready:
            took = Took(time.perf_counter() - began, _processor(pid))
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            return took
        lines.read()
        usage = os.wait4(pid, 0)[2]
        return Took(time.perf_counter() - began, usage.ru_utime + usage.ru_stime)


def _processor(pid: int) -> float:
    """Seconds of a process that runs (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _lines(start: Start, ours: list[Took], bare: list[Took]) -> list[Line]:
    clock, processor = median([each.clock for each in ours]), median([each.processor for each in ours])
    return [
        Line(
            f"{start.name}: clock",
            f"{clock:.2f} s",
            f"{median([each.clock for each in bare]):.2f} s",
            bar=f"< {BAR} s",
            met=clock < BAR,
        ),
        Line(f"{start.name}: processor", f"{processor:.2f} s", f"{median([each.processor for each in bare]):.2f} s"),
    ]
