"""What goes on from the last edit: "make that 8", "a bit bigger", "the end too", "remove it". Pure.

The last edit's tokens are read again with the value of the same kind replaced. Where it has no place for the value,
something new begins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.timeline.operations import (
    AddMusic,
    AddText,
    Cut,
    EditText,
    Fade,
    Moment,
    Mute,
    Operation,
    Part,
    RemoveText,
    SetAspect,
    SetVolume,
    Speed,
)
from studio.understanding.model import Memory, Seen, Understood, Undo
from studio.understanding.parse import Reading, parse
from studio.understanding.scopes import Tokens, scoped
from studio.understanding.spans import UNITLESS, Kind, Span
from studio.understanding.tokens import Token, tokens_of

if TYPE_CHECKING:
    from studio.understanding.dialogue import Heard

Joint = Callable[[Tokens, Tokens, frozenset[str], "Heard"], "Heard | None"]
# Words of a correction that say nothing by themselves.
_MARKS = frozenset(
    {
        *("TOO", "CHANGE", "MAKE", "CORRECT", "ABIT", "ALOT", "MORE", "LESSOF", "MOREOF", "TOOMUCH", "LONGER"),
        *("SHORTER", "RAISE", "LOWER", "SIZEBIG", "SIZESMALL", "VIDEO", "NOT", "POLITE", "FILLER", "SEP"),
        *("STOP", "USE", "GET", "SAYING", "ATSTART", "ATEND", "MOVE", "ONLY", "REPLACE", "ADD", "SIGN"),
        *("MISTAKE", "BEGIN", "END", "REST", "number", "DET", "PREP", "PRON", "AUX", "PIECE", "SET", "NO"),
        *("YES", "TWICE", "HALF", "FASTER", "SLOWER", "FADEIN", "FADEOUT", "TOOLOUD", "TOOQUIET", "TOOFAST"),
        *("TOOSLOW", "QUIETLY", "ANYMORE", "BA", "DOWNTO", "LENGTH", "BOTH", "place", "color", "fit"),
        *("NOT:ratio", "NOT:MAKE", "NOT:GET", "TELL", "TEXT", "TITLE", "WRITE", "IT"),
    }
)
_FOLLOWS = frozenset({"TOO", "CHANGE", "CORRECT", "NOT", "MISTAKE", "NO", "INSTEADOF"})
_SIZES = frozenset({"SIZEBIG", "SIZESMALL"})
_STEPS = frozenset({"RAISE", "LOWER", "MOREOF", "LESSOF", "TOOMUCH", "TOOLOUD", "TOOQUIET", "QUIETLY", "ABIT", "MORE"})


def follow_up(own: Heard, kinds: frozenset[str], memory: Memory, joint: Joint) -> Heard | None:
    """The message as a change of the last edit, or None where it begins something new."""
    last = _last(memory, kinds)
    if last is None or memory.undone:
        return None
    tokens, operation = last.tokens, _of(last)[-1]
    seen = Seen(own.tokens, kinds)
    if _takes_it_away(own, operation):
        if isinstance(operation, EditText):  # not the look that it got last: the words
            return _made(own, (RemoveText(),), (Token("REMOVE", is_verb=True), Token("TEXT", start=10, end=19)))
        return replace(own, request=Undo(), readings=())
    if rest := _without(own, memory, kinds):
        return rest
    if not _may_follow(own, last, operation):
        return None
    if stepped := _stepped(operation, seen, kinds):
        return _made(own, *stepped)
    if isinstance(operation, AddText | EditText) and (changed := _look(seen)):
        return _made(own, (changed,), _look_tokens(own.tokens))
    if isinstance(operation, SetAspect) and seen.has("fit"):
        return joint(tuple(t for t in tokens if t.kind != "fit"), tuple(own.tokens), kinds, own)
    made = _with_value(own, kinds, tokens, joint)
    if made and isinstance(made.request, Understood) and made.request.operations == _of(last):
        return None  # what was said has no place in the last edit
    return made


def _last(memory: Memory, kinds: frozenset[str]) -> Reading | None:
    """The last operation's reading, from its tokens."""
    if not memory.last:
        return None
    readings = [r for r in parse(scoped(memory.last[-1]), kinds) if isinstance(r.built, tuple) and r.built]
    return readings[-1] if readings else None


