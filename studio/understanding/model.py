"""What a message can turn out to be, what is remembered of it, and what a record's builder is shown. Pure data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from studio.timeline.operations import AddText, EditText, Moment, Operation, Part, RemoveText, SetAspect
from studio.understanding.lexicon import Entry
from studio.understanding.spans import Kind, Span
from studio.understanding.tokens import Token
from studio.understanding.values import Value


@dataclass(frozen=True, slots=True)
class Understood:
    """`files` are the names on "File:" lines. `instead`: in place of the last edit, which is taken back first."""

    operations: tuple[Operation, ...]
    files: tuple[str, ...] = ()
    instead: bool = False

    @property
    def speaks_of_picture(self) -> bool:
        """Whether it is about something that a sound alone does not have."""
        return any(isinstance(operation, AddText | EditText | SetAspect | RemoveText) for operation in self.operations)


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last `count` edits. Only where it is all that is asked for."""

    count: int = 1


@dataclass(frozen=True, slots=True)
class Redo:
    """Make the edit again that was taken back last."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """The open question, or the offer, is not wanted any more. `had` is False where there was none."""

    had: bool = True


class About(StrEnum):
    """Why we ask back."""

    UNKNOWN = "unknown"
    LEFT = "left"  # an edit was found, and something that was said would not be done by it
    WORDS = "words"  # a verb that nobody knows, as an order
    NOUN = "noun"  # what is to be done is clear, but not with what
    QUESTION = "question"
    NOTHING = "nothing"  # a greeting, thanks, a story
    CONDITION = "condition"  # only in some case
    REPORTED = "reported"  # somebody else said it
    UNSUPPORTED = "unsupported"  # clear, and not among what we do
    GENERATE = "generate"
    LONG = "long"
    # Those below have an answer.
    VAGUE = "vague"
    TARGET_FORMAT = "target_format"
    PART = "part"  # to cut or to keep, but not what
    KEEP_OR_CUT = "keep_or_cut"  # a part, but not what with it
    CLASH = "clash"  # two wishes that cannot both be done
    TEXT = "text"
    SPEED_OF_PART = "speed_of_part"
    LEVEL = "level"  # a change without its direction or its amount
    SPEED = "speed"
    ANGLE = "angle"
    PICTURE = "picture"  # there is only sound
    FORMAT = "format"  # a file format we do not write


@dataclass(frozen=True, slots=True)
class Ask:
    """Nothing is done. `word` stood in the way, "" where there is none to name.

    `tokens` are the half-filled record of a question that has an answer, `choices` the values among which it is, and
    `near` the names of the records that come nearest to what was said.
    """

    about: About
    word: str = ""
    tokens: tuple[Token, ...] = ()
    choices: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether an answer goes on from here."""
        return self.about in _ANSWERED


_ANSWERED = frozenset(
    {
        *(
            About.VAGUE,
            About.TARGET_FORMAT,
            About.PART,
            About.KEEP_OR_CUT,
            About.CLASH,
            About.TEXT,
            About.SPEED_OF_PART,
        ),
        *(About.LEVEL, About.SPEED, About.ANGLE, About.PICTURE, About.FORMAT),
    }
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What would probably be meant: done after a tap."""

    reading: Understood | Undo | Redo
    tokens: tuple[Token, ...] = ()


Request = Understood | Undo | Redo | Dropped | Offer | Ask
Built = tuple[Operation, ...] | Ask | Undo | Redo | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What one operation is said with. `kinds` are those of the files, `before` is what the message asks for before."""

    tokens: tuple[Token, ...]
    kinds: frozenset[str] = frozenset()
    before: tuple[Operation, ...] = field(default=())
    present: frozenset[str] = field(init=False)  # the kinds of the tokens

    def __post_init__(self) -> None:
        object.__setattr__(self, "present", frozenset[str]().union(*(token.kinds for token in self.tokens)))

    def has(self, *kinds: str) -> bool:
        return not self.present.isdisjoint(kinds)

    def all(self, kind: str) -> list[Token]:
        return [token for token in self.tokens if token.can_be(kind)]

    def first(self, kind: str) -> Token | None:
        return next((token for token in self.tokens if token.can_be(kind)), None)

    def value(self, kind: str) -> Value | None:
        token = self.first(kind)
        return token.value_as(kind) if token else None

    def number(self, kind: str) -> float | None:
        value = self.value(kind)
        return float(value) if isinstance(value, int | float) else None

    def spans(self, *kinds: Kind) -> list[Span]:
        spans = [token.value for token in self.tokens if isinstance(token.value, Span)]
        return [span for span in spans if not kinds or span.kind in kinds]

    def said(self, words: Iterable[str]) -> bool:
        return any(token.said in words for token in self.tokens)

    @property
    def is_only_sound(self) -> bool:
        return "audio" in self.kinds and "video" not in self.kinds


_LONGEST_SAVED = 20_000  # characters of a saved memory: more is no memory of ours
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Memory:
    """`open` stands until it is answered, dropped, or something else is asked for. `last` are the tokens of the last
    edit, a stretch for each operation; `undone`: it was taken back since.
    """

    open: Ask | Offer | None = None
    last: tuple[tuple[Token, ...], ...] = ()
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
        data = json.loads(saved) if 0 < len(saved) <= _LONGEST_SAVED else {}
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


def _written(tokens: tuple[Token, ...]) -> list[Json]:
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


def _read(tokens: list[Json]) -> tuple[Token, ...]:
    """Placed one behind the other: only their order counts."""
    made: list[Token] = []
    for number, each in enumerate(tokens):
        others = tuple(Entry(str(kind), value, bool(verb)) for kind, value, verb in each.get("o", ()))
        token = Token(
            str(each["k"]), _value_of(each.get("v")), said=str(each.get("s", "")), is_verb=bool(each.get("b"))
        )
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
