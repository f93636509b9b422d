"""The studio's jobs over HTTP beside bare FFmpeg, and an upload of 500 MB beside curl and a plain sink.

`python -m bench studio`; `CUTROOM_BENCH_ROUNDS` for another number of rounds than 5.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import tempfile
import time
from pathlib import Path

import httpx

from bench.process import Process
from bench.report import Line, median, page
from bench.studio_jobs import SECONDS, Job, jobs
from bench.studio_upload import upload_lines
from bench.studio_words import words_lines
from studio.timeline.draft import BadDraft, read_draft, write_draft
from tests.making import chosen_ffmpeg
from tests.studio.caller import Caller

ROUNDS = int(os.environ.get("CUTROOM_BENCH_ROUNDS", "5"))
# More often takes time from the encode on two cores, and less often counts as ours.
POLLED_EVERY = 0.1
_LONGEST = 20.0  # seconds for a waveform video
_ABOUT = f"""Medians of {ROUNDS} rounds; both sides in one run, in turns, on the same files: {SECONDS} s of testsrc2 in
1920x1080 at 30 frames a second with a tone in AAC, and an MP3 of the same length. Cutroom is measured over HTTP, from
the POST of a render until a poll, every {POLLED_EVERY} s, says that its file is ready; bare is one FFmpeg command with
the same codecs and quality. The bare side of the waveform video is a still picture of the same length. Jobs may take
their ratio and 0.3 s."""


def run() -> str:
    return asyncio.run(_measured())


async def _measured() -> str:
    with tempfile.TemporaryDirectory(prefix="cutroom-bench-") as name:
        folder = Path(name)
        binary = chosen_ffmpeg().binary
        files = _sources(binary, folder)
        log = folder / "log"
        async with Process("bench.studio_server", str(folder / "data"), log=log) as studio:
            async with Caller(studio.first_line, client_id="bench") as caller:
                caller.http.timeout = httpx.Timeout(600)
                await caller.upload(*files.values())
                ids = _ids(folder / "data", files)
                lines = [await _line(job, caller, ids, files, binary, folder) for job in jobs(folder)]
            lines += await upload_lines(studio, folder, ROUNDS)
        lines += await asyncio.to_thread(words_lines)
        return page("The studio", _ABOUT, lines)


def _sources(binary: str, folder: Path) -> dict[str, Path]:
    sound = ["-f", "lavfi", "-i", f"sine=330:d={SECONDS}:sample_rate=48000"]
    picture = ["-f", "lavfi", "-i", f"testsrc2=s=1920x1080:r=30:d={SECONDS}"]
    files = {"clip": folder / "clip.mp4", "music": folder / "music.mp3"}
    h264 = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-b:v", "6700k", "-c:a", "aac"]
    _ffmpeg(binary, [*picture, *sound, *h264], files["clip"])
    _ffmpeg(binary, [*sound, "-b:a", "192k"], files["music"])
    still = ["-f", "lavfi", "-i", "gradients=s=1920x1080:seed=1", "-frames:v", "1", "-update", "1"]
    _ffmpeg(binary, still, folder / "still.png")
    return files


def _ffmpeg(binary: str, args: list[str], output: Path) -> float:
    began = time.perf_counter()
    subprocess.run([binary, "-v", "error", "-nostdin", "-y", *args, str(output)], check=True)
    return time.perf_counter() - began


def _ids(data: Path, files: dict[str, Path]) -> dict[str, str]:
    """Files are known by the names that they are kept under."""
    kept = {path.suffix: path.stem for path in data.glob("sessions/*/*")}
    return {name: kept[path.suffix] for name, path in files.items()}


async def _line(
    job: Job, caller: Caller, ids: dict[str, str], files: dict[str, Path], binary: str, folder: Path
) -> Line:
    timeline = job.draft(ids)
    draft = write_draft(timeline)
    try:
        carried = read_draft(draft) == timeline
    except BadDraft:
        carried = False
    if not carried:
        return Line(job.name, "not measured: a draft cannot say it")
    ours, bare = [], []
    for number in range(ROUNDS):
        ours.append(await _rendered(caller, f"{job.name} {number}".replace("/", " "), draft, job.format))
        bare.append(await asyncio.to_thread(_ffmpeg, binary, job.bare(files), folder / f"bare.{job.format}"))
    mine, other = median(ours), median(bare)
    met = mine <= other * job.most + job.spare and (job.spare > 0 or mine < _LONGEST)
    bar = f"<= {job.most}" + (" and 0.3 s" if job.spare else f", under {_LONGEST:.0f} s")
    return Line(job.name, f"{mine:.2f} s", f"{other:.2f} s", f"{mine / other:.2f}", bar, met)


async def _rendered(caller: Caller, render: str, draft: object, format_: str) -> float:
    render = render.replace(" ", "-").replace(":", "").replace(",", "")
    began = time.perf_counter()
    answer = await caller.submit(draft, render, format=format_)
    answer.raise_for_status()
    done = await caller.finished(render, POLLED_EVERY)
    spent = time.perf_counter() - began
    if done["status"] != "completed":
        raise RuntimeError(done)
    return spent