def _of(reading: Reading) -> tuple[Operation, ...]:
    return reading.built if isinstance(reading.built, tuple) else ()


def _made(own: Heard, operations: tuple[Operation, ...], tokens: Tokens, *, instead: bool = False) -> Heard:
    reading = Reading(0.0, None, operations, (), tokens)
    return replace(own, request=Understood(operations, own.text.files, instead), readings=(reading,))


_WISHES = frozenset(
    {"FADEIN", "FADEOUT", "FADE", "FASTER", "SLOWER", "SPEED", "LOOP", "MUTE", "TITLE", "TEXT", "ratio"}
)


def _without(own: Heard, memory: Memory, kinds: frozenset[str]) -> Heard | None:
    """ "淡出不用了": the last edits without the one that is named."""
    if not any(token.can_be("NEVERMIND") or token.can_be("NO") for token in own.tokens):
        return None
    named = frozenset[str]().union(*(token.kinds for token in own.tokens)) & _WISHES
    kept = [tokens for tokens in memory.last if not any(token.kinds & named for token in tokens)]
    if not named or len(kept) == len(memory.last):
        return None
    if not kept:
        return replace(own, request=Undo(), readings=())
    readings = [r for tokens in kept for r in parse(scoped(tokens), kinds) if isinstance(r.built, tuple)]
    operations = tuple(operation for reading in readings for operation in _of(reading))
    return replace(own, request=Understood(operations, own.text.files, instead=True), readings=tuple(readings))


def _takes_it_away(own: Heard, operation: Operation) -> bool:
    """ "Remove it", and "not vertical any more" after that was made."""
    said = [
        token
        for token in own.tokens
        if token.kind not in ("VIDEO", "IT", "DET", "PRON", "POLITE", "FILLER", "SEP", "STOP", "SIGN", "BA", "AUX")
    ]
    if said and all(token.can_be("REMOVE") and not token.can_be("CUT") for token in said):
        return True  # "剪掉" rather means a part of the film
    no_longer = any(token.kind == "ANYMORE" or token.can_be("NOT") for token in own.tokens)
    denied = any(token.kind == "NOT:ratio" for token in own.tokens)
    return isinstance(operation, SetAspect) and denied and no_longer and not isinstance(own.request, Understood)


def _may_follow(own: Heard, last: Reading, operation: Operation) -> bool:
    tokens = own.tokens
    of_part = isinstance(operation, AddMusic | AddText | Mute | SetVolume) and any(t.can_be("ONLY") for t in tokens)
    marks = _MARKS | {"KEEP"} if of_part else _MARKS
    strange = [t for t in tokens if not t.is_value and t.kind[:4] not in ("word", "NOT:") and not t.kinds & marks]
    if strange:
        return False
    if not isinstance(own.request, Understood):
        return True
    marked = any(token.kinds & _FOLLOWS for token in tokens)
    of_look = isinstance(operation, AddText | EditText) and any(
        token.kinds & (_SIZES | {"color", "place"}) for token in tokens
    )
    of_level = isinstance(operation, AddMusic | SetVolume) and any(token.kinds & _STEPS for token in tokens)
    of_speed = isinstance(operation, Speed) and any(token.kinds & {"MORE", "ABIT"} for token in tokens)
    of_fit = (
        isinstance(operation, SetAspect)
        and any(token.kind == "fit" for token in tokens)
        and not any(token.kind in ("ratio", "pixels") for token in tokens)
    )
    if not (marked or of_part or of_look or of_level or of_speed or of_fit):
        return False
    accounts = _accounts(last)
    return all(token.kind == "number" or token.kinds & accounts for token in tokens if token.is_value)


