"""How loud a clip is in parts of the timeline, beside what it is elsewhere. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

Level = tuple[int, int, float]  # from and to, in ms of the timeline, and so many times as loud


def level_at(levels: Sequence[Level], moment: int) -> float:
    return next((factor for start, end, factor in levels if start <= moment < end), 1.0)


def changed(
    levels: Sequence[Level], ranges: Sequence[tuple[int, int]], change: Callable[[float], float]
) -> tuple[Level, ...]:
    """The levels with `change` made to them within the ranges: in order, none over another, none that says 1."""
    spans = [*ranges, *((start, end) for start, end, _ in levels)]
    edges = {edge for span in spans for edge in span}
    found: list[Level] = []
    for start, end in pairwise(sorted(edges)):
        factor = level_at(levels, start)
        if any(first <= start < last for first, last in ranges):
            factor = round(change(factor), 4)
        if found and found[-1][1:] == (start, factor):
            found[-1] = (found[-1][0], end, factor)
        elif factor != 1:
            found.append((start, end, factor))
    return tuple(found)
