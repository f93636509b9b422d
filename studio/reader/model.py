"""What a message can turn out to be, and what a record's builder is shown of it. Pure data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from studio.reader.spans import Kind, Span
from studio.reader.tokens import Token
from studio.reader.values import Value
from studio.timeline.operations import AddText, EditText, Operation, RemoveText, SetAspect


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
    LONG = "long"
    # Those below have an answer.
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

    `tokens` are the half-filled record of a question that has an answer; `choices` what may be answered, as
    concepts or values that the wording names.
    """

    about: About
    word: str = ""
    tokens: tuple[Token, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether an answer goes on from here."""
        return self.about in _ANSWERED


_ANSWERED = frozenset(
    {
        *(About.TARGET_FORMAT, About.PART, About.KEEP_OR_CUT, About.CLASH, About.TEXT, About.SPEED_OF_PART),
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
    """What one operation is said with: `kinds` are those of the files, `before` what the same message asks for before."""

    tokens: tuple[Token, ...]
    kinds: frozenset[str] = frozenset()
    before: tuple[Operation, ...] = field(default=())

    def has(self, *kinds: str) -> bool:
        return any(token.can_be(kind) for token in self.tokens for kind in kinds)

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
