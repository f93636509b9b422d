"""JSON from outside: read within limits, and cut out of its text without changing a character."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

MAX_DEPTH = 200
_WHITE = " \t\n\r"
_DECODER = json.JSONDecoder(strict=False)


class BadJson(ValueError):
    """Not JSON, or JSON that nobody sends in good faith: nested too deep, numbers of thousands of digits."""


def loads(text: str) -> object:
    """The value of a JSON text. Raises `BadJson` and nothing else."""
    try:
        value: object = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise BadJson(type(error).__name__) from None
    if depth(value) > MAX_DEPTH:
        raise BadJson("nested too deep")
    return value


def depth(value: object) -> int:
    """How deep lists and objects lie in one another; 0 for a plain value. Stops counting past the limit."""
    deepest = 0
    waiting: list[tuple[object, int]] = [(value, 0)]
    while waiting and deepest <= MAX_DEPTH:
        item, level = waiting.pop()
        deepest = max(deepest, level)
        match item:
            case dict():
                waiting.extend((inner, level + 1) for inner in item.values())
            case list() | tuple():
                waiting.extend((inner, level + 1) for inner in item)
    return deepest


def member(value: object, path: Sequence[str]) -> object:
    """The value at a path of keys; None where it leads nowhere."""
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def raw_member(text: str, path: Sequence[str]) -> str | None:
    """The text of the value at a path of keys, exactly as it was written; None where it leads nowhere.

    `text` must be JSON that `loads` has taken. Of a key that occurs twice the last one counts, as in `loads`.
    """
    try:
        start, end = _skip(text, 0), len(text)
        for key in path:
            found = [span for name, span in _members(text, start) if name == key]
            if not found:
                return None
            start, end = found[-1]
    except (ValueError, IndexError, RecursionError):
        return None
    return text[start:end].rstrip(_WHITE)


def _members(text: str, start: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Key and span of each value of the object that begins at `start`; nothing if it is no object."""
    if text[start] != "{":
        return
    at = _skip(text, start + 1)
    while text[at] != "}":
        name, at = _DECODER.raw_decode(text, at)
        begin = _skip(text, _skip(text, at) + 1)
        _, end = _DECODER.raw_decode(text, begin)
        yield name, (begin, end)
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    while text[at] in _WHITE:
        at += 1
    return at
