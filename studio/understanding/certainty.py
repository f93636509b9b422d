"""What comes of the readings: done at once, offered, or asked. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from studio.timeline.operations import StartOver
from studio.understanding.model import About, Ask, Offer, Redo, Request, Understood, Undo
from studio.understanding.parse import Reading
from studio.understanding.reconciling import clash_of, of, reconciled
from studio.understanding.scopes import BREAKS, WEAK, Tokens, clause_around
from studio.understanding.spans import Kind, Span
from studio.understanding.tokens import Text, Token

_SCOPES = {"QUESTION": About.QUESTION, "IF": About.CONDITION, "REPORT": About.REPORTED}


def conclude(text: Text, tokens: Tokens, readings: list[Reading], *, is_answer: bool = False) -> Request:
    """`is_answer`: it was asked for just now, so that less has to be said."""
    asks = [r.built for r in readings if isinstance(r.built, Ask)]
    built = [r for r in readings if isinstance(r.built, tuple)]
    wishes = [r for r in built if not r.pattern.startswith("TOO")]  # a complaint beside a wish is its reason
    operations = reconciled(wishes or built, tokens)
    backs = [r.built for r in readings if isinstance(r.built, Undo | Redo)]
    if scope := _scope(tokens, asked=bool(operations or asks)):
        return scope
    if clash := clash_of(operations):
        return clash
    if StartOver() in operations:
        asks = [ask for ask in asks if ask.about is not About.PART]  # "all edits away" is no part
    if asks:
        return next((ask for ask in asks if ask.about is About.UNSUPPORTED), asks[0])
    if left := [token for reading in readings for token in reading.left]:
        return Ask(About.LEFT, text.as_written(left[0].said))
    if order := unknown_order(tokens, readings):
        return Ask(About.WORDS, text.as_written(order))
    if stranger := _also_named(tokens):
        return Ask(About.NOUN, text.as_written(stranger))
    if backs:
        return backs[0] if not operations else Ask(About.CLASH)
    if not operations:
        return Ask(About.NOTHING)
    understood = Understood(operations, text.files)
    return Offer(understood, tokens) if not is_answer and _is_doubtful(readings) else understood


def doubts(readings: list[Reading]) -> list[str]:
    """What speaks against doing it at once."""
    found: list[str] = []
    for reading in readings:
        if of(reading):
            found += _doubts_of(reading, is_all=len(readings) == 1)
        elif reading.record is None:
            found += [f"left out {t.kind}" for t in reading.ignored if t.kind in _THINGS or t.kind == "RECORDING"]
    return found


def _doubts_of(reading: Reading, *, is_all: bool) -> list[str]:
    found = [f"ignored {token.kind}" for token in reading.ignored if token.kind in _THINGS]
    spans = {token.value.kind for token in reading.tokens if isinstance(token.value, Span)}
    if any(_is_order(clause) for clause in _clauses(reading.tokens) if not any(t.is_verb for t in clause)):
        found.append("left out order")
    if reading.margin < _NEAR and not reading.pattern.startswith("TOO"):
        found.append("near")
    if reading.strange and not spans:
        found.append("strange")
    if _is_bare(reading, spans, is_all=is_all):
        found.append("bare")
    if reading.record and reading.record.name == "cut" and reading.has("TRIM") and not reading.has("REMOVE", "CUT"):
        found.append("trims")
    return found


def _is_doubtful(readings: list[Reading]) -> bool:
    """What destroys is offered at the least doubt, the rest where something named would not be done."""
    destroys = any(r.record and r.record.destroys for r in readings if isinstance(r.built, tuple))
    found = doubts(readings)
    heavy = [each for each in found if each.startswith(("ignored", "left out"))]
    return bool(found) if destroys else bool(heavy) or "bare" in found


def _is_bare(reading: Reading, spans: set[Kind], *, is_all: bool) -> bool:
    """A value by itself, beside words that nobody knows."""
    strange = sum(token.kind == "word" for token in reading.tokens)
    if reading.pattern == "span":
        return bool(strange) or not (is_all or spans <= {Kind.FROM, Kind.UNTIL})
    if reading.pattern == "quote":
        return not (is_all or reading.has("color", "place", "TEXT", "TITLE", "WRITE", "SAYING") or spans)
    return reading.pattern == "db" or (reading.pattern == "factor" and strange >= _STRANGE)


# What somebody who names it wants something to be done with.
_THINGS = frozenset({"MUSIC", "VOICE", "ORIGINAL", "TEXT", "TITLE", "WAVE", "BEYOND", "VOLUME", "SPEED", "COVER"})
_STRANGE = 2  # unknown words beside a factor that may be of something else
_NEAR = 0.8


def _scope(tokens: Tokens, *, asked: bool) -> Ask | None:
    """A question, a condition, or somebody else's words."""
    for i, token in enumerate(tokens):
        if token.kind not in _SCOPES:
            continue
        first = not i or tokens[i - 1].kind in (*BREAKS, "POLITE", "SIGN")
        if token.kind in ("QUESTION", "IF") and token.said.isascii() and not first:
            continue
        if token.said in ("吗", "嗎") and any(each.can_be("POLITE") for each in tokens):
            continue
        if asked or token.kind == "QUESTION":
            return Ask(_SCOPES[token.kind], token.said)
    return None


