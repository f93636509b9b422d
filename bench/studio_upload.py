"""500 MB uploaded by curl: to the studio, and to a server that only writes what comes to a file."""

from __future__ import annotations

import asyncio
import subprocess
import time
from pathlib import Path

from aiohttp import BodyPartReader, web

from bench.process import Process
from bench.report import Line, median
from tests.making import make_audio
from tests.studio.caller import Caller

_SIZE = 499 * 1024 * 1024
_MIB = 1 << 20


async def upload_lines(studio: Process, folder: Path, rounds: int) -> list[Line]:
    big = _big(folder)
    runner, sink = await _sink(folder)
    ours, plain, grown = [], [], 0
    async with Caller(studio.first_line, client_id="upload") as caller:
        token = str(caller.http.headers["Authorization"])
        path = f"{studio.first_line}/api/upload-video/nemo_agent/me/{caller.session}"
        for _ in range(rounds):
            studio.forget_peak()
            before = studio.rss
            ours.append(await asyncio.to_thread(_curl, path, big, token))
            grown = max(grown, studio.peak - before)
            plain.append(await asyncio.to_thread(_curl, sink, big, token))
            for kept in folder.glob(f"data/sessions/{caller.session}/*"):
                kept.unlink()
    await runner.cleanup()
    ratio = median(plain) / median(ours)
    mine, other = (f"{_SIZE / median(times) / 1e6:.0f} MB/s" for times in (ours, plain))
    return [
        Line("upload of 499 MiB", mine, other, f"{ratio:.2f}", ">= 0.80", ratio >= 0.8),
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


async def _sink(folder: Path) -> tuple[web.AppRunner, str]:
    async def take(request: web.Request) -> web.Response:
        part = await (await request.multipart()).next()
        assert isinstance(part, BodyPartReader)
        with (folder / "sink").open("wb") as file:
            while chunk := await part.read_chunk(256 * 1024):
                file.write(chunk)
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_post("/", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/"


def _curl(url: str, file: Path, token: str) -> float:
    began = time.perf_counter()
    command = ["curl", "-sS", "--fail", "-H", f"Authorization: {token}", "-F", f"files=@{file}", url]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if '"code"' in answer and '"code": 0' not in answer:
        raise RuntimeError(answer)
    return time.perf_counter() - began
