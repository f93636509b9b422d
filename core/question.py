"""A question that the backend's agent has left open, with the choices that one tap is enough for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class QuestionKind(StrEnum):
    ASK = "ask"  # something is missing
    OFFER = "offer"  # what would be done is said; it is done if its person wants it


@dataclass(frozen=True, slots=True)
class Choice:
    """A button with `label`; pressed, it stands for the words `say`."""

    label: str
    say: str


@dataclass(frozen=True, slots=True)
class Question:
    """`id` is the backend's own, another one for each question. Words answer it as well as a choice does; with
    `wants_file`, so does a file alone."""

    id: str
    kind: QuestionKind
    text: str
    choices: tuple[Choice, ...] = ()
    wants_file: bool = False

    def words_of(self, typed: str) -> str:
        """What a choice stands for whose label was typed; "" for anything else."""
        label = typed.strip(" .!。！").casefold()
        return next((choice.say for choice in self.choices if choice.label.casefold() == label), "")
