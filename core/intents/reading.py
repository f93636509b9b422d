"""Reads a message's words as concepts, by the table in `concepts.toml`."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

_TABLE = files(__package__) / "concepts.toml"
_CHINESE = "\u4e00-\u9fff"
# A Latin word ends at its border, a Chinese one anywhere.
_END = re.compile(rf"(?:(?<=[{_CHINESE}])|(?![\w'.-])|(?=[{_CHINESE}]))")
_BEGINNING = re.compile(r"(?:[^\[(?*+.\\](?![?*]))*")  # letters, before any sign
# The apostrophes that people leave out.
_LEFT_OUT = re.compile(r"\b(?:(?:do|does|did|ca|wo|is|are|was|have|has|would|could)nt|(?:what|how|where)s|youre)\b")
_SPELT = {"youre": "you're"}
_PIECE = re.compile(r"\[[^\]-]+\]|[^\[(]")
_UNKNOWN = re.compile(rf"[^\s{_CHINESE}]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase, and all that it may stand for."""

    text: str
    concepts: frozenset[str] = frozenset()


def read(said: str) -> list[Word]:
    """The longest phrases that `said`, in plain words and simplified characters, is made of. What stands in no table
    is a word without concepts."""
    said = _LEFT_OUT.sub(lambda found: _SPELT.get(found[0]) or f"{found[0][:-1]}'{found[0][-1]}", said)
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
    matches = [(length, name) for name, phrase in _beginning_with(said[at]) if (length := phrase.length(said, at))]
    longest = max((length for length, _ in matches), default=0)
    names = frozenset(name for length, name in matches if length == longest)
    return Word(said[at : at + longest], names) if longest else None


class _Phrase:
    """One with signs is compiled when a message has the letters that it begins with: most never are."""

    def __init__(self, phrase: str) -> None:
        self._phrase = phrase
        self._beginning = _BEGINNING.match(phrase)[0]  # type: ignore[index]  # it matches always

    def length(self, said: str, at: int) -> int:
        if not said.startswith(self._beginning, at):
            return 0
        if self._beginning == self._phrase:
            length = len(self._phrase)
            return length if _END.match(said, at + length) else 0
        found = self._form.match(said, at)
        return len(found[0]) if found else 0

    @functools.cached_property
    def _form(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self._phrase}){_END.pattern}")


@functools.cache
def _beginning_with(letter: str) -> tuple[tuple[str, _Phrase], ...]:
    """What begins with `letter`, with its concepts. Each phrase is tried for itself, for a pattern takes the first
    alternative that fits and not the longest."""
    return tuple((name, _Phrase(each)) for name, phrases in _index().get(letter, {}).items() for each in phrases)


@functools.cache
def _index() -> dict[str, dict[str, list[str]]]:
    """The phrases by the letter that they begin with, and by concept."""
    index: dict[str, dict[str, list[str]]] = {}
    for name, table in tomllib.loads(_TABLE.read_text(encoding="utf-8")).items():
        for phrase in _alternatives("|".join((*table.get("en", ()), *table.get("zh", ())))):
            for letter in _first_letters(phrase)[0]:
                index.setdefault(letter, {}).setdefault(name, []).append(phrase)
    return index


def _alternatives(phrases: str) -> list[str]:
    """What stands between the bars that are in no bracket."""
    found, depth, start = [], 0, 0
    for at, letter in enumerate(phrases):
        depth += (letter in "([") - (letter in ")]")
        if letter == "|" and not depth:
            found.append(phrases[start:at])
            start = at + 1
    return [*found, phrases[start:]]


def _first_letters(phrase: str) -> tuple[set[str], bool]:
    """What a match of `phrase` may begin with, and whether it may be empty. A phrase begins with letters, a set of
    letters or a group `(?:…)` of these."""
    letters: set[str] = set()
    while phrase:
        piece = _PIECE.match(phrase)
        if piece is None:
            piece_end = _closing(phrase)
            inner = [_first_letters(each) for each in _alternatives(phrase[3 : piece_end - 1])]
            letters.update(*(each for each, _ in inner))
            empty = any(may for _, may in inner)
        else:
            piece_end = piece.end()
            letters.update(piece[0].strip("[]"))
            empty = False
        sign = phrase[piece_end : piece_end + 1]
        if not empty and sign not in ("?", "*"):
            return letters, False
        phrase = phrase[piece_end + (sign in ("?", "*", "+")) :] if sign else ""
    return letters, True


def _closing(phrase: str) -> int:
    depth = 0
    for at, letter in enumerate(phrase):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return at + 1
    raise ValueError(f"not closed: {phrase}")
