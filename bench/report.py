"""How a benchmark is written down: the machine, both sides, medians and ratios."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """`bar` is what was to be reached, `met` whether it was; None where there is no bar."""

    what: str
    ours: str
    bare: str = ""
    ratio: str = ""
    bar: str = ""
    met: bool | None = None


def machine() -> str:
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    memory = next((line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "0")
    return (
        f"{os.cpu_count()} x {model}, {int(memory) / (1 << 20):.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}"
    )


def page(title: str, about: str, lines: Iterable[Line]) -> str:
    rows = [
        f"| {line.what} | {line.ours} | {line.bare} | {line.ratio} | {line.bar} | {_mark(line.met)} |" for line in lines
    ]
    head = "| what | Cutroom | bare | ratio | bar | |\n|---|---|---|---|---|---|"
    return "\n".join([f"# {title}", "", f"Machine: {machine()}.", "", about, "", head, *rows, ""])


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def _mark(met: bool | None) -> str:
    return "" if met is None else "met" if met else "**missed**"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
