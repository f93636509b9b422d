"""A process under measurement: started, its first line read, its memory and processor time looked at."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[1]


class Process:
    """`async with Process("bench.echo", …) as peer`: Python's module as a process; SIGKILL at the end.

    `first_line` is what it said first on stdout, "" for one that is not waited for.
    """

    def __init__(
        self,
        module: str,
        *args: str,
        env: dict[str, str] | None = None,
        cwd: Path = ROOT,
        log: Path,
        talks: bool = True,
    ) -> None:
        self._command: Sequence[str] = (sys.executable, "-m", module, *args)
        self._env = env or {}
        self._cwd = cwd
        self._log = log
        self._talks = talks
        self.first_line = ""

    async def __aenter__(self) -> Self:
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=self._cwd,
                env={**kept, "PYTHONPATH": str(ROOT), **self._env},
                stdout=asyncio.subprocess.PIPE if self._talks else log,
                stderr=log,
            )
        if self._talks and self._process.stdout is not None:
            async with asyncio.timeout(30):
                self.first_line = (await self._process.stdout.readline()).decode().strip()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
        await self._process.wait()

    @property
    def rss(self) -> int:
        """Bytes of memory that it holds now (Linux)."""
        return self._status("VmRSS")

    @property
    def peak(self) -> int:
        """The most bytes that it held since `forget_peak` (Linux)."""
        return self._status("VmHWM")

    def forget_peak(self) -> None:
        Path(f"/proc/{self._process.pid}/clear_refs").write_text("5")

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far (Linux)."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _status(self, name: str) -> int:
        lines = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))
