"""What a message can turn out to be. Pure data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.timeline.operations import AddText, EditText, Operation, RemoveText, SetAspect


@dataclass(frozen=True, slots=True)
class Understood:
    """`files` are the names on "File:" lines."""

    operations: tuple[Operation, ...]
    files: tuple[str, ...] = ()

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


class About(StrEnum):
    """Why we ask back."""

    UNKNOWN = "unknown"
    LEFT = "left"  # an edit was found, and something that was said would not be done by it
    WORDS = "words"  # all but what seems to be an order was understood
    NOUN = "noun"  # all but something named was understood
    QUESTION = "question"
    NOTHING = "nothing"  # a greeting, thanks, a story
    CONDITION = "condition"  # only in some case
    UNSUPPORTED = "unsupported"  # clear, and not among what we do
    VAGUE = "vague"
    TARGET_FORMAT = "target_format"
    PART = "part"  # to cut or to keep, but not what
    KEEP_OR_CUT = "keep_or_cut"  # a part, but not what with it
    CLASH = "clash"  # two wishes that cannot both be done
    TEXT = "text"
    GENERATE = "generate"
    SPEED_OF_PART = "speed_of_part"
    JOIN = "join"  # clips one after the other
    LEVEL = "level"  # a change that is said without its direction
    FORMAT = "format"  # a file format we do not write


@dataclass(frozen=True, slots=True)
class Ask:
    """Nothing is done. `word` is the one that stood in the way, "" where there is none to name."""

    about: About
    word: str = ""


Request = Understood | Undo | Redo | Ask
