"""500 MB uploaded by curl: to the studio, and to a server that only writes what comes to a file.

Like with like: both are processes of their own that write new files on the same disk, of the same file in the same
cache, and take turns in who is first.
"""

from __future__ import annotations

import asyncio
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.process import Process
from bench.report import Line, median
from tests.making import make_audio
from tests.studio.caller import Caller

_SIZE = 499 * 1024 * 1024
_MIB = 1 << 20


@dataclass(slots=True)
class _Side:
    """`written` is where its files appear: they are removed after each round, outside of the time."""

    url: str
    written: Path
    token: str = ""
    times: list[float] = field(default_factory=list)

    async def upload(self, file: Path) -> None:
        self.times.append(await asyncio.to_thread(_curl, self.url, file, self.token))
        for kept in self.written.iterdir():
            kept.unlink()

    @property
    def speed(self) -> str:
        return f"{_SIZE / median(self.times) / 1e6:.0f} MB/s"


async def upload_lines(studio: Process, folder: Path, rounds: int) -> list[Line]:
    big, into = _big(folder), folder / "sink"
    into.mkdir()
    grown = 0
    async with (
        Caller(studio.first_line, client_id="upload") as caller,
        Process("bench.upload_sink", str(into / "file"), log=folder / "log") as sink,
    ):
        path = f"{studio.first_line}/api/upload-video/nemo_agent/me/{caller.session}"
        kept = folder / "data" / "sessions" / caller.session
        ours = _Side(path, kept, str(caller.http.headers["Authorization"]))
        plain = _Side(sink.first_line, into)
        for number in range(rounds):
            studio.forget_peak()
            before = studio.rss
            for side in (ours, plain) if number % 2 else (plain, ours):
                await side.upload(big)
            grown = max(grown, studio.peak - before)
    ratio = median(plain.times) / median(ours.times)
    return [
        Line("upload of 499 MiB", ours.speed, plain.speed, f"{ratio:.2f}", ">= 0.80", ratio >= 0.8),
        Line("memory that it takes", f"{grown / _MIB:.1f} MiB", "", "", "<= 32 MiB", grown <= 32 * _MIB),
    ]


def _big(folder: Path) -> Path:
    """A WAV whose header says what it is, then noise that no disk could leave out."""
    big = make_audio(folder / "big.wav", seconds=1)
    with big.open("ab") as file:
        block = bytes(range(256)) * 4096
        while (left := _SIZE - file.tell()) > 0:
            file.write(block[:left])
    return big


def _curl(url: str, file: Path, token: str) -> float:
    began = time.perf_counter()
    command = ["curl", "-sS", "--fail", "-H", f"Authorization: {token}", "-F", f"files=@{file}", url]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if '"code"' in answer and '"code": 0' not in answer:
        raise RuntimeError(answer)
    return time.perf_counter() - began
