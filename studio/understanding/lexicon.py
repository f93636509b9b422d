"""The words of the languages, read from their files. What they stand for is a concept or a value, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from studio.understanding.languages import chinese, english
from studio.understanding.values import FOLDER, LANGUAGES

if TYPE_CHECKING:
    from symspellpy import SymSpell

_EXAMPLE = "say"
_DIGITS = {"en": english.digits, "zh": chinese.digits}
_COMMON = 200_000  # times that a word stands in the corpus of the dictionary
_SHORTEST_SLIP = 5  # letters: shorter words are near too many others


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase stands for: a concept ("REMOVE"), or a value of a kind ("color", "red")."""

    kind: str
    value: str | None = None
    is_verb: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    pattern: re.Pattern[str]
    gapped: tuple[tuple[re.Pattern[str], tuple[Entry, ...]], ...]
    entries: dict[str, tuple[Entry, ...]]
    words: frozenset[str]  # every single English word


def digits(text: str) -> str:
    """Number words as digits, in every language."""
    for reads in _DIGITS.values():
        text = reads(text)
    return text


def sections(language: str) -> Iterator[tuple[Entry, bool, list[str]]]:
    """Each entry of a file, whether its verbs are inflected, and its phrases."""
    text = (FOLDER / f"{language}.txt").read_text(encoding="utf-8")
    for line in re.sub(r"\n[ ]+", " ", text).splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        head, _, phrases = line.partition(": ")
        name, *flags = head.split()
        kind, _, value = name.partition("=")
        yield Entry(kind, value or None, bool(flags)), "verb" in flags, [each.strip() for each in phrases.split(",")]


@cache
def verb_kinds() -> frozenset[str]:
    """The concepts that are verbs."""
    return frozenset(entry.kind for found in lexicon().entries.values() for entry in found if entry.is_verb)


@cache
def examples(language: str) -> dict[str, str]:
    """How each operation may be asked for, by its name."""
    return {str(entry.value): phrases[0] for entry, _, phrases in sections(language) if entry.kind == _EXAMPLE}


@cache
def lexicon() -> Lexicon:
    plain: dict[str, list[Entry]] = {}
    gapped: dict[str, list[Entry]] = {}
    for language in LANGUAGES:
        for entry, inflects, phrases in sections(language):
            if entry.kind == _EXAMPLE:
                continue
            for phrase in phrases:
                lowered = _DIGITS[language](phrase.lower())
                for form in sorted(english.forms(lowered)) if inflects and language == "en" else [lowered]:
                    have = (gapped if "~" in form else plain).setdefault(form, [])
                    if entry not in have:
                        have.append(entry)
    words = frozenset(word for phrase in plain for word in re.findall(r"[a-z]+", phrase))
    entries = {phrase: tuple(found) for phrase, found in plain.items()}
    return Lexicon(_pattern(entries), _gaps(gapped), entries, words)


def _pattern(entries: dict[str, tuple[Entry, ...]]) -> re.Pattern[str]:
    """The longest phrase wins."""
    ordered = sorted(entries, key=len, reverse=True)
    latin = "|".join(re.escape(phrase) for phrase in ordered if phrase[0].isascii() and phrase[-1].isascii())
    other = "|".join(re.escape(phrase) for phrase in ordered if not (phrase[0].isascii() and phrase[-1].isascii()))
    return re.compile(rf"(?<![a-z'])(?:{latin})(?![a-z]|'[a-z])|(?:{other})")


def _gaps(phrases: dict[str, list[Entry]]) -> tuple[tuple[re.Pattern[str], tuple[Entry, ...]], ...]:
    """ "Take ~ out" with one to five words between, none of which begins something new."""
    gap = r"(?: (?!(?:and|then|out|off|in|up|down|away)\b)(?:[^\s,.;!?+/]|\.\d)+){1,5}? "
    patterns: list[tuple[re.Pattern[str], tuple[Entry, ...]]] = []
    for phrase, found in phrases.items():
        head, tail = phrase.split(" ~ ")
        patterns.append((re.compile(rf"(?<![a-z'])({head})({gap})({tail})(?![a-z])"), tuple(found)))
    return tuple(patterns)


def corrected(text: str) -> str:
    """Slips of the pen mended: a word nobody knows becomes the known one that is one slip away."""
    return re.sub(r"[a-z]{3,}", lambda match: _nearest(match[0]), text)


_SLIPS = {
    **{"teh": "the", "hte": "the", "adn": "and", "mak": "make", "mke": "make", "cutt": "cut", "tirm": "trim"},
    **{"lst": "last", "frist": "first", "secnds": "seconds", "secnd": "second", "keap": "keep", "muet": "mute"},
}


@lru_cache(maxsize=4096)
def _nearest(word: str) -> str:
    lex = lexicon()
    if word in _SLIPS:
        return _SLIPS[word]
    if len(word) < _SHORTEST_SLIP or word in lex.words or word in everyday() or word.rstrip("s") in lex.words:
        return word
    from symspellpy import Verbosity  # noqa: PLC0415 - takes long, and is needed at the first message

    near = _slips().lookup(word, Verbosity.CLOSEST, max_edit_distance=1)
    likely = [each.term for each in near if each.term[0] == word[0] and (len(each.term) >= len(word) or len(word) > 6)]
    return min(likely, key=lambda other: (abs(len(other) - len(word)), other)) if likely else word


@cache
def everyday() -> frozenset[str]:
    """Words that are no slips although they are near one of ours: what is common in English."""
    lines = (files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines)
    return frozenset(word for word, count in pairs if len(word) >= _SHORTEST_SLIP and int(count) >= _COMMON)


@cache
def _slips() -> SymSpell:
    from symspellpy import SymSpell  # noqa: PLC0415 - as above

    spelling = SymSpell(max_dictionary_edit_distance=1, prefix_length=7)
    for word in lexicon().words:
        if len(word) >= _SHORTEST_SLIP - 1:
            spelling.create_dictionary_entry(word, 1)
    return spelling
