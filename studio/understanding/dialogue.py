"""How a message goes on from what was asked and done before. Pure: a memory in, a memory out.

An answer is read together with the tokens of the question; a correction together with the tokens of the last edit, its
value replaced. So every record gets both without a rule of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.understanding.certainty import conclude
from studio.understanding.following import follow_up
from studio.understanding.model import About, Ask, Dropped, Memory, Offer, Redo, Request, Understood, Undo
from studio.understanding.parse import Reading, class_of, parse
from studio.understanding.records import nearest
from studio.understanding.scopes import BREAKS, Tokens, scoped
from studio.understanding.spans import UNITLESS
from studio.understanding.tokens import LONGEST, Text, Token, tokens_of

_LIGHT = frozenset({"FILLER", "POLITE", "SIGN", "word", "VIDEO", "IT", "DET", "PRON", "AUX", "NOT", "MORE", *BREAKS})
_CHOOSES = frozenset({"YES", "NO", "FIRSTONE", "SECONDONE"})


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as it is read by itself."""

    text: Text
    tokens: Tokens
    readings: tuple[Reading, ...]
    request: Request


def hear(message: str, kinds: frozenset[str]) -> Heard:
    text = tokens_of(message)
    return heard(text, scoped(text.tokens), kinds)


def heard(text: Text, tokens: Tokens, kinds: frozenset[str], *, is_answer: bool = False) -> Heard:
    readings = parse(tokens, kinds)
    return Heard(text, tokens, tuple(readings), conclude(text, tokens, readings, is_answer=is_answer))


def respond(message: str, kinds: frozenset[str], memory: Memory) -> tuple[Request, Memory]:
    """What the message asks for, with what was said before, and what is to be remembered if that is done."""
    if len(message) > LONGEST:
        return Ask(About.LONG), replace(memory, open=None)
    own = hear(message, kinds)
    if _is_off(own) and not (isinstance(own.request, Undo | Redo) and memory.open is None):
        return Dropped(memory.open is not None), replace(memory, open=None)
    answer = _answer(own, kinds, memory) or follow_up(own, kinds, memory, _joint)
    made = answer or own
    request = _put_back(made, memory)
    if isinstance(request, Ask) and not request.is_open:
        said = frozenset[str]().union(*(token.kinds for token in own.tokens))
        request = replace(request, near=nearest(said, kinds))
    return request, _remembered(request, made, memory)


def _remembered(request: Request, made: Heard, memory: Memory) -> Memory:
    match request:
        case Ask():
            return replace(memory, open=request if request.is_open else None)
        case Offer():
            return replace(memory, open=request)
        case Understood():
            return Memory(last=tuple(r.tokens for r in made.readings if isinstance(r.built, tuple)))
        case Undo():
            return Memory(last=memory.last, undone=True)
        case Redo():
            return Memory(last=memory.last)
        case Dropped():
            return replace(memory, open=None)


def _put_back(made: Heard, memory: Memory) -> Request:
    """ "Put it back": the edit that was undone last, else what was before the last edit."""
    is_back = isinstance(made.request, Undo) and any(token.can_be("PUTBACK") for token in made.tokens)
    return Redo() if is_back and memory.undone else made.request


def _is_off(own: Heard) -> bool:
    said = [token for token in own.tokens if token.kind not in _LIGHT]
    return bool(said) and all(token.can_be("NEVERMIND") for token in said)


def _joint(before: Tokens, reply: Tokens, kinds: frozenset[str], own: Heard) -> Heard | None:
    """Both read as one message; None where nothing comes of it."""
    shift = max((token.end for token in before), default=0) + 1
    moved = (replace(token, start=token.start + shift, end=token.end + shift, heads=frozenset()) for token in reply)
    whole = (*(replace(token, heads=frozenset()) for token in before), *moved)
    left_out = {"SEP", "STOP", "ASKS", "CORRECT", "NOT", "TOO", "QUESTION", *_CHOOSES}
    tokens = tuple(token for token in whole if token.kind not in left_out)
    made = heard(own.text, scoped(tokens), kinds, is_answer=True)
    return made if isinstance(made.request, Understood) or _is_narrower(made.request, before) else None


def _is_narrower(request: Request, before: Tokens) -> bool:
    """The next question of the same wish."""
    return isinstance(request, Ask) and request.is_open and len(request.tokens) > len(before)


# An answer


def _answer(own: Heard, kinds: frozenset[str], memory: Memory) -> Heard | None:
    match memory.open:
        case Offer(tokens=tokens):
            return _to_offer(own, kinds, tokens)
        case Ask(about=About.TEXT) as ask:
            return _words(own, kinds, ask)
        case Ask() as ask:
            if _begins_anew(own, ask):
                return None
            filled = _filled(own, ask)
            return _joint(*filled, kinds, own) if filled else None
        case _:
            return None


def _to_offer(own: Heard, kinds: frozenset[str], tokens: Tokens) -> Heard | None:
    said = [token for token in own.tokens if token.kind not in _LIGHT or token.kinds & _CHOOSES]
    if said and all(token.can_be("YES") for token in said):
        return heard(own.text, tokens, kinds, is_answer=True)
    if said and all(token.can_be("NO") for token in said):
        return replace(own, request=Dropped(), readings=())
    return None


