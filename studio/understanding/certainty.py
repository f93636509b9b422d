"""What comes of the readings: done at once, offered, or asked. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.timeline.operations import (
    START,
    AddMusic,
    Cut,
    Duck,
    ExtractAudio,
    Merge,
    Mute,
    Operation,
    Part,
    RemoveMusic,
    SetAspect,
    SetVolume,
    Speed,
    Trim,
    Visualize,
)
from studio.understanding.model import About, Ask, Offer, Redo, Request, Understood, Undo
from studio.understanding.parse import Reading
from studio.understanding.scopes import BREAKS, Tokens
from studio.understanding.spans import Kind, Span
from studio.understanding.tokens import Text

_SCOPES = {"QUESTION": About.QUESTION, "IF": About.CONDITION, "REPORT": About.REPORTED}


def conclude(text: Text, tokens: Tokens, readings: list[Reading], *, is_answer: bool = False) -> Request:
    """`is_answer`: it was asked for just now, so that less has to be said."""
    asks = [r.built for r in readings if isinstance(r.built, Ask)]
    built = [r for r in readings if isinstance(r.built, tuple)]
    wishes = [r for r in built if not r.pattern.startswith("TOO")]  # a complaint beside a wish is its reason
    operations = _reconciled(wishes or built, tokens)
    backs = [r.built for r in readings if isinstance(r.built, Undo | Redo)]
    if scope := _scope(tokens, asked=bool(operations or asks)):
        return scope
    if clash := _clash(operations):
        return clash
    if asks:
        return next((ask for ask in asks if ask.about is About.UNSUPPORTED), asks[0])
    if left := [token for reading in readings for token in reading.left]:
        return Ask(About.LEFT, text.as_written(left[0].said))
    for reading in readings:
        if reading.record is None and (word := _order(reading.tokens)):
            return Ask(About.WORDS, text.as_written(word))
    if backs:
        return backs[0] if not operations else Ask(About.CLASH)
    if not operations:
        return Ask(About.NOTHING)
    understood = Understood(operations, text.files)
    return Offer(understood, tokens) if not is_answer and _is_doubtful(readings) else understood


def doubts(readings: list[Reading]) -> list[str]:
    """What speaks against doing it at once."""
    found: list[str] = []
    done = [reading for reading in readings if isinstance(reading.built, tuple)]
    for reading in done:
        found += [f"ignored {token.kind}" for token in reading.ignored if token.kind in _THINGS]
        if reading.margin < _NEAR and not reading.pattern.startswith("TOO"):
            found.append("near")
        if reading.strange and not any(token.kind == "span" for token in reading.tokens):
            found.append("strange")
        kinds = {token.value.kind for token in reading.tokens if isinstance(token.value, Span)}
        if reading.pattern == "span" and len(readings) > 1 and not kinds <= {Kind.FROM, Kind.UNTIL}:
            found.append("bare")
        if reading.record and reading.record.name == "cut" and reading.has("TRIM") and not reading.has("REMOVE", "CUT"):
            found.append("trim off")
    for reading in readings:
        if reading.record is None:
            found += [f"left out {token.kind}" for token in reading.ignored if token.kind in _THINGS]
            if reading.tokens and reading.tokens[0].said in ("and", "和") and _order_like(reading):
                found.append("and")
    return found


def _is_doubtful(readings: list[Reading]) -> bool:
    """What destroys is offered at the least doubt, the rest where something named would not be done."""
    destroys = any(r.record and r.record.destroys for r in readings if isinstance(r.built, tuple))
    found = doubts(readings)
    heavy = [each for each in found if each.startswith(("ignored", "left out", "and"))]
    return bool(found) if destroys else bool(heavy)


# What somebody who names it wants something to be done with.
_THINGS = frozenset({"MUSIC", "VOICE", "ORIGINAL", "TEXT", "TITLE", "WAVE", "BEYOND", "VOLUME", "SPEED", "COVER"})
_NEAR = 0.8


def _order_like(reading: Reading) -> bool:
    words = [token for token in reading.tokens if token.kind == "word"]
    return bool(words) and len(words) <= 3


def _of(reading: Reading) -> tuple[Operation, ...]:
    return reading.built if isinstance(reading.built, tuple) else ()


def _scope(tokens: Tokens, *, asked: bool) -> Ask | None:
    """A question, a condition, or somebody else's words."""
    for i, token in enumerate(tokens):
        if token.kind not in _SCOPES:
            continue
        first = not i or tokens[i - 1].kind in (*BREAKS, "POLITE", "SIGN")
        if token.kind == "QUESTION" and token.said.isascii() and not first:
            continue
        if token.said in ("吗", "嗎") and any(each.kind == "POLITE" for each in tokens):
            continue
        if asked or token.kind == "QUESTION":
            return Ask(_SCOPES[token.kind], token.said)
    return None


