"""Equal forms of a prompt: another verb of the same meaning, another notation, another sign between two wishes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_Z_ONES = "零一二三四五六七八九十"
_SECONDS = re.compile(r"(?<![\d:.])(\d+) ?-?(?:seconds?|secs?|s)\b")
_Z_SECONDS = re.compile(r"(?<![\d:.分])(\d+)秒")
_QUOTED = re.compile(r"[\"“「『]|'[^']+'")
# Each word may stand for each other one beside it.
_SAME = (
    r"\b(?:remove|delete|cut out|get rid of|drop|lose|ditch|take out|erase)\b",
    ("remove", "delete", "cut out", "get rid of", "lose", "ditch", "take out", "erase", "discard", "eliminate"),
    r"\bthe first\b",
    ("the first", "the opening", "the initial"),
    r"\bthe last\b(?! \w* ?(?:file|song|track|one|edit|recording|upload))",
    ("the last", "the final", "the closing"),
    r"\b(?:until|till)\b",
    ("until", "till", "up to"),
    "剪掉|删掉|去掉|删除|切掉|去除|移除",
    ("剪掉", "删掉", "去掉", "删除", "切掉", "剪去", "截掉", "砍掉"),
    "只保留|只要|只留",
    ("只保留", "只要", "只留", "仅保留"),
)


def equal_forms(text: str) -> Iterator[str]:
    """What is quoted may not be touched, so a prompt with quotations has none but those of its case."""
    if _QUOTED.search(text):
        return
    yield from _with_other_words(text)
    yield from _with_other_numbers(text)
    if text.isascii():
        yield text.upper()
        yield re.sub(r", (?:and )?(?=[a-z])", ". ", text)
        yield re.sub(r", (?:and )?(?=[a-z])", "\n", text)
        yield re.sub(r"\bbetween (\S+) and (?=\d)", r"between \1 & ", text)


def _with_other_words(text: str) -> Iterator[str]:
    for pattern, words in zip(_SAME[::2], _SAME[1::2], strict=True):
        assert isinstance(pattern, str)
        if match := re.search(pattern, text):
            yield from (f"{text[: match.start()]}{word}{text[match.end() :]}" for word in words)


def _with_other_numbers(text: str) -> Iterator[str]:
    notations: tuple[Callable[[int], str], ...] = (
        lambda number: f"{number}s",
        lambda number: f"{number} sec",
        lambda number: f"{_ONES[number] if number <= 20 else number} seconds",
    )
    for notation in notations:
        yield _SECONDS.sub(lambda match, write=notation: write(int(match[1])), text)  # type: ignore[misc]
    yield _Z_SECONDS.sub(lambda match: f"{_in_chinese(int(match[1]))}秒", text)


def _in_chinese(number: int) -> str:
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _Z_ONES[tens]) + ("十" if tens else "") + (_Z_ONES[ones] if ones or not tens else "")
