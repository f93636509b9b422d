"""Values as they are said: ranges of time, and several of something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studio.timeline.material import clock, range_of
from studio.timeline.operations import Part

Sentences = Iterator[tuple[str, dict[str, str]]]  # keys of `studio.agent.phrases`, each with its values
NOTICED = 300  # ms: less between two lengths is not worth a sentence


def listed(items: Sequence[str], language: str) -> str:
    """ "a, b and c"."""
    if language == "zh":
        return "、".join(items)
    return " and ".join([part for part in (", ".join(items[:-1]), items[-1]) if part])


def spoken_range(part: Part, whole: int) -> str:
    """Times that were named are repeated as they were said; others are rounded."""
    start, end = range_of(part, whole)
    named = part.end.share == 0 and part.end.at(whole) < whole
    return f"{clock(start, 1 if part.start.share else 2)}–{clock(end, 2 if named else 1)}"
