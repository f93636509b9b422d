"""Reads a message's words as concepts, by the table in `concepts.toml`."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

_TABLE = files(__package__) / "concepts.toml"
_CHINESE = "\u4e00-\u9fff"
_SIGNS = re.compile(r"[\[(?*+.]")
_UNKNOWN = re.compile(rf"[^\s{_CHINESE}]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase, and all that it may stand for."""

    text: str
    concepts: frozenset[str] = frozenset()


def read(said: str) -> list[Word]:
    """The longest phrases that `said`, in plain words and simplified characters, is made of. What stands in no table
    is a word without concepts."""
    found: list[Word] = []
    at = 0
    while at < len(said):
        if said[at] == " ":
            at += 1
            continue
        word = _known(said, at)
        if word is None:
            unknown = _UNKNOWN.match(said, at)
            word = Word(unknown[0] if unknown else said[at])
        found.append(word)
        at += len(word.text)
    return found


def _known(said: str, at: int) -> Word | None:
    matches = [(length, name) for name, table in _tables() if (length := table.longest(said, at))]
    longest = max((length for length, _ in matches), default=0)
    names = frozenset(name for length, name in matches if length == longest)
    return Word(said[at : at + longest], names) if longest else None


class _Table:
    """The phrases of one concept. All in one pattern tell whether any of them stands somewhere: most often none does.
    Where one does, each is tried, for the pattern takes the first that fits and not the longest."""

    def __init__(self, phrases: list[str]) -> None:
        self._phrases = _alternatives("|".join(phrases))
        self._any = _form("|".join(self._phrases))

    @functools.cached_property
    def _each(self) -> tuple[re.Pattern[str], ...]:
        plain = sorted((phrase for phrase in self._phrases if not _SIGNS.search(phrase)), key=len, reverse=True)
        each = ["|".join(plain), *filter(_SIGNS.search, self._phrases)]
        return tuple(_form(phrase) for phrase in each if phrase)

    def longest(self, said: str, at: int) -> int:
        if not self._any.match(said, at):
            return 0
        return max(len(match[0]) for form in self._each if (match := form.match(said, at)))


@functools.cache  # when the first message needs it, not when a bot starts
def _tables() -> tuple[tuple[str, _Table], ...]:
    tables = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return tuple((name, _Table([*table.get("en", ()), *table.get("zh", ())])) for name, table in tables.items())


def _form(phrase: str) -> re.Pattern[str]:
    """A Latin word ends at its border, a Chinese one anywhere."""
    return re.compile(rf"(?:{phrase})(?:(?<=[{_CHINESE}])|(?![\w'.-])|(?=[{_CHINESE}]))")


def _alternatives(phrases: str) -> list[str]:
    """What stands between the bars that are in no bracket."""
    found, depth, start = [], 0, 0
    for at, letter in enumerate(phrases):
        depth += (letter in "([") - (letter in ")]")
        if letter == "|" and not depth:
            found.append(phrases[start:at])
            start = at + 1
    return [*found, phrases[start:]]
