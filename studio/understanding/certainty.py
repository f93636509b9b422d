"""What comes of the readings: done at once, offered, or asked. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from studio.timeline.operations import (
    END,
    START,
    AddMusic,
    AddText,
    Cut,
    Duck,
    EditText,
    ExtractAudio,
    Merge,
    Mute,
    Operation,
    Part,
    RemoveMusic,
    SetAspect,
    SetVolume,
    Speed,
    StartOver,
    Trim,
    Visualize,
)
from studio.understanding.model import About, Ask, Offer, Redo, Request, Understood, Undo
from studio.understanding.parse import Reading
from studio.understanding.scopes import BREAKS, WEAK, Tokens, clause_around
from studio.understanding.spans import Kind, Span
from studio.understanding.tokens import Text, Token

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
    done = [reading for reading in readings if isinstance(reading.built, tuple)]
    for reading in done:
        found += [f"ignored {token.kind}" for token in reading.ignored if token.kind in _THINGS]
        if reading.margin < _NEAR and not reading.pattern.startswith("TOO"):
            found.append("near")
        if reading.strange and not any(token.kind == "span" for token in reading.tokens):
            found.append("strange")
        kinds = {token.value.kind for token in reading.tokens if isinstance(token.value, Span)}
        if reading.pattern == "db":
            found.append("bare")
        if reading.pattern == "span" and len(readings) > 1 and not kinds <= {Kind.FROM, Kind.UNTIL}:
            found.append("bare")
        if reading.record and reading.record.name == "cut" and reading.has("TRIM") and not reading.has("REMOVE", "CUT"):
            found.append("trim off")
    for reading in done:
        if any(_is_order(clause) for clause in _clauses(reading.tokens) if not any(t.is_verb for t in clause)):
            found.append("left out order")
    for reading in readings:
        if reading.record is None:
            found += [f"left out {t.kind}" for t in reading.ignored if t.kind in _THINGS or t.kind == "RECORDING"]
    return found


_QUIET = 0.2  # of music that is to be quiet


def _is_doubtful(readings: list[Reading]) -> bool:
    """What destroys is offered at the least doubt, the rest where something named would not be done."""
    destroys = any(r.record and r.record.destroys for r in readings if isinstance(r.built, tuple))
    found = doubts(readings)
    heavy = [each for each in found if each.startswith(("ignored", "left out"))]
    return bool(found) if destroys else bool(heavy)


# What somebody who names it wants something to be done with.
_THINGS = frozenset({"MUSIC", "VOICE", "ORIGINAL", "TEXT", "TITLE", "WAVE", "BEYOND", "VOLUME", "SPEED", "COVER"})
_NEAR = 0.8


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


_OBJECTS = frozenset({"DET", "PRON", "VIDEO", "IT", "PIECE", "MUSIC", "SOUND", "VOICE", "TEXT", "TITLE", "IMAGE"})
_BEFORE_A_VERB = frozenset({"POLITE", "SIGN", "FILLER", "ONLY", "TOO", "MORE"})
_NO_VERB = ("ing", "ed", "s", "ly")
_ANDS = frozenset({"and", "和", "跟", "以及", "、", "&", "+"})
_SUBJECTS = frozenset({"i", "he", "she", "we", "they"})
_MOST_WORDS = 4  # of an order that is repeated


def unknown_order(tokens: Tokens, readings: list[Reading]) -> str | None:
    """ "…, and straighten the horizon", "把画面扶正": a verb nobody knows where a verb must stand."""
    read = {id(token) for reading in readings if reading.record for token in reading.tokens}
    for clause in _clauses(tokens):
        if any(id(token) in read for token in clause):
            continue
        said = [token for token in clause if token.kind not in _BEFORE_A_VERB]
        if _is_order(clause):
            return " ".join(token.said for token in said[:_MOST_WORDS] if token.kind not in ("span", "quote"))
        is_made = any(token.is_verb or token.kinds & WEAK for token in clause)
        if (
            any(token.kind == "BA" for token in clause)
            and not is_made
            and any(token.kind == "word" for token in clause)
        ):
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


def _reconciled(readings: list[Reading], tokens: Tokens) -> tuple[Operation, ...]:
    """Several that are one: music that is to give way, a sound that is taken out as a file, the same said twice."""
    operations = [op for reading in readings for op in _of(reading)]
    kinds = [type(operation) for operation in operations]
    if AddMusic in kinds and Duck in kinds:
        made = [replace(o, duck=True) if isinstance(o, AddMusic) else o for o in operations if not isinstance(o, Duck)]
        return _merged(made)
    if {Merge, AddMusic} & {*kinds} and any(r.has("NOSOUND") for r in readings):
        operations = [o for o in operations if not isinstance(o, Mute)]  # that it has none is the reason
    levels = [reading for reading in readings if any(isinstance(op, SetVolume) for op in _of(reading))]
    if len(levels) > 1:  # that it is quiet is the reason
        reasons = [op for reading in levels if reading.pattern.endswith("QUIETLY") for op in _of(reading)]
        operations = [operation for operation in operations if operation not in reasons]
    named = [op for reading in readings if reading.has("format") for op in _of(reading) if isinstance(op, ExtractAudio)]
    if len(named) == 1:
        operations = [o for o in operations if not isinstance(o, ExtractAudio) or o in named]
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
        taken_out = [reading for reading in readings if any(isinstance(op, ExtractAudio) for op in _of(reading))]
        also = any(r.has("SOUND", "AUDIOONLY") and r.has("TOO", "GET", "EXTRACT") for r in taken_out)
        operations = [RemoveMusic(also_audio=also) if isinstance(o, RemoveMusic) else o for o in operations]
        operations = [o for o in operations if not isinstance(o, ExtractAudio)]
    return _merged(_with_their_level(_in_one(operations)))


def _in_one(operations: list[Operation]) -> list[Operation]:
    """How words are to look, said apart from the words; cropping beside a cut is cutting; a song instead of the sound."""
    new = next((operation for operation in operations if isinstance(operation, AddText)), None)
    looks = [o for o in operations if isinstance(o, EditText) and not (o.text or o.old)]
    if new and len(looks) == 1:
        place, color, size = looks[0].position, looks[0].color, looks[0].size
        both = replace(new, position=new.position or place, color=new.color or color, size=new.size or size)
        operations = [both if o is new else o for o in operations if o is not looks[0]]
    if any(isinstance(o, Trim | Cut) for o in operations):
        operations = [o for o in operations if not (isinstance(o, SetAspect) and not o.across)]
    if any(isinstance(o, Merge) and o.mix is False for o in operations):
        operations = [o for o in operations if o != AddMusic()]
    return operations


def _with_their_level(operations: list[Operation]) -> list[Operation]:
    """ "Add music, half volume": a level right behind the music is the music's."""
    made: list[Operation] = []
    for operation in operations:
        before = made[-1] if made else None
        if not (isinstance(before, AddMusic) and isinstance(operation, SetVolume) and operation.target != "voice"):
            made.append(operation)
        elif operation.absolute or before.volume is not None:
            level = operation.factor * (1.0 if operation.absolute else before.volume or 1.0)
            made[-1] = replace(before, volume=round(level, 4))
        else:
            made[-1] = replace(before, volume=_QUIET if operation.factor < 1 else None)
    return made


