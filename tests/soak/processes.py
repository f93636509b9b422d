"""Processes of a soak: started with what they need, killed without warning, started again."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

READY_SECONDS = 120.0


def environment(**more: str) -> dict[str, str]:
    """Nothing of this machine's own settings gets in."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "STUDIO_FFMPEG") if name in os.environ}
    return {**kept, "PYTHONPATH": str(Path.cwd()), "PYTHONUNBUFFERED": "1", **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def server(module: str, *args: str | Path) -> AsyncIterator[str]:
    """A helper of the tests as a process; yields the line that it says first."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *map(str, args), env=environment(), stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout
        async with asyncio.timeout(READY_SECONDS):
            said = await process.stdout.readline()
        yield said.decode().strip()
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


@dataclass
class Bot:
    """A process that can be killed and started again. Its log is kept over all its lives."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path
    lives: int = 0
    process: asyncio.subprocess.Process | None = field(default=None, repr=False)

    async def start(self) -> None:
        self.lives += 1
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *self.command, env=dict(self.environment), stdout=log, stderr=log
            )

    async def kill(self) -> None:
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        return await self._end(signal.SIGTERM)

    def pause(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGCONT)

    async def _end(self, how: signal.Signals) -> int:
        if self.process is None:
            return 0
        if self.process.returncode is None:
            self.process.send_signal(how)
        code = await self.process.wait()
        self.process = None
        return code
