"""Makes a `Skill` from front matter. A field that is missing or has the wrong form gets a default."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from core.files import Kind
from core.skills.model import InLanguages, Skill

Fields = Mapping[object, object]

_KINDS: tuple[Kind, ...] = ("video", "audio", "image")
_OUTPUTS = ("mp4", "mp3", "wav", "m4a")
_LARGEST_UPLOAD = 500  # MB; what the backend takes at most
_USUAL = (30, 60)  # seconds


def skill_from(fields: Fields, path: Path) -> Skill:
    """The skill that `fields` describe; its name and version are not checked here."""
    nested = fields.get("metadata")
    known = {**nested, **fields} if isinstance(nested, Mapping) else fields
    name = _word(known.get("name")) or path.parent.name
    return Skill(
        name=name,
        version=_word(known.get("version")) or "1.0",
        title=_words(known.get("title"), name),
        description=_words(known.get("description"), ""),
        examples=_lists(known.get("examples")),
        inputs=frozenset(kind for kind in _KINDS if kind in _list(known.get("inputs"))) or frozenset(_KINDS),
        smooth=tuple(item.lower() for item in _list(known.get("smooth"))),
        max_megabytes=_megabytes(known.get("max_megabytes")),
        output=_output(known.get("output")),
        also=_sound_type(known.get("also")),
        usual_seconds=_span(known.get("usual_seconds")),
        keywords=_keywords(known.get("keywords")),
        path=path,
    )


def _word(value: object) -> str:
    """A name or version: YAML reads 1.0 as a number and 2026-01-31 as a date."""
    match value:
        case bool():
            return ""
        case str():
            return value.strip(" ")
        case int() | float() | datetime.date():
            return str(value)
        case _:
            return ""


def _words(value: object, default: str) -> InLanguages[str]:
    if isinstance(value, Mapping):
        en = _line(value.get("en")) or _line(value.get("zh")) or default
        return InLanguages(en, _line(value.get("zh")) or en)
    return InLanguages(_line(value) or default, _line(value) or default)


def _line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _lists(value: object) -> InLanguages[tuple[str, ...]]:
    if isinstance(value, Mapping):
        en = _list(value.get("en")) or _list(value.get("zh"))
        return InLanguages(en, _list(value.get("zh")) or en)
    return InLanguages(_list(value), _list(value))


def _list(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(line for item in items if (line := _line(item)))


def _keywords(value: object) -> tuple[str, ...]:
    both = _lists(value)
    return tuple(dict.fromkeys(keyword.casefold() for keyword in (*both.en, *both.zh)))


def _megabytes(value: object) -> int:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and isinstance(value, int) and 0 < value <= _LARGEST_UPLOAD else _LARGEST_UPLOAD


def _output(value: object) -> str:
    output = _line(value).lower().lstrip(".")
    return output if output in _OUTPUTS else "mp4"


def _sound_type(value: object) -> str:
    kind = _line(value).lower().lstrip(".")
    return kind if kind in ("mp3", "wav", "m4a") else ""


def _span(value: object) -> tuple[int, int]:
    match value:
        case [int() as low, int() as high] if 0 <= low <= high:
            return low, high
        case _:
            return _USUAL
