"""Reads skills from folders. An error in one becomes a `SkillProblem` and never stops the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from frontmatter.default_handlers import YAMLHandler

from core.errors import Value
from core.skills.fields import skill_from
from core.skills.model import Skill, SkillProblem

BUILT_IN = Path(__file__).parent

_FILE = "SKILL.md"
_LARGEST = 64 * 1024  # bytes; a page of words is a few KB
# Both are sent as HTTP headers: a line break in them would begin a header of its own.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_VERSION = re.compile(r"[\x21-\x7e]{1,32}")


@dataclass(frozen=True, slots=True)
class SkillBook:
    """The skills that can be used, ours first, and the reasons why others cannot."""

    skills: tuple[Skill, ...]
    problems: tuple[SkillProblem, ...] = ()

    def named(self, name: str) -> Skill | None:
        """The skill of that name, whatever its case."""
        wanted = name.casefold()
        return next((skill for skill in self.skills if skill.name.casefold() == wanted), None)


class _Unusable(Exception):
    def __init__(self, key: str, **values: Value) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def load_skills(*folders: Path) -> SkillBook:
    """The skills of all `folders`, each in a folder of its own. Of two with one name the earlier is kept."""
    skills: dict[str, Skill] = {}
    problems: list[SkillProblem] = []
    for found in _read_all(folders):
        match found:
            case SkillProblem():
                problems.append(found)
            case Skill() if found.name.casefold() in skills:
                problems.append(SkillProblem(found.path, "skill-duplicate", {"name": found.name}))
            case Skill():
                skills[found.name.casefold()] = found
    return SkillBook(tuple(skills.values()), tuple(problems))


def _read_all(folders: Iterable[Path]) -> Iterator[Skill | SkillProblem]:
    for folder in folders:
        if not folder.is_dir():
            yield SkillProblem(folder, "skill-folder-missing")
            continue
        for place in sorted(folder.iterdir()):
            # Python and version control keep folders of their own beside the skills.
            if place.is_dir() and not place.name.startswith((".", "_")):
                yield _read(place)


def _read(place: Path) -> Skill | SkillProblem:
    path = place / _FILE
    try:
        skill = skill_from(_front_matter(_text(path)), path)
        _check_headers(skill)
    except _Unusable as problem:
        return SkillProblem(path, problem.key, problem.values)
    return skill


def _text(path: Path) -> str:
    try:
        if not path.is_file():  # neither missing nor a pipe that would never end
            raise _Unusable("skill-file-missing")
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise _Unusable("skill-unreadable", reason=error.strerror or type(error).__name__) from error
    if len(content) > _LARGEST:
        raise _Unusable("skill-too-large", limit=_LARGEST // 1024)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Unusable("skill-not-utf8") from error


def _front_matter(text: str) -> Mapping[object, object]:
    handler = YAMLHandler()
    if not handler.detect(text):
        return {}
    try:
        fields = handler.load(handler.split(text)[0])
    # A date that does not exist is a ValueError, a thousand brackets a RecursionError.
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _Unusable("skill-broken-yaml", reason=_first_line(error)) from error
    return fields if isinstance(fields, dict) else {}


def _first_line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f" (line {mark.line + 1})" if mark else ""
    return (getattr(error, "problem", None) or str(error).partition("\n")[0] or type(error).__name__) + where


def _check_headers(skill: Skill) -> None:
    if not _NAME.fullmatch(skill.name):
        raise _Unusable("skill-bad-name", name=ascii(skill.name[:80]))
    if not _VERSION.fullmatch(skill.version):
        raise _Unusable("skill-bad-version", version=ascii(skill.version[:80]))
