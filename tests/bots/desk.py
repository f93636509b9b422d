"""A folder in which the `cutroom` command is run: in this process, or as one of its own where that is the point."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bots.cli import main

# A background job of a shell ignores Ctrl-C and hands that down; what is tested is a command that does not.
_START = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("bots", None, "__main__")
"""
CUTROOM = [sys.executable, "-c", _START]
PATIENCE = 60.0


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    def of(self, event: str) -> list[dict[str, Any]]:
        return [each for each in self.events if each["event"] == event]


@dataclass(frozen=True)
class Desk:
    """Nothing of the machine's own settings reaches the command."""

    folder: Path

    async def run(self, *args: str | Path, typed: str = "", **more: str) -> Ran:
        """In this process, from its arguments to its exit code. No signal can be sent to it."""
        ran = await asyncio.to_thread(self._main, ["cutroom", *map(str, args)], typed, self._environment(more))
        assert "Traceback" not in ran.out + ran.err
        return ran

    async def run_process(self, *args: str | Path, typed: str = "", **more: str) -> Ran:
        process = await self.start(*args, **more)
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate(typed.encode())
        assert process.returncode is not None
        assert b"Traceback" not in out + err
        return Ran(process.returncode, out.decode(), err.decode())

    async def start(self, *args: str | Path, **more: str) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        environment = {**self._environment(more), "PYTHONPATH": str(Path.cwd())}
        return await asyncio.create_subprocess_exec(
            *CUTROOM, *map(str, args), cwd=self.folder, env=environment, stdin=pipe, stdout=pipe, stderr=pipe
        )

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "STUDIO_FFMPEG") if name in os.environ}
        return {**kept, "DATA_DIR": str(self.folder / "data"), **more}

    def _main(self, args: list[str], typed: str, environment: Mapping[str, str]) -> Ran:
        out, err, code = io.StringIO(), io.StringIO(), 0
        with (
            patch.object(sys, "argv", args),
            patch.object(sys, "stdin", io.StringIO(typed)),
            patch.dict(os.environ, environment, clear=True),
            contextlib.chdir(self.folder),
            _levels_of_logging_kept(),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                main()
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 1
        return Ran(code, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def _levels_of_logging_kept() -> Iterator[None]:
    """The command sets its process's levels, which are not to be those of the tests behind it."""
    loggers = [logging.getLogger(name) for name in (None, "bots", "httpx")]
    before = [logger.level for logger in loggers]
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