def _merged(operations: Sequence[Operation]) -> tuple[Operation, ...]:
    """Parts that are cut, or kept, are all of the timeline as it is seen now: one operation. What is said twice is done
    once; of two merges the one that says how.
    """
    merges = [operation for operation in operations if isinstance(operation, Merge)]
    if merges:
        best = next((merge for merge in merges if merge.mix is not None), merges[0])
        operations = [o for o in operations if not isinstance(o, Merge) or o is best]
    operations = _one_picture(list(dict.fromkeys(operations)))
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
    return _kept_and_cut(tuple(made))


def _kept_and_cut(operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """What is kept and what is cut in one message are both of the timeline as it is seen now."""
    trim = next((operation for operation in operations if isinstance(operation, Trim)), None)
    cut = next((operation for operation in operations if isinstance(operation, Cut)), None)
    if not (trim and cut and len(trim.parts) == 1) or set(trim.parts) & set(cut.parts):
        return operations
    kept = trim.parts[0]
    around = (Part(START, kept.start), Part(kept.end, END))
    outside = tuple(part for part in around if part.start != part.end)
    inside = tuple(part for part in cut.parts if part not in outside)
    one = Cut((*inside, *outside)) if inside else trim
    return tuple(one if operation is cut else operation for operation in operations if operation is not trim)


def _one_picture(operations: list[Operation]) -> list[Operation]:
    """What is said of one drawn picture in several places."""
    drawn = [operation for operation in operations if isinstance(operation, Visualize)]
    if len(drawn) < 2:
        return operations
    names = [field.name for field in fields(Visualize)]
    values = {name: next((v for each in drawn if (v := getattr(each, name)) is not None), None) for name in names}
    return [*(o for o in operations if not isinstance(o, Visualize)), Visualize(**values)]


def _clash(operations: tuple[Operation, ...]) -> Ask | None:
    once = [type(o) for o in operations if isinstance(o, SetAspect | Speed | ExtractAudio | Visualize)]
    levels = [o.target for o in operations if isinstance(o, SetVolume) and not o.parts]
    kept = {part for o in operations if isinstance(o, Trim) for part in o.parts}
    cut = {part for o in operations if isinstance(o, Cut) for part in o.parts}
    muted = {o.target for o in operations if isinstance(o, Mute) and not o.parts}
    from_start = [part for part in kept if part.start == START]
    if Mute() in operations and any(isinstance(o, ExtractAudio) for o in operations):
        return Ask(About.CLASH)
    if len(from_start) > 1 or any(o.target in muted for o in operations if isinstance(o, SetVolume)):
        return Ask(About.CLASH)
    clashes = len(levels) > len(set(levels)) or len(once) > len(set(once)) or bool(kept & cut)
    return Ask(About.CLASH) if clashes else None


__all__ = ["Offer", "conclude"]
