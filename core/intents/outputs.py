"""The file type that the words ask for as the result: not every type that they mention."""

from __future__ import annotations

import functools
import re

from core.intents.output_words import (
    BESIDES,
    CLAUSE,
    EXTRACTED,
    FILMED,
    REFUSED,
    RESULT,
    SHOWN,
    SOURCE,
    USED_ON,
    WRITTEN_AS,
)
from core.intents.plain import QUOTED, instruction


@functools.lru_cache(maxsize=16)  # on a request's way in it is asked for by three
def output_of(text: str) -> str:
    """The type that the words ask for as the result: "mp3", "mp4", "wav", "m4a", or "" where they ask for none.

    "" is also the answer where a sound is wanted beside the video: the video stays the result.
    """
    words = " ".join(instruction(text).replace(QUOTED, " ").replace("\n", ";").split())
    for form, instead in ((SHOWN, " "), (SOURCE, "file"), (REFUSED, " ")):
        words = form.sub(instead, words)
    clauses = [clause for part in CLAUSE.split(words) if (clause := " ".join(part.split()))]
    main = [c for index, c in enumerate(clauses) if index == 0 or not BESIDES.search(c)]
    return _named_type(main) or _sound(main) or _film(main)


def _named_type(clauses: list[str]) -> str:
    found = [(index, m.end("type"), m["type"]) for index, c in enumerate(clauses) for m in _matches(c)]
    return WRITTEN_AS[max(found)[2]] if found else ""


def _matches(clause: str) -> list[re.Match[str]]:
    return [m for form in RESULT for m in form.finditer(_aside_removed(clause)) if m["type"]]


def _aside_removed(clause: str) -> str:
    # "and give me an mp3 too": the second half of a clause without a comma.
    head, _, tail = clause.partition(" and ")
    return head if tail and BESIDES.search(tail) else clause


def _sound(clauses: list[str]) -> str:
    for index, clause in enumerate(clauses):
        for form in EXTRACTED:
            found = form.search(_aside_removed(clause))
            # A sound that is used in the next breath is material and not the result.
            if found and not USED_ON.search(" ".join([clause[found.end() :], *clauses[index + 1 :]])):
                return "mp3"
    return ""


def _film(clauses: list[str]) -> str:
    return "mp4" if any(form.search(clause) for clause in clauses for form in FILMED) else ""