def _begins_anew(own: Heard, ask: Ask) -> bool:
    """A message that is a wish by itself, and more than what was asked for."""
    if not isinstance(own.request, Understood | Undo | Redo):
        return False
    if isinstance(own.request, Undo | Redo):
        return True
    of_answer = {"KEEP", "REMOVE", "CUT"} if ask.about in (About.KEEP_OR_CUT, About.PART) else {"FASTER", "SLOWER"}
    of_answer |= {"RAISE", "LOWER", "ROTATE"} if ask.about in (About.LEVEL, About.SPEED, About.ANGLE) else set()
    for token in own.tokens:
        each = class_of(token)
        if each == "verb" and not token.kinds & of_answer:
            return True
        if each in ("noun", "value", "look") and token.kind not in ("span", *_SLOTS[ask.about]):
            return True
    return False


# What kinds of tokens answer a question.
_SLOTS: dict[About, frozenset[str]] = {
    About.PART: frozenset({"span", "ATSTART", "ATEND"}),
    About.KEEP_OR_CUT: frozenset({"KEEP", "REMOVE", "CUT", "ONLY", "span"}),
    About.CLASH: frozenset({"ratio", "percent", "factor", "pixels", "format", "FASTER", "SLOWER", "RAISE", "LOWER"}),
    About.SPEED_OF_PART: frozenset({"FASTER", "SLOWER", "factor"}),
    About.LEVEL: frozenset(
        {"percent", "factor", "db", "HALF", "TWICE", "RAISE", "LOWER", "number", "LESSOF", "MOREOF"}
    ),
    About.SPEED: frozenset({"percent", "factor", "HALF", "TWICE", "TRIPLE", "FASTER", "SLOWER", "number"}),
    About.ANGLE: frozenset({"degrees", "angle", "number", "UPSIDEDOWN", "HALF"}),
    About.VAGUE: frozenset(),
    About.TARGET_FORMAT: frozenset({"format", "WAVE", "VIDEO"}),
    About.FORMAT: frozenset({"format"}),
    About.PICTURE: frozenset(),
    About.TEXT: frozenset({"quote"}),
}


def _filled(own: Heard, ask: Ask) -> tuple[Tokens, Tokens] | None:
    """The question's tokens, and those of the reply that answer it."""
    says_yes = any(token.can_be("YES") for token in own.tokens)
    match ask.about:
        case About.SPEED_OF_PART if says_yes:
            return tuple(t for t in ask.tokens if t.kind not in ("span", "PIECE", "REST", "ATSTART", "ATEND")), ()
        case About.PICTURE if says_yes:
            return (*ask.tokens, Token("MAKE"), Token("WAVE", said="waveform")), ()
        case About.CLASH:
            return _chosen(own, ask)
        case About.PART | About.KEEP_OR_CUT:
            reply = own.tokens if _answers(own.tokens, ask) else _timed(own)
            before = tuple(t for t in ask.tokens if t.kind not in ("PIECE",))
            if any(token.kind == "span" for token in reply):
                before = tuple(token for token in before if token.kind != "span")
            return (before, reply) if _answers(reply, ask) else None
        case _:
            reply = tuple(_of_kind(token, ask.about) for token in own.tokens)
            kinds = frozenset().union(*(token.kinds for token in reply)) & _SLOTS[ask.about] if reply else frozenset()
            before = tuple(
                token for token in ask.tokens if not (token.is_value and token.kind in kinds | {"number", "format"})
            )
            return (before, reply) if _answers(reply, ask) else None


def _answers(reply: Tokens, ask: Ask) -> bool:
    return any(token.kinds & _SLOTS[ask.about] for token in reply)


def _of_kind(token: Token, about: About) -> Token:
    """A bare number is of the kind that was asked for."""
    if token.kind != "number" or not isinstance(token.value, float):
        return token
    match about:
        case About.LEVEL:
            return replace(token, kind="percent", value=token.value / 100, prep="to")
        case About.SPEED | About.SPEED_OF_PART:
            return replace(token, kind="factor")
        case About.ANGLE:
            return replace(token, kind="degrees")
        case _:
            return token


def _timed(own: Heard) -> Tokens:
    """ "The first 6": bare numbers as seconds."""
    return scoped(tokens_of(UNITLESS.sub(r"\1s", own.text.raw)).tokens)


def _chosen(own: Heard, ask: Ask) -> tuple[Tokens, Tokens] | None:
    """Of several values the one that is named, or counted."""
    said = [token for token in own.tokens if token.is_value or token.kinds & _SLOTS[About.CLASH]]
    if said:
        kinds = {token.kind for token in said}
        return tuple(token for token in ask.tokens if token.kind not in kinds), tuple(said)
    place = next(
        (i for i, kind in enumerate(("FIRSTONE", "SECONDONE")) if any(t.can_be(kind) for t in own.tokens)), None
    )
    several = [token for token in ask.tokens if token.is_value]
    if place is None or len(several) < 2:
        return None
    return tuple(token for token in ask.tokens if not token.is_value or token is several[place]), ()


def _words(own: Heard, kinds: frozenset[str], ask: Ask) -> Heard | None:
    """The words for the picture, as they were written, unless they are evidently another wish."""
    quoted = any(token.kind == "quote" for token in own.tokens)
    if isinstance(own.request, Understood | Undo | Redo) and not quoted and _begins_anew(own, ask):
        return None
    if quoted:
        return _joint(ask.tokens, own.tokens, kinds, own)
    if own.tokens and all(
        token.kind in ("place", "ATSTART", "ATEND", "PREP", "DET", "color", "span") for token in own.tokens
    ):
        return _joint(ask.tokens, own.tokens, kinds, own)
    words = own.text.raw.strip(' .。"“”')
    return _joint(ask.tokens, (Token("quote", words, said=words),), kinds, own) if words else None