def _accounts(reading: Reading) -> frozenset[str]:
    if reading.record is None:
        return frozenset()
    needs = {kind for way in reading.record.ways for need in way.split() for kind in need.split("|")}
    return reading.record.takes | needs


def _look(seen: Seen) -> EditText | None:
    """ "Make it red", "a bit bigger", "放底部"."""
    from studio.understanding.build_picture import edit_text  # noqa: PLC0415

    if seen.has("quote", "span", "number"):
        return None
    made = edit_text(seen)
    return made[0] if isinstance(made, tuple) and isinstance(made[0], EditText) else None


def _look_tokens(said: Tokens) -> Tokens:
    """The look with the words that it is of. Without them it would be no edit, and the next message could not go on."""
    looks = [token for token in said if token.kinds & (_SIZES | {"color", "place", "ABIT", "ALOT"})]
    placed = [replace(token, start=20 + 10 * i, end=29 + 10 * i) for i, token in enumerate(looks)]
    return (Token("MAKE", is_verb=True), Token("TEXT", start=10, end=19), *placed)


def _stepped(last: Operation, seen: Seen, kinds: frozenset[str]) -> tuple[tuple[Operation, ...], Tokens] | None:
    """A bit more, a bit less: a step of the same kind, for which no value is named."""
    if any(token.is_value and token.kind != "fit" for token in seen.tokens) or seen.has("HALF"):
        return None
    less, more = seen.has("TOOMUCH"), seen.has("MORE", "MOREOF", "RAISE", "LONGER", "TOOQUIET", "TOOSLOW", "FASTER")
    fewer = seen.has("LESSOF", "LOWER", "QUIETLY", "TOOLOUD", "SHORTER", "SLOWER", "TOOFAST")
    up = None if less else True if more and not fewer else False if fewer else None
    match last:
        case SetVolume(target, factor) if less:
            return (SetVolume(target, round(factor**-0.5, 4)),), _level_tokens(target, up=factor < 1)
        case SetVolume(target) if up is not None:
            louder = (
                up
                if seen.has("RAISE", "LOWER", "MOREOF", "LESSOF", "TOOLOUD", "TOOQUIET", "QUIETLY")
                else last.factor >= 1
            )
            return (SetVolume(target, 1.5 if louder else 0.5),), _level_tokens(target, up=louder)
        case AddMusic() if less or up is not None:
            return (SetVolume("bgm", 1.5 if up else 0.5),), _level_tokens("bgm", up=bool(up))
        case EditText(size=float(size)) if size > 0 and not seen.has(*_SIZES) and (less or more or seen.has("ABIT")):
            step = round(size**-0.5, 4) if less else size
            grows = Token("SIZEBIG" if step > 1 else "SIZESMALL")
            return (EditText(size=step),), _look_tokens((grows,))
        case Speed(factor) if less:
            return (Speed(round(factor**-0.5, 4)),), (Token("FASTER" if factor < 1 else "SLOWER", is_verb=True),)
        case Speed(factor) if up is not None or seen.has("ABIT"):
            faster = up if seen.has("FASTER", "SLOWER", "TOOFAST", "TOOSLOW") and up is not None else factor > 1
            return (Speed(1.5 if faster else 0.75),), (Token("FASTER" if faster else "SLOWER", is_verb=True),)
        case _:
            return None


def _level_tokens(target: str, *, up: bool) -> Tokens:
    sound = {"bgm": "MUSIC", "voice": "VOICE"}.get(target, "SOUND")
    return (Token("RAISE" if up else "LOWER", is_verb=True), Token(sound, start=10, end=19))


