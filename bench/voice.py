"""Keeping a voice: how much of the music goes, how fast, and in how much memory.

`python -m bench voice`. The quality needs the programs that speak and play (espeak-ng, flite, fluidsynth, and the
soundfonts FluidR3 or TimGM6mb); without them the page says so. `CUTROOM_BENCH_ROUNDS` for another number than 5.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.family import FamilyMemory
from bench.report import Line, median, page
from core.media import Ffmpeg, aac_args, safe_input
from studio.separation import Separator, keep_voice
from tests.making import chosen_ffmpeg
from training.voicenet.evaluate import RATIOS, Result, cases, evaluated, mean
from training.voicenet.methods import SHIPPED
from training.voicenet.testset import FLUID, PROGRAMS_NEEDED, SPEAKERS, TIM, make

ROUNDS = int(os.environ.get("CUTROOM_BENCH_ROUNDS", "5"))
_MINUTES = 60
_MIB = 1 << 20
_ABOUT = f"""Quality: four voices that the training never heard, over five pieces of music by instruments that it never
heard, at +6, 0 and -6 dB, 12 s each; the gain of SI-SDR over the mixture in dB, and how far the music goes down where
nobody speaks. The bare side is centre extraction and spectral gating on the same mixtures in the same run, in stereo.
Speed and memory: `keep_voice` on a stereo AAC file, decoding and encoding included, the median of {ROUNDS} rounds;
memory is that of all processes it starts, together, at their most.
The bars for quality are the figures recorded for this same network in training/voicenet/EVAL.md: meeting them shows
that it reproduces, and no more."""


@dataclass(frozen=True, slots=True)
class _Set:
    """`bars` are the gains in stereo at +6, 0, -6 dB and the attenuation, as training/voicenet/EVAL.md has them."""

    name: str
    font: Path
    plain: bool
    bars: tuple[float, float, float, float]


_SETS = (
    _Set("FluidR3, unheard programs", FLUID, False, (7.8, 9.6, 11.7, 53)),
    _Set("TimGM6mb, never heard", TIM, True, (7.8, 9.5, 11.6, 53)),
)


def run() -> str:
    with tempfile.TemporaryDirectory(prefix="cutroom-bench-") as name:
        folder = Path(name)
        lines = [line for each in _SETS for line in _quality(each, folder / each.font.stem)]
        lines += asyncio.run(_cost(folder))
    return page("Keeping a voice", _ABOUT, lines)


def _quality(test: _Set, folder: Path) -> list[Line]:
    missing = [program for program in PROGRAMS_NEEDED if shutil.which(program) is None]
    missing += [] if test.font.exists() else [test.font.name]
    if missing:
        return [Line(f"quality, {test.name}", f"not measured: no {', '.join(missing)}")]
    make(folder, font=test.font, plain=test.plain)
    found = evaluated(cases(folder, list(SPEAKERS)), [SHIPPED])
    lines = []
    for stereo in (True, False):
        for ratio, bar in zip(RATIOS, test.bars[:3], strict=True):
            of = [result for result in found if result.case.stereo is stereo and result.case.ratio == ratio]
            gains = {name: round(mean([r.gain for r in of if r.method == name]), 1) for name in _names(of)}
            lines.append(_compared(f"{test.name}, {_sides(stereo)} {ratio:+d} dB", gains, bar if stereo else None))
    of = [result for result in found if result.case.stereo]
    quieter = {name: float(round(mean([r.attenuation for r in of if r.method == name]))) for name in _names(of)}
    return [*lines, _compared(f"{test.name}, music in pauses, stereo", quieter, test.bars[3])]


def _names(found: Sequence[Result]) -> list[str]:
    return list(dict.fromkeys(result.method for result in found))


def _sides(stereo: bool) -> str:
    return "stereo" if stereo else "mono"


def _compared(what: str, values: dict[str, float], bar: float | None) -> Line:
    ours = values.pop("network")
    others = ", ".join(f"{name} {value:g}" for name, value in values.items())
    return Line(
        what, f"{ours:g} dB", others, "", "" if bar is None else f">= {bar:g}", None if bar is None else ours >= bar
    )


async def _cost(folder: Path) -> list[Line]:
    ffmpeg = chosen_ffmpeg()
    minute, hour = folder / "minute.m4a", folder / "hour.m4a"
    for path, seconds in ((minute, 60), (hour, _MINUTES * 60)):
        await asyncio.to_thread(_make, ffmpeg, path, seconds)
    times, small = [], 0
    for _ in range(ROUNDS):
        spent, most = await _separated(ffmpeg, minute, folder / "voice.wav")
        times.append(spent)
        small = max(small, most)
    hour_spent, large = await _separated(ffmpeg, hour, folder / "voice.wav")
    speeds = (60 / median(times), _MINUTES * 60 / hour_spent)
    return [
        Line("1 minute", f"{median(times):.2f} s, {speeds[0]:.0f} x real time", "", "", ">= 20 x", speeds[0] >= 20),
        Line(f"{_MINUTES} minutes", f"{hour_spent:.1f} s, {speeds[1]:.0f} x", "", "", ">= 20 x", speeds[1] >= 20),
        Line("memory, 1 minute", f"{small / _MIB:.0f} MiB"),
        Line(f"memory, {_MINUTES} minutes", f"{large / _MIB:.0f} MiB", "", "", "<= 300 MiB", large <= 300 * _MIB),
    ]


def _make(ffmpeg: Ffmpeg, path: Path, seconds: int) -> None:
    """What it sounds like changes neither speed nor memory."""
    sound = f"aevalsrc='0.3*sin(2*PI*220*t)*sin(t)|0.2*sin(2*PI*330*t)':s=44100:d={min(60, seconds)}"
    once = path.with_name(f"once-{path.name}")
    command = [ffmpeg.binary, "-v", "error", "-nostdin", "-y"]
    subprocess.run([*command, "-f", "lavfi", "-i", sound, *aac_args(128), str(once)], check=True)
    again = ["-stream_loop", str(seconds // 60 - 1), *safe_input(once)]
    subprocess.run([*command, *again, "-c", "copy", str(path)], check=True)


async def _separated(ffmpeg: Ffmpeg, source: Path, to: Path) -> tuple[float, int]:
    """Seconds, and bytes at the most."""
    async with FamilyMemory() as memory:
        began = time.perf_counter()
        await keep_voice(ffmpeg, source, to, on_progress=lambda _: None, separator=Separator.NET)
        return time.perf_counter() - began, memory.most
