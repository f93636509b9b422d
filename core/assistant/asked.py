"""A request with what its answer depends on (project, language): determined once, when the message comes in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from core.job import Project
from core.language.detection import language_of
from core.messages import Incoming


@dataclass(frozen=True, slots=True)
class Asked:
    """`project` is the place's as it stood when the message came; `language` is the one to answer in."""

    incoming: Incoming
    project: Project
    language: str

    @classmethod
    def of(cls, incoming: Incoming, project: Project) -> Self:
        return cls(incoming, project, language_of(project.language, incoming.text, incoming.language))

    def in_words(self, text: str) -> Asked:
        """The request that a button stands for, as if its words had been typed."""
        return Asked.of(replace(self.incoming, text=text, action=""), self.project)
