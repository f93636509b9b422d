"""`cutroom run` as a process of its own, pointed at loopback servers; it can be stopped and killed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.servers.telegram import TelegramServer

ROOT = Path(__file__).parents[4]
PATIENCE = 60.0  # seconds; it costs only where something is wrong


class Cutroom:
    """`async with Cutroom(folder, telegram, BACKEND="studio") as bot`. Its words lie in `log`, its data in `data`.

    `settings` are variables of the environment; none of the machine's own reach it.
    """

    command: Sequence[str] = ("-m", "bots", "run")

    def __init__(self, folder: Path, telegram: TelegramServer, **settings: str) -> None:
        self.data = folder / "data"
        self.log = folder / "cutroom.log"
        self._folder = folder
        self._telegram = telegram
        quick = dict.fromkeys(("RENDER_POLL_SECONDS", "RETRY_SECONDS", "RECOVERY_SECONDS"), "0.2")
        self._settings = {"BACKEND": "studio", **quick, **settings}
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        if self._process is not None and self._process.returncode is None:
            await self.kill() if kind else await self.stop()

    async def start(self) -> None:
        self._before = len(self.said) if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *self.command,
                cwd=self._folder,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    async def stop(self) -> None:
        """SIGTERM, as a service manager does."""
        process = self._running
        async with asyncio.timeout(PATIENCE):  # while Python itself is still starting nobody could listen to a signal
            while process.returncode is None and "Running (" not in self.said[self._before :]:  # noqa: ASYNC110 - its log is a file
                await asyncio.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(PATIENCE):
                code = await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
            raise AssertionError(f"did not end on SIGTERM:\n{self.said}") from None
        assert code == 0, self.said

    async def kill(self) -> None:
        """SIGKILL: no goodbye, nothing saved that was not saved."""
        self._running.kill()
        await self._running.wait()

    async def ended(self) -> int:
        """Waits for it to end by itself; its exit code."""
        async with asyncio.timeout(PATIENCE):
            return await self._running.wait()

    @property
    def said(self) -> str:
        """Everything it wrote to stdout and stderr."""
        return self.log.read_text(errors="replace")

    @property
    def pid(self) -> int:
        return self._running.pid

    @property
    def _running(self) -> asyncio.subprocess.Process:
        assert self._process is not None, "not started"
        return self._process

    @property
    def _environment(self) -> dict[str, str]:
        names = ("PATH", "HOME", "LANG", "TMPDIR", "STUDIO_FFMPEG")
        kept = {key: os.environ[key] for key in names if key in os.environ}
        return {
            **kept,
            "PYTHONPATH": str(ROOT),
            "DATA_DIR": str(self.data),
            "TELEGRAM_BOT_TOKEN": self._telegram.token,
            "TELEGRAM_API_URL": self._telegram.url,
            **self._settings,
        }