_OBJECTS = frozenset({"DET", "PRON", "VIDEO", "IT", "PIECE", "MUSIC", "SOUND", "VOICE", "TEXT", "TITLE", "IMAGE"})
_DETERMINERS = frozenset({"DET", "PRON", "IT"})
_BEFORE_A_VERB = frozenset({"POLITE", "SIGN", "FILLER", "ONLY", "TOO", "MORE"})
_NO_VERB = ("ing", "ed", "s", "ly")
_ANDS = frozenset({"and", "和", "跟", "以及", "、", "&", "+"})
_SUBJECTS = frozenset({"i", "he", "she", "we", "they"})
_MOST_WORDS = 4  # of an order that is repeated


def unknown_order(tokens: Tokens, readings: list[Reading]) -> str | None:
    """ "…, and straighten the horizon", "把画面扶正": a verb nobody knows where a verb must stand."""
    read = {id(token) for reading in readings if reading.record for token in reading.tokens}
    for clause in _clauses(tokens):
        said = [token for token in clause if token.kind not in _BEFORE_A_VERB]
        is_read = any(id(token) in read for token in clause)
        is_made = any(token.is_verb or token.kinds & WEAK for token in clause)
        if _is_order(clause) and not (is_made or (is_read and said[1].kind not in _DETERMINERS)):
            return " ".join(token.said for token in said[:_MOST_WORDS] if token.kind not in ("span", "quote"))
        if not is_made and {"BA", "word"} <= {token.kind for token in clause}:
            return "".join(token.said for token in clause)
    return None


def _is_order(clause: Sequence[Token]) -> bool:
    """An unknown English word, and right behind it what it may be done to."""
    said = [token for token in clause if token.kind not in _BEFORE_A_VERB]
    if len(said) < 2 or said[0].kind != "word" or not said[0].said.isascii() or said[0].said.endswith(_NO_VERB):
        return False
    return said[1].kind in _OBJECTS and said[1].said not in _SUBJECTS


def _clauses(tokens: Tokens) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind in BREAKS:
            found.append([])
        else:
            found[-1].append(token)
    return [clause for clause in found if clause]


def _also_named(tokens: Tokens) -> str | None:
    """ "Remove the music and the coughing": one thing more that something is to be done with, and nobody knows it."""
    for i, token in enumerate(tokens):
        if token.said not in _ANDS or not any(each.is_verb for each in tokens[clause_around(tokens, i)[0] : i]):
            continue
        behind = tokens[i + 1 : clause_around(tokens, i)[1]]
        said = [each for each in behind if each.kind not in ("DET", "POLITE", "SIGN")]
        if said and len(said) < _MOST_WORDS and all(each.kind == "word" for each in said):
            return said[-1].said
    return None
