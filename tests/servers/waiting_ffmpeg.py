"""The bundled FFmpeg as a program that waits at a command until it is let go on, also in another process."""

from __future__ import annotations

import asyncio
import shlex
from pathlib import Path

from core.media import Ffmpeg

# Seconds; it costs only where something is wrong.
_PATIENCE = 60.0


class WaitingFfmpeg:
    """Waits before every command with `words` in it, until `go_on`."""

    def __init__(self, folder: Path, words: str) -> None:
        self.program = folder / "waiting-ffmpeg"
        self._begun, self._go = folder / "ffmpeg-begun", folder / "ffmpeg-go"
        begun, go, binary = (shlex.quote(str(each)) for each in (self._begun, self._go, Ffmpeg.find().binary))
        wait = f"echo $$ >> {begun}; while [ ! -e {go} ]; do sleep 0.05; done"
        self.program.write_text(f'#!/bin/sh\ncase "$*" in\n*"{words}"*) {wait};;\nesac\nexec {binary} "$@"\n')
        self.program.chmod(0o700)

    async def waits(self) -> None:
        """Returns when a command waits."""
        async with asyncio.timeout(_PATIENCE):
            while not self.times:  # noqa: ASYNC110 - another program writes it
                await asyncio.sleep(0.05)

    @property
    def times(self) -> int:
        """How many commands have waited."""
        return len(self._begun.read_text("ascii").split()) if self._begun.exists() else 0

    def go_on(self) -> None:
        self._go.touch()
