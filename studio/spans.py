"""Spans of time in a sentence: "0:02 to 0:05", "the first thirty seconds", "第2秒到第5秒". Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Seconds. Negative counts from the end, `end` None is the end. As it was said, even the wrong way round."""

    start: float
    end: float | None


_ENGLISH = re.findall(
    r"\w+",
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty""",
)
_WORDS = {word: value for value, word in enumerate(_ENGLISH)} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "half a": 0.5,
}  # fmt: skip
_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

_HOUR, _MINUTE, _SECOND = r"hours?|hrs?|h|小时", r"minutes?|mins?|m|分钟|分", r"seconds?|secs?|s|秒钟|秒"
_UNIT = rf"(?:{_HOUR}|{_MINUTE}|{_SECOND})(?![a-z])"
_NUMBER = r"\d+(?:\.\d+)?"
_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:\.\d+)?"
_LENGTH = rf"第?{_NUMBER}[ -]?{_UNIT}(?:[ ]?(?:and )?{_NUMBER}[ ]?(?:{_UNIT})?(?![\d:]))?"
_TIME = rf"(?:{_CLOCK}|{_LENGTH})"
_END = rf"(?:{_TIME}|第?{_NUMBER})"
_RANGE = re.compile(rf"(?P<a>{_END})\s*(?:-|–|—|~|to|until|till|through|and|到|至|剪到)\s*(?:the )?(?P<b>{_END})")
_FIRST = re.compile(rf"(?:\b(?:first|opening|initial)|前|开头的?)\s*(?P<t>{_TIME})")
_LAST = re.compile(rf"(?:\b(?:last|final)|最后的?|末尾|结尾的?|后)\s*(?P<t>{_TIME})")
_OFF_START = re.compile(rf"(?P<t>{_TIME})\s*(?:off|from|of)\s*(?:the |its )?(?:start|beginning|front)")
_OFF_END = re.compile(rf"(?P<t>{_TIME})\s*(?:off|from|of)\s*(?:the |its )?(?:end|back|tail)")
_AFTER = re.compile(rf"\b(?:after|past)\s*(?P<t>{_TIME})|(?P<u>{_TIME})\s*(?:之后|以后|后面)")
_BEFORE = re.compile(rf"\b(?:before|until|up to|ends? (?:it )?at)\s*(?P<t>{_TIME})|(?P<u>{_TIME})\s*(?:之前|以前|结束)")
_FROM = re.compile(rf"(?:\b(?:start(?:ing|s)?|begin(?:ning)?)(?: it)?(?: at| from)?|\bfrom|从)\s*(?P<t>{_TIME})")
_TOTAL = re.compile(rf"(?:\bto|\bdown to|\bmake it|\bat most|到|成|为)\s*(?:be )?(?P<t>{_TIME})(?:\s*long)?")


def normalise_numbers(text: str) -> str:
    """Number words before a unit of time as digits: "thirty seconds", "三十秒"."""
    alternatives = "|".join(sorted(_WORDS, key=len, reverse=True))
    unit = rf"(?=[ -]?{_UNIT})"
    text = re.sub(rf"\b({alternatives}){unit}", lambda m: f"{_WORDS[m[1]]:g}", text)
    text = re.sub(rf"\b(?:a|one) (?={_MINUTE}|{_SECOND})", "1 ", text)
    text = re.sub(r"\b(first|last) (minute|second)\b", r"\1 1 \2", text)
    text = text.replace("半分钟", "30秒")
    return re.sub(rf"[零一二两三四五六七八九十百]+{unit}", lambda m: str(_chinese(m[0])), text)


def find_span(text: str) -> Span | None:
    """The one span a sentence names. What is left out of it depends on the verb, which is not looked at."""
    if (found := _RANGE.search(text)) and (span := _bounded(found["a"], found["b"])):
        return span
    rules: tuple[tuple[re.Pattern[str], Callable[[float], Span]], ...] = (
        (_OFF_START, lambda t: Span(0, t)),
        (_OFF_END, lambda t: Span(-t, None)),
        (_FIRST, lambda t: Span(0, t)),
        (_LAST, lambda t: Span(-t, None)),
        (_AFTER, lambda t: Span(t, None)),
        (_BEFORE, lambda t: Span(0, t)),
        (_FROM, lambda t: Span(t, None)),
        (_TOTAL, lambda t: Span(0, t)),
    )
    for pattern, make in rules:
        if found := pattern.search(text):
            return make(_seconds(next(group for group in found.groups() if group)))
    return None


def _bounded(first: str, last: str) -> Span | None:
    """Two bare numbers are no times; one takes the other's unit."""
    if not (_has_unit(first) or _has_unit(last)):
        return None
    if not _has_unit(first):
        first += _last_unit(last)
    if not _has_unit(last):
        last += _last_unit(first)
    return Span(_seconds(first), _seconds(last))


def _has_unit(time: str) -> bool:
    return ":" in time or re.search(_UNIT, time) is not None


def _last_unit(time: str) -> str:
    units = re.findall(_UNIT, time)
    return units[-1] if units else "s"


def _seconds(time: str) -> float:
    if ":" in time:
        seconds = 0.0
        for part in time.split(":"):
            seconds = seconds * 60 + float(part)
        return seconds
    total, unit = 0.0, 60.0
    for number, name in re.findall(rf"({_NUMBER})[ -]?({_UNIT})?", time):
        unit = _scale(name) if name else unit / 60
        total += float(number) * unit
    return total


def _scale(unit: str) -> float:
    if re.fullmatch(_HOUR, unit):
        return 3600.0
    return 60.0 if re.fullmatch(_MINUTE, unit) else 1.0


def _chinese(number: str) -> int:
    total, digit = 0, 0
    for character in number:
        match character:
            case "百":
                total, digit = total + (digit or 1) * 100, 0
            case "十":
                total, digit = total + (digit or 1) * 10, 0
            case _:
                digit = _DIGITS[character]
    return total + digit
