"""A clause with "and" in it: two wishes where each half is one by itself, and an order that nobody read. Pure."""

from __future__ import annotations

import re

from studio.timeline.operations import AddMusic, Cut, EditText, Merge, Operation, SetAspect, Trim
from studio.understanding.cutting import EXCEPT, Reading
from studio.understanding.lexicon import Act
from studio.understanding.model import About, Ask
from studio.understanding.moods import is_aside
from studio.understanding.readers import first_reading
from studio.understanding.remainder import unread
from studio.understanding.shapes import fit_in
from studio.understanding.slots import volume_in
from studio.understanding.spans import Kind
from studio.understanding.staying import stays_as_it_is
from studio.understanding.writing import Clause, clause_of, lowered

_AND = re.compile(r"\s+(?:and|with|but|n|plus)\s+|并|和|且", re.IGNORECASE)
_AT_A_VOLUME = re.compile(
    r"\bwith (?:an? )?(?:[\w.]+ ?%? ?(?:percent )?)?volume\b|\band (?:the |its )?volume (?:at|to|of|is|should be) \d"
)
_PUTS_IT = re.compile(r"\W*(?:put|use|lay|place|add|stick|drop|mix|play) (?:it|that|them)\b")
_FAINT = frozenset({Act.SET, Act.EXTRACT, Act.KEEP, Act.ADD, Act.MAKE})


def several(clause: Clause, quotes: tuple[str, ...]) -> Reading:
    """ "Square and twice as fast": two wishes of one verb, where each half is one by itself."""
    whole = first_reading(clause)
    if clause.does(Act.DUCK) or _is_one(whole, clause):
        return whole
    if not isinstance(whole, tuple):
        return whole
    for match in _AND.finditer(clause.raw):
        if _PUTS_IT.match(lowered(clause.raw[match.end() :])):
            continue
        halves = [clause_of(half, quotes) for half in (clause.raw[: match.start()], clause.raw[match.end() :])]
        left, right = map(first_reading, halves)
        for read, unread_half, half in ((left, right, halves[1]), (right, left, halves[0])):
            passed = isinstance(read, tuple) and not isinstance(unread_half, tuple)
            if passed and _asks_for_more(half, whole):
                return _unread(half)
        if any(
            isinstance(half, tuple) and _is_bare_time(half[0], clause)
            for half, clause in zip((left, right), halves, strict=True)
        ):
            continue
        if isinstance(left, tuple) and isinstance(right, tuple) and {*map(type, left)}.isdisjoint(map(type, right)):
            return (*left, *right)
    return whole


def _is_one(whole: Reading, clause: Clause) -> bool:
    """ "Replace … with …", "… as background music with volume 20 %": what stands behind "with" is of the wish."""
    match whole:
        case (EditText() | Merge(), *_):
            return True
        case (AddMusic(), *_):
            return clause.says(_AT_A_VOLUME)
        case (Trim() | Cut(),):
            return clause.says(EXCEPT) or any(span.kind is Kind.ENDS for span in clause.spans)
        case _:
            return False


def conjunct(clause: Clause) -> Ask | None:
    """ "Pad it and dub it": the order behind "and" that was not read."""
    for match in _AND.finditer(clause.raw):
        half = clause_of(clause.raw[match.end() :], clause.quotes)
        if half.acts - _FAINT and first_reading(half) is None and not is_aside(half) and not _PUTS_IT.match(half.words):
            return _unread(half)
    return None


def _unread(half: Clause) -> Ask:
    article = re.match(r"(?:the|a|an|my|his|her|their|our)\s+", half.said, re.IGNORECASE)
    return Ask(About.NOUN, half.said[article.end() :]) if article else Ask(About.WORDS, half.said)


def _asks_for_more(half: Clause, whole: tuple[Operation, ...]) -> bool:
    """Behind "and", of what changes nothing in the reading: whether that is an order which was not read."""
    if is_aside(half) or stays_as_it_is(half) or _is_told_of(whole, half):
        return False
    return bool(half.acts - _FAINT) or unread(half, (), strictly=True) is not None


def _is_told_of(whole: tuple[Operation, ...], half: Clause) -> bool:
    """ "…, and don't crop it", "… but quietly": says more of the wish that was read, and no more than that."""
    if half.spans or half.quotes or unread(half, whole, strictly=True):
        return False
    match whole:
        case (SetAspect(fit=fit),):
            return fit is not None and fit is fit_in(half.words)
        case (AddMusic(volume=level), *_):
            return level is not None and level == volume_in(half.words)
        case _:
            return False


def _is_bare_time(reading: Operation, half: Clause) -> bool:
    """ "The first 3 s and the last 3 s muted": half a sentence with no verb of its own."""
    return isinstance(reading, Trim | Cut) and not half.acts
