"""What an agent's turn is made of while it runs: a closed set, whatever dialect the backend speaks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.question import Question


class Doing(StrEnum):
    """What the agent is busy with. Shown to nobody: it only proves that something goes on."""

    TOOL = "tool"  # a tool was called or has answered
    THOUGHT = "thought"
    OTHER = "other"  # an event that says nothing to a person, or that we do not know


@dataclass(frozen=True, slots=True)
class Words:
    """Text for the user.

    `partial` text is a preview that a later whole one repeats. A `piece` is a part of a message whose borders
    are unknown (a token or a sentence); otherwise `text` is a message of its own.
    """

    text: str
    partial: bool = False
    piece: bool = False


@dataclass(frozen=True, slots=True)
class Activity:
    what: Doing


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The backend is alive and has nothing to say."""


@dataclass(frozen=True, slots=True)
class StreamFault:
    """An error inside a stream that had begun well. `message` is the backend's text: for the log only."""

    code: int | None
    message: str


class Unfulfilled(StrEnum):
    """What an agent says of its turn that changed nothing. Only the studio says so; of others the state has to tell."""

    REFUSED = "refused"
    ASKED = "asked"  # it needs an answer first


@dataclass(frozen=True, slots=True)
class Asking:
    """The question that is open after the turn, None for none. Only the studio says so; of others nothing is known."""

    question: Question | None


Event = Words | Activity | Heartbeat | StreamFault | Unfulfilled | Asking
