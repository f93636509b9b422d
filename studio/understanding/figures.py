"""The times, percentages and factors of a message, each to be met by an operation. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass

from studio.timeline.operations import Cut, Mute, Operation, Part, Trim
from studio.understanding.moods import is_telling
from studio.understanding.shapes import without_ratios
from studio.understanding.spans import Kind, Span, find_spans
from studio.understanding.writing import MARK, Clause, lowered

_ALIKE = 0.006  # of a factor: what was rounded is still what was said
_PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?(?:%|percent)")
_TIMES = re.compile(r"(\d+(?:\.\d+)?) ?(?:x\b(?! ?\d)|倍|times\b)")
_ORDINAL = re.compile(r"\ba second (?!long\b|at\b|in\b)[a-z]+")


def amount_left(text: str, operations: tuple[Operation, ...]) -> str | None:
    """Percentages and factors, whichever way they may have been meant: to it, by it, or its inverse."""
    made = set(_numbers(operations))
    for pattern, ways in ((_PERCENT, _of_percent), (_TIMES, _of_factor)):
        for match in pattern.finditer(text):
            if not any(abs(way - number) < _ALIKE for way in ways(float(match[1])) for number in made):
                return match[0]
    return None


def _of_percent(value: float) -> tuple[float, ...]:
    share = value / 100
    inverses = tuple(1 / whole for whole in (share, 1 + share, 1 - share) if whole)
    more_or_less = (1.5 * share, 0.5 * share)  # "at 30 %, make it louder"
    return (share, 1 - share, 1 + share, *inverses, *more_or_less)


def _of_factor(value: float) -> tuple[float, ...]:
    return (value, 1 + value, 1 / value) if value else (value,)


def time_left(clauses: Sequence[Clause], operations: tuple[Operation, ...]) -> str | None:
    made = set(_numbers(operations))
    for clause in clauses:
        for span in clause.spans or _denied_spans(clause):
            described = span.kind is Kind.LENGTH and (is_telling(clause) or clause.says(_ORDINAL))
            if not (described or _named(span) <= made or _lies_within(span, operations)):
                return clause.said
    return None


def _denied_spans(clause: Clause) -> tuple[Span, ...]:
    """ "Don't cut 0:18 to 0:21, just mute it": the times stay, though the verb is denied."""
    return find_spans(without_ratios(MARK.sub(" ", lowered(clause.raw))))[0] if clause.negated else ()


def _named(span: Span) -> set[float]:
    """What of a span must come up again: its length, or where it begins and ends."""
    if span.kind is Kind.LENGTH:
        return {span.seconds}
    start, end = span.part.start, span.part.end
    shares = {start.share} - {0.0, 1.0}
    return ({abs(start.seconds), abs(end.seconds)} | shares) - {0.0}


def _lies_within(span: Span, operations: tuple[Operation, ...]) -> bool:
    """ "The goal is at 0:47, keep 0:40 to 0:55": the moment that is told of is in the part that is named."""
    parts = [part for operation in operations if isinstance(operation, Trim | Cut | Mute) for part in operation.parts]
    at = span.part.start.seconds
    return span.kind is Kind.POINT and any(0 < part.start.seconds <= at <= part.end.seconds for part in parts)


def _numbers(value: object) -> Iterator[float]:
    """Every number in it without its sign, and how long each part is."""
    match value:
        case bool() | str() | None:
            return
        case int() | float():
            yield abs(float(value))
        case tuple():
            for each in value:
                yield from _numbers(each)
        case Part(start, end) if start.share == end.share:
            yield from (abs(start.seconds), abs(end.seconds), start.share, round(end.seconds - start.seconds, 3))
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from _numbers(getattr(value, field.name))
