"""Making a file fit: how much of the limit is used, and what it costs over a bare two-pass FFmpeg.

`python -m bench fit`. `CUTROOM_BENCH_ROUNDS` for another number than 3.
"""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.report import Line, median, page
from core.media import Below, Ffmpeg, Media, fit, safe_input
from core.media.fit import first_pass, second_pass
from core.media.fit_plan import VideoPlan, plan_fit
from tests.making import chosen_ffmpeg

ROUNDS = int(os.environ.get("CUTROOM_BENCH_ROUNDS", "3"))
_MOST, _LEAST_FILLED = 1.1, 0.95
_NOISY = "testsrc2=s={size}:r={fps}:d={seconds},noise=alls={noise}:allf=t"


@dataclass(frozen=True, slots=True)
class _Case:
    """A film of `size` at `rate`, which is made to have `share` of its bytes."""

    what: str
    size: str
    fps: int
    seconds: int
    noise: int
    rate: str
    share: float


_CASES = (
    _Case("as large as it was", "640x360", 30, 20, 4, "2M", 0.6),
    _Case("smaller", "1280x720", 30, 12, 4, "5M", 0.1),
    _Case("upright, fewer frames", "360x640", 60, 16, 4, "3M", 0.15),
    _Case("longer and simple", "640x360", 30, 30, 0, "1M", 0.5),
)


@dataclass(frozen=True, slots=True)
class _Cost:
    """In seconds: on the clock, and of the processors."""

    wall: float
    processor: float


@dataclass(frozen=True, slots=True)
class _Round:
    ours: _Cost
    bare: _Cost
    filled: float


def run() -> str:
    """Both sides of a round run one after the other, in turns."""
    with tempfile.TemporaryDirectory(prefix="cutroom-bench-") as name:
        lines = [line for case in _CASES for line in asyncio.run(_measured(case, Path(name)))]
    about = f"""Films from FFmpeg's own sources with noise, H.264 and AAC, made to fit. The bare side is FFmpeg run
twice with the very arguments of the plan, without probing, planning, progress or a look at the size. Wall and processor
time from a source on the disk to the file that fits, the medians of {ROUNDS} rounds, both sides in each, in turns.
The size is the one furthest from the limit. Load of the machine before: {os.getloadavg()[0]:.1f}."""
    return page("Making a file fit", about, lines)


async def _measured(case: _Case, folder: Path) -> list[Line]:
    source = _film(case, folder / f"{case.size}-{case.fps}.mp4")
    size = source.stat().st_size
    limit, ffmpeg = int(size * case.share), chosen_ffmpeg()
    media = await ffmpeg.probe(source)
    plan = plan_fit(media, size, limit) if media else None
    if media is None or not isinstance(plan, VideoPlan):
        raise AssertionError(f"{case.what}: {plan}")
    rounds = [await _round(ffmpeg, source, media, plan, limit, bare_first=n % 2 == 1) for n in range(ROUNDS)]
    shape = f"{plan.width}x{plan.height} at {plan.fps or case.fps:g}"
    what = f"{case.what}: {case.size} at {case.fps}, {case.seconds} s, {size >> 10} KB to {limit >> 10} KB as {shape}"
    filled = min((each.filled for each in rounds), key=lambda share: share if share <= 1 else -share)
    return [
        _compared(f"{what}, wall", [(each.ours.wall, each.bare.wall) for each in rounds]),
        _compared(f"{what}, processor", [(each.ours.processor, each.bare.processor) for each in rounds]),
        Line(f"{what}, size", f"{filled:.1%} of the limit", "", "", "95-100 %", _LEAST_FILLED <= filled <= 1),
    ]


def _compared(what: str, pairs: list[tuple[float, float]]) -> Line:
    ours, bare = (median(side) for side in zip(*pairs, strict=True))
    ratio = median([ours / bare for ours, bare in pairs])
    return Line(what, f"{ours:.2f} s", f"{bare:.2f} s", f"{ratio:.2f}", f"<= {_MOST}", ratio <= _MOST)


def _film(case: _Case, path: Path) -> Path:
    picture = _NOISY.format(size=case.size, fps=case.fps, seconds=case.seconds, noise=case.noise)
    inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", f"sine=440:d={case.seconds}"]
    codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", case.rate, "-pix_fmt", "yuv420p", "-c:a", "aac"]
    _bare([*inputs, *codecs, str(path)])
    return path


async def _round(
    ffmpeg: Ffmpeg, source: Path, media: Media, plan: VideoPlan, limit: int, *, bare_first: bool
) -> _Round:
    bare = _two_passes(source, media, plan) if bare_first else None
    begun = _now()
    made = await fit(ffmpeg, source, limit, source.with_name("fitted"))
    ours = _since(begun)
    if isinstance(made, Below):
        raise TypeError(made)
    return _Round(ours, bare or _two_passes(source, media, plan), made.size / limit)


def _two_passes(source: Path, media: Media, plan: VideoPlan) -> _Cost:
    statistics, begun = source.with_name("bare-pass"), _now()
    _bare([*safe_input(source, media), *first_pass(media, plan, statistics), "-f", "null", "-"])
    made = str(source.with_name("bare.mp4"))
    _bare([*safe_input(source, media), *second_pass(media, plan, plan.rate, statistics), made])
    return _since(begun)


def _now() -> _Cost:
    """The processors' time of this process and of all it has waited for."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return _Cost(time.perf_counter(), sum(each.ru_utime + each.ru_stime for each in spent))


def _since(begun: _Cost) -> _Cost:
    now = _now()
    return _Cost(now.wall - begun.wall, now.processor - begun.processor)


def _bare(args: list[str]) -> None:
    command = [chosen_ffmpeg().binary, "-v", "error", "-nostdin", "-y", *args]
    subprocess.run(command, check=True, timeout=600)
