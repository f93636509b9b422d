"""A request with what its answer depends on (project, language): determined once, when the message comes in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from core.job import EMPTY_PROJECT, Behind, Project, ProjectValue
from core.language.detection import language_of
from core.messages import Incoming
from core.question import OpenRequest, Question


@dataclass(frozen=True, slots=True)
class Asked:
    """`project` is the place's as it stood when the message came; `language` is the one to answer in. `behind` is set
    where it replies to a result of ours: then `project` is the one behind that result, and
    `restore` its render if the project is not as it was then."""

    incoming: Incoming
    project: Project
    language: str
    behind: Behind = Behind.NOTHING
    restore: str = ""

    @property
    def open_request(self) -> OpenRequest | None:
        """What this person was asked by the agent and has not answered yet."""
        opened = self.project.open_request
        if opened is None or opened.sender != self.incoming.sender:
            return None
        dropped = opened.question and opened.question.id == self.project.dropped
        return None if dropped else opened

    @property
    def question(self) -> Question | None:
        """The question that this person's words are said to; known only where the backend says what it has asked."""
        return self.open_request.question if self.open_request else None

    @property
    def back_to(self) -> dict[str, ProjectValue]:
        """What a place changes of its project where a request goes back to an earlier one."""
        if self.behind is not Behind.ANOTHER:
            return {}
        return {**EMPTY_PROJECT, "session": self.project.session, "source": self.project.source}

    @classmethod
    def of(cls, incoming: Incoming, project: Project) -> Self:
        return cls(incoming, project, language_of(project.language, incoming.text, incoming.language))

    def in_words(self, text: str, language: str = "") -> Asked:
        """The request that a button stands for, as if its words had been typed, by somebody who speaks `language`."""
        asked = Asked.of(replace(self.incoming, text=text), self.project)
        return replace(asked, language=language) if language else asked
