"""A question that the backend's agent has left open, its choices, and the request that waits for the answer."""

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


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that the agent answered with a question: what its person says next belongs to it. `output`, `export`
    and `about` are those of the job.

    `question` and `job`, which asked it, are known only where the backend says what it has asked."""

    sender: str
    output: str = ""
    export: bool = False
    about: str = ""
    question: Question | None = None
    job: str = ""
