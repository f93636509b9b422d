""" "Cut the first 8 s, no wait, the last 8 s": which of two wishes is meant. Pure."""

from __future__ import annotations

import re

from studio.understanding.readers import first_reading
from studio.understanding.remainder import unread
from studio.understanding.writing import clause_of, is_idle, lowered

_MISSPOKE = re.compile(
    r"\W*(?:(?:no|nope|sorry|wait|oops|correction|i meant?|actually|hang on|scratch that|wrong numbers?|my bad|"
    r"[哦噢啊呃额]|不对|错了|等等|不是|说错了|打错了|写错了)\W*)+"
)
_MEANT = re.compile(r"^\W*(?:i meant?|是要?|应该是|改成是)\W*", re.IGNORECASE)


def as_meant(pieces: list[str], quotes: tuple[str, ...]) -> list[str] | None:
    """The clauses without those that were taken back; None where it cannot be told what is taken back."""
    for number in range(1, len(pieces) - 1):
        if not _MISSPOKE.fullmatch(lowered(pieces[number])):
            continue
        before, after = pieces[number - 1], _MEANT.sub("", pieces[number + 1])
        if _MISSPOKE.fullmatch(lowered(after)):
            return as_meant([*pieces[:number], *pieces[number + 1 :]], quotes)
        old, new = clause_of(before, quotes), clause_of(after, quotes)
        said, instead = first_reading(old), first_reading(new)
        if (is_idle(old) and said is None) or not (new.spans or isinstance(instead, tuple)):
            continue
        if not (isinstance(said, tuple) and isinstance(instead, tuple)) or [*map(type, said)] != [*map(type, instead)]:
            return None
        if unread(old, said, strictly=True):
            return None
        return as_meant([*pieces[: number - 1], after, *pieces[number + 2 :]], quotes)
    return pieces
