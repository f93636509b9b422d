"""Spans of time in a sentence: "0:02 to 0:05", "the first 30 seconds", "第2秒到第5秒". Pure.

How each kind is said stands in the value files of the languages; here is what it means.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from studio.timeline.operations import END, START, Moment, Part


class Kind(StrEnum):
    """How a span was said, which says what may be meant by it."""

    RANGE = "range"
    FIRST = "first"
    LAST = "last"
    AFTER = "after"  # everything after: a part to speak of
    BEFORE = "before"
    FROM = "from"  # a new beginning
    UNTIL = "until"  # a new end
    LENGTH = "length"
    POINT = "point"
    ENDS = "ends"  # so much at either end


@dataclass(frozen=True, slots=True)
class Span:
    """`seconds` is the length that was named, 0 where it was not. `is_bare`: of two numbers without a unit."""

    kind: Kind
    part: Part
    seconds: float = 0.0
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class Units:
    """The names of the units of time in all languages, as patterns."""

    hour: str
    minute: str
    second: str

    @property
    def each(self) -> str:
        return rf"(?:{self.hour}|{self.minute}|{self.second})(?![a-z])"


N = r"\d+(?:\.\d+)?"
CLOCK = r"(?<![\d:])(?:\d{1,2}:)?\d{1,3}:\d{2}(?:\.\d+)?(?![\d:])"
BARE = rf"第?{N}(?![\d:%]|\.\d|x\b|k\b)"


UNITLESS = re.compile(
    rf"(?<![\d:.#\w])({N})(?![\d:.%\w]| ?(?:x|k|s|h|m|secs?|seconds?|mins?|minutes?|hours?|db|percent|times|degrees)\b|"
    r" ?[倍秒分成步度小个])"
)


def length_pattern(units: Units) -> str:
    """ "1 hour 2 min 20": a number with its unit; that of the last number may be left out."""
    then, end = r",?[ ]?(?:and )?", r"(?![a-z])"
    seconds = rf"{N}[ -]?个?(?:{units.second}){end}"
    rest = rf"{N}(?=\b)(?![\d:%xk.]|[ -]?(?!(?:to|until|till|through|and|then)\b)[a-z])"
    minutes = rf"{N}[ -]?个?(?:{units.minute}){end}(?:{then}(?:{seconds}|{rest}))?"
    hours = rf"{N}[ -]?个?(?:{units.hour}){end}(?:{then}(?:{minutes}|{seconds}|{rest}))?"
    return rf"(?<![\d.:])第?(?:{hours}|{minutes}|{seconds})"


class Times:
    """Reads times as they are written."""

    def __init__(self, units: Units, shares: dict[str, int]) -> None:
        self._units = units
        self._shares = shares
        self._each = re.compile(rf"({N})[ -]?个?({units.each})?")

    def seconds_of(self, time: str) -> float:
        """ "1:02:03", "90s", "1 min 20": the unit that is not said is the next smaller one."""
        if ":" in time:
            seconds = 0.0
            for part in re.sub(r"[^\d:.]", "", time).split(":"):
                seconds = seconds * 60 + float(part)
            return seconds
        total, unit = 0.0, 60.0
        for number, name in self._each.findall(time):
            unit = self._scale(name) if name else unit / 60
            total += float(number) * unit
        return round(total, 6)

    def _scale(self, unit: str) -> float:
        if re.fullmatch(self._units.hour, unit):
            return 3600.0
        return 60.0 if re.fullmatch(self._units.minute, unit) else 1.0

    def _has_unit(self, time: str) -> bool:
        return ":" in time or re.search(self._units.each, time) is not None

    def _last_unit(self, time: str) -> str:
        units = re.findall(self._units.each, time)
        return units[-1] if units else "s"

    def range(self, first: str, last: str) -> Span:
        """One time takes the other's unit; two bare numbers are no times unless something is done to them."""
        is_bare = not (self._has_unit(first) or self._has_unit(last))
        if not self._has_unit(first) and ":" not in last:
            first += self._last_unit(last)
        if not self._has_unit(last) and ":" not in first:
            last += self._last_unit(first)
        return Span(Kind.RANGE, Part(Moment(self.seconds_of(first)), Moment(self.seconds_of(last))), is_bare=is_bare)

    def of(self, name: str, match: re.Match[str]) -> Span:
        groups = match.groupdict()
        if name == "RANGE":
            return self.range(groups["a"], groups["b"])
        if name == "FOR":
            at, length = self.seconds_of(groups["a"]), self.seconds_of(groups["n"])
            return Span(Kind.RANGE, Part(Moment(at), Moment(at + length)), length)
        if name in ("SHARE_FIRST", "SHARE_LAST"):
            share = 1 / self._shares[groups["s"]]
            if name == "SHARE_FIRST":
                return Span(Kind.FIRST, Part(START, Moment(share=share)))
            return Span(Kind.LAST, Part(Moment(share=1 - share), END))
        return _MADE[name](self.seconds_of(groups["t"]))


def _from_start(kind: Kind) -> Callable[[float], Span]:
    return lambda seconds: Span(kind, Part(START, Moment(seconds)), seconds)


def _to_end(kind: Kind) -> Callable[[float], Span]:
    return lambda seconds: Span(kind, Part(Moment(seconds), END))


def _last(seconds: float) -> Span:
    return Span(Kind.LAST, Part(Moment(-seconds, 1.0), END), seconds)


def _middle(seconds: float) -> Span:
    return Span(Kind.RANGE, Part(Moment(-seconds / 2, 0.5), Moment(seconds / 2, 0.5)), seconds)


_MADE: dict[str, Callable[[float], Span]] = {
    "ENDS": _from_start(Kind.ENDS),
    "TO_END": _to_end(Kind.FROM),
    "FROM_START": _from_start(Kind.RANGE),
    "AFTER_FIRST": _to_end(Kind.AFTER),
    "BEFORE_LAST": lambda seconds: Span(Kind.BEFORE, Part(START, Moment(-seconds, 1.0))),
    "BEFORE_END": lambda seconds: Span(Kind.UNTIL, Part(START, Moment(-seconds, 1.0))),
    "OFF_START": _from_start(Kind.FIRST),
    "OFF_END": _last,
    "FIRST": _from_start(Kind.FIRST),
    "LAST": _last,
    "MIDDLE": _middle,
    "BEFORE": _from_start(Kind.BEFORE),
    "UNTIL": _from_start(Kind.UNTIL),
    "AFTER": _to_end(Kind.AFTER),
    "FROM": _to_end(Kind.FROM),
    "POINT": _to_end(Kind.POINT),
    "LENGTH": _from_start(Kind.LENGTH),
}
# What is looked for first: a range holds two times, and "after the first 5 s" a first part.
ORDER = (
    *("FOR", "ENDS", "TO_END", "FROM_START", "RANGE", "AFTER_FIRST", "BEFORE_LAST", "BEFORE_END", "OFF_START"),
    *("OFF_END", "FIRST", "LAST", "MIDDLE", "SHARE_FIRST", "SHARE_LAST", "BEFORE", "UNTIL", "AFTER", "FROM", "POINT"),
    "LENGTH",
)