def _with_value(own: Heard, kinds: frozenset[str], last: Tokens, joint: Joint) -> Heard | None:
    """The value of the same kind replaced; "too" adds it."""
    seen = Seen(own.tokens, kinds)
    timed = any(token.kind == "span" for token in last) and any(token.kind == "number" for token in own.tokens)
    reply = scoped(tokens_of(UNITLESS.sub(r"\1s", own.text.raw)).tokens) if timed else own.tokens
    values = [_as_before(t, last) for t in reply if t.is_value or t.kinds & {"HALF", "TWICE"}]
    places = [t for t in reply if t.kinds & {"ATSTART", "ATEND", "FADEIN", "FADEOUT", "BOTH"}]
    if not values and (places or seen.has("LONGER", "SHORTER")):
        return _other_end(own, kinds, last, joint)
    if not values:
        return None
    also = seen.has("TOO") and not seen.has("CHANGE")
    old = next((t for t in last if t.kind == values[0].kind), None)
    kept = tuple(t for t in last if t.kind != values[0].kind)
    made = joint(kept, tuple(_in_place_of(old, t) for t in values), kinds, own)
    return _instead(made) if made and not also else made


def _instead(made: Heard) -> Heard:
    return replace(made, request=replace(made.request, instead=True)) if isinstance(made.request, Understood) else made


def _as_before(token: Token, last: Tokens) -> Token:
    """A bare number is of the kind that was said before: "20 %" … "make it 30"."""
    old = next((t for t in last if t.kind in ("percent", "factor", "db", "degrees")), None)
    if token.kind != "number" or old is None or not isinstance(token.value, float):
        return token
    value = token.value / 100 if old.kind == "percent" else token.value
    return replace(token, kind=old.kind, value=value, prep=token.prep or old.prep)


def _in_place_of(old: Token | None, new: Token) -> Token:
    """ "The first 5 seconds" … "make that 8": a length is of the kind that the part was of."""
    if not (old and isinstance(old.value, Span) and isinstance(new.value, Span) and new.value.kind is Kind.LENGTH):
        return new
    seconds = new.value.seconds
    match old.value.kind:
        case Kind.FIRST | Kind.ENDS:
            part = Part(Moment(), Moment(seconds))
            return replace(new, value=Span(old.value.kind, part, seconds), prep=old.prep)
        case Kind.LAST:
            part = Part(Moment(-seconds, 1.0), Moment(share=1.0))
            return replace(new, value=Span(Kind.LAST, part, seconds), prep=old.prep)
        case _:
            return replace(new, prep=old.prep)


def _other_end(own: Heard, kinds: frozenset[str], last: Tokens, joint: Joint) -> Heard | None:
    """ "The end too", "开头也要": the same at the other end, or there instead."""
    seen = Seen(own.tokens, kinds)
    reading = _last(Memory(last=(last,)), kinds)
    operation = _of(reading)[-1] if reading else None
    at_end = seen.has("ATEND", "FADEOUT")
    match operation:
        case Fade() if seen.has("LONGER", "SHORTER"):
            seconds = (operation.seconds or 1.0) * (0.5 if seen.has("SHORTER") else 2)
            tokens = (*(t for t in last if t.kind != "span"), _length(seconds))
            return _made(own, (replace(operation, seconds=seconds),), tokens, instead=True)
        case Fade():
            made = replace(operation, kind="out" if at_end else "in")
            return _made(own, (made,), (Token("FADEOUT" if at_end else "FADEIN", is_verb=True),))
        case Cut(parts=(part,)) if part.start == Moment() or part.end.share == 1.0:
            seconds = max(abs(part.start.seconds), abs(part.end.seconds))
            other = Part(Moment(-seconds, 1.0), Moment(share=1.0)) if at_end else Part(Moment(), Moment(seconds))
            kind = Kind.LAST if at_end else Kind.FIRST
            span = Token("span", Span(kind, other, seconds), start=10, end=19)
            return _made(own, (Cut((other,)),), (Token("REMOVE", is_verb=True), span))
        case _:
            return joint(tuple(t for t in last if t.kind not in ("ATSTART", "ATEND")), own.tokens, kinds, own)


def _length(seconds: float) -> Token:
    return Token("span", Span(Kind.LENGTH, Part(Moment(), Moment(seconds)), seconds), start=1000, end=1009)
