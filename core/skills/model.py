"""The data of a skill, and the reason why a skill cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Literal, TypeVar

from core.errors import Value
from core.files import Kind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class InLanguages(Generic[T]):
    """The same in the languages of the interface."""

    en: T
    zh: T

    def of(self, language: str) -> T:
        """In `language` ("en", "zh"); anything else is answered in English."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill as its `SKILL.md` describes it. `name` and `version` are fit for an HTTP header.

    `also` is the type of a second file beside the result, made of its sound; "" for none.

    `inputs` are the kinds of files it is made for, `smooth` the types that go best, `output` the type of its
    result, `usual_seconds` how long a clip of 30 s takes, `keywords` phrases whose words occur in a request in
    this order. `path` is the file it was read from.
    """

    name: str
    version: str
    title: InLanguages[str]
    description: InLanguages[str]
    examples: InLanguages[tuple[str, ...]]
    inputs: frozenset[Kind]
    smooth: tuple[str, ...]
    max_megabytes: int
    output: str
    also: str
    usual_seconds: tuple[int, int]
    keywords: tuple[str, ...]
    path: Path


_LINES = {
    "skill-folder-missing": "there is no such folder",
    "skill-file-missing": "the folder has no SKILL.md",
    "skill-unreadable": "the file cannot be read: {reason}",
    "skill-too-large": "the file is larger than {limit} KB",
    "skill-not-utf8": "the file is not UTF-8 text",
    "skill-broken-yaml": "the front matter is no YAML: {reason}",
    "skill-bad-name": "the name {name} cannot stand in an HTTP header: only letters, digits, '.', '_' and '-'",
    "skill-bad-version": "the version {version} cannot stand in an HTTP header",
    "skill-duplicate": "there is a skill called {name} already; it was kept",
}


@dataclass(frozen=True, slots=True)
class SkillProblem:
    """Why a skill is not there. `key` and `values` are for a catalogue; `str()` is a line for the log."""

    path: Path
    key: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.path}: {_LINES[self.key].format(**self.values)}"


def platform_of(path: Path, home: Path) -> Literal["clawhub", "cursor", "unknown"]:
    """Where a skill was installed from, by the place of its file under `home`."""
    path, home = path.resolve(), home.resolve()
    if path.is_relative_to((home / ".clawhub").resolve()):
        return "clawhub"
    if path.is_relative_to((home / ".cursor" / "skills").resolve()):
        return "cursor"
    return "unknown"