_DETERMINERS = frozenset({"DET", "PRON", "VIDEO"})


def _order(tokens: Tokens) -> str | None:
    """ "…, and straighten the horizon": a verb nobody knows, as an order."""
    said = [token for token in tokens if token.kind not in (*BREAKS, "POLITE", "SIGN")]
    if len(said) < 2 or said[0].kind != "word" or not said[0].said.isascii():
        return None
    if said[0].said.endswith(("ing", "ed", "s")) or said[1].kind not in _DETERMINERS:
        return None
    return said[0].said


def _reconciled(readings: list[Reading], tokens: Tokens) -> tuple[Operation, ...]:
    """Several that are one: music that is to give way, a sound that is taken out as a file, the same said twice."""
    operations = [op for reading in readings for op in _of(reading)]
    kinds = [type(operation) for operation in operations]
    if AddMusic in kinds and Duck in kinds:
        made = [replace(o, duck=True) if isinstance(o, AddMusic) else o for o in operations if not isinstance(o, Duck)]
        return _merged(made)
    if {Merge, AddMusic} & {*kinds} and any(r.has("NOSOUND") for r in readings):
        operations = [o for o in operations if not isinstance(o, Mute)]  # that it has none is the reason
    removed = {type(op) for reading in readings if not reading.has("MUTE") for op in _of(reading)}
    if RemoveMusic in kinds and Mute in removed:
        operations = [o for o in operations if not isinstance(o, Mute)]
    if ExtractAudio in kinds and Mute in removed:
        operations = [o for o in operations if not isinstance(o, Mute)]
    if Merge in kinds and Mute in removed:
        operations = [
            replace(o, mix=False) if isinstance(o, Merge) else o for o in operations if not isinstance(o, Mute)
        ]
    if RemoveMusic in kinds and ExtractAudio in kinds and not any(token.kind == "format" for token in tokens):
        operations = [RemoveMusic(also_audio=True) if isinstance(o, RemoveMusic) else o for o in operations]
        operations = [o for o in operations if not isinstance(o, ExtractAudio)]
    return _merged(operations)


def _merged(operations: Sequence[Operation]) -> tuple[Operation, ...]:
    """Parts that are cut, or kept, are all of the timeline as it is seen now: one operation. What is said twice is done
    once; of two merges the one that says how.
    """
    merges = [operation for operation in operations if isinstance(operation, Merge)]
    if merges:
        best = next((merge for merge in merges if merge.mix is not None), merges[0])
        operations = [o for o in operations if not isinstance(o, Merge) or o is best]
    operations = list(dict.fromkeys(operations))
    parts: dict[type, tuple[Part, ...]] = {}
    made: list[Operation] = []
    for operation in operations:
        if not isinstance(operation, Trim | Cut):
            made.append(operation)
            continue
        kind = type(operation)
        if kind in parts:
            parts[kind] += tuple(part for part in operation.parts if part not in parts[kind])
            made = [replace(o, parts=parts[kind]) if isinstance(o, Trim | Cut) and type(o) is kind else o for o in made]
        else:
            parts[kind] = operation.parts
            made.append(operation)
    return tuple(made)


def _clash(operations: tuple[Operation, ...]) -> Ask | None:
    once = [type(o) for o in operations if isinstance(o, SetAspect | Speed | ExtractAudio | Visualize)]
    levels = [o.target for o in operations if isinstance(o, SetVolume) and not o.parts]
    kept = {part for o in operations if isinstance(o, Trim) for part in o.parts}
    cut = {part for o in operations if isinstance(o, Cut) for part in o.parts}
    muted = {o.target for o in operations if isinstance(o, Mute) and not o.parts}
    from_start = [part for part in kept if part.start == START]
    if len(from_start) > 1 or any(o.target in muted for o in operations if isinstance(o, SetVolume)):
        return Ask(About.CLASH)
    clashes = len(levels) > len(set(levels)) or len(once) > len(set(once)) or bool(kept & cut)
    return Ask(About.CLASH) if clashes else None


__all__ = ["Offer", "conclude"]
