"""What a place remembers between messages: the question that stands, and the last edit. Also as JSON, to be saved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from studio.reader.lexicon import Entry
from studio.reader.model import About, Ask, Offer, Understood
from studio.reader.scopes import Tokens
from studio.reader.spans import Kind, Span
from studio.reader.tokens import Token
from studio.reader.values import Value
from studio.timeline.operations import Moment, Part

_LONGEST = 20_000  # characters of a saved memory: more is no memory of ours
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Memory:
    """`open` stands until it is answered, dropped, or something else is asked for. `last` are the tokens of the last
    edit, a stretch for each operation; `undone`: it was taken back since.
    """

    open: Ask | Offer | None = None
    last: tuple[Tokens, ...] = ()
    undone: bool = False


def to_json(memory: Memory) -> str:
    """ "" for an empty memory."""
    if memory == Memory():
        return ""
    question: Json | None = None
    match memory.open:
        case Ask(about, word, tokens, choices):
            question = {"about": about.value, "word": word, "tokens": _written(tokens), "choices": list(choices)}
        case Offer(tokens=tokens):
            question = {"about": "", "tokens": _written(tokens)}
        case None:
            pass
    last = [_written(tokens) for tokens in memory.last]
    return json.dumps({"open": question, "last": last, "undone": memory.undone}, ensure_ascii=False)


def from_json(saved: str) -> Memory:
    """What cannot be read, such as that of another version, is forgotten."""
    try:
        data = json.loads(saved) if 0 < len(saved) <= _LONGEST else {}
        question = data.get("open")
        last = tuple(_read(tokens) for tokens in data.get("last", ()))
        return Memory(_question(question) if question else None, last, bool(data.get("undone")))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        return Memory()


def _question(data: Mapping[str, Any]) -> Ask | Offer:
    tokens = _read(data["tokens"])
    if not data["about"]:
        return Offer(Understood(()), tokens)
    return Ask(About(data["about"]), str(data["word"]), tokens, tuple(map(str, data["choices"])))


def _written(tokens: Tokens) -> list[Json]:
    return [_token(token) for token in tokens]


def _token(token: Token) -> Json:
    others = [[entry.kind, entry.value, entry.is_verb] for entry in token.others]
    whole = {"k": token.kind, "s": token.said, "v": _value(token.value), "p": token.prep, "o": others}
    return {key: value for key, value in whole.items() if value} | ({"b": True} if token.is_verb else {})


def _value(value: Value | None) -> Any:
    match value:
        case Span(kind, part, seconds, is_bare):
            times = (part.start.seconds, part.start.share, part.end.seconds, part.end.share)
            return {"span": kind.value, "times": list(times), "seconds": seconds, "bare": is_bare}
        case tuple():
            return {"pair": list(value)}
        case _:
            return value


def _read(tokens: list[Json]) -> Tokens:
    """Placed one behind the other: only their order counts."""
    made: list[Token] = []
    for number, each in enumerate(tokens):
        others = tuple(Entry(str(kind), value, bool(verb)) for kind, value, verb in each.get("o", ()))
        token = Token(str(each["k"]), _value_of(each.get("v")), said=str(each.get("s", "")), is_verb=bool(each.get("b")))
        made.append(replace(token, start=10 * number, end=10 * number + 9, prep=str(each.get("p", "")), others=others))
    return tuple(made)


def _value_of(data: Any) -> Value | None:
    match data:
        case {"span": kind, "times": [a, b, c, d], "seconds": seconds, "bare": bare}:
            part = Part(Moment(float(a), float(b)), Moment(float(c), float(d)))
            return Span(Kind(kind), part, float(seconds), bool(bare))
        case {"pair": [int(first), int(second)]}:
            return first, second
        case str() | float() | int() | None:
            return data
        case _:
            raise TypeError(data)
