"""One record per operation. What calls for it stands in `words/records.toml`; here is what it makes.

All the rest is read from the records: the readings of a message, what can be done, the page and the schema.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from functools import cache, lru_cache
from typing import Any

from studio.timeline import operations as o
from studio.understanding import build_picture, build_sound, build_time
from studio.understanding.model import Built, Seen
from studio.understanding.values import FOLDER


@dataclass(frozen=True, slots=True)
class Record:
    """`build` makes operations of what was seen, an `Ask` where something is missing, or None: not meant.

    `target` is None for what is no operation on the timeline. `slots` are fields of it that a later message may change.
    """

    name: str
    target: type[Any] | None
    build: Callable[[Seen], Built]
    ways: tuple[str, ...]
    takes: frozenset[str]
    slots: tuple[str, ...] = ()
    destroys: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way a record is called for: what must be there, each need with its alternatives."""

    record: Record
    pattern: str
    needs: tuple[frozenset[str], ...]
    accounts: frozenset[str]


_MADE: dict[str, tuple[type[Any] | None, Callable[[Seen], Built]]] = {
    "trim": (o.Trim, build_time.trim),
    "cut": (o.Cut, build_time.cut),
    "mute": (o.Mute, build_sound.mute),
    "volume": (o.SetVolume, build_sound.volume),
    "speed": (o.Speed, build_time.speed),
    "fade": (o.Fade, build_sound.fade),
    "aspect": (o.SetAspect, build_picture.aspect),
    "rotate": (o.Rotate, build_picture.rotate),
    "extract_audio": (o.ExtractAudio, build_sound.extract),
    "merge_av": (o.Merge, build_sound.merge),
    "bgm": (o.AddMusic, build_sound.music),
    "duck": (o.Duck, build_sound.make_duck),
    "remove_music": (o.RemoveMusic, build_sound.remove_music),
    "text": (o.AddText, build_picture.text),
    "edit_text": (o.EditText, build_picture.edit_text),
    "remove_text": (o.RemoveText, build_picture.remove_text),
    "visualize": (o.Visualize, build_picture.visualize),
    "join": (o.Join, build_time.join),
    "start_over": (o.StartOver, build_time.start_over),
    "undo": (None, build_time.undo),
    "redo": (None, build_time.redo),
    "cannot": (None, build_time.cannot),
}


@cache
def records() -> tuple[Record, ...]:
    """In the order of the file: of two that account for as much, the first."""
    data = tomllib.loads((FOLDER / "records.toml").read_text(encoding="utf-8"))
    return tuple(
        Record(
            name,
            *_MADE[name],
            tuple(each["ways"]),
            frozenset(each["takes"].split()),
            tuple(each.get("slots", ())),
            bool(each.get("destroys")),
        )
        for name, each in data.items()
    )


_USUAL = ("cut", "aspect", "text", "extract_audio", "remove_music", "volume", "fade", "visualize")
_OF_PICTURE = frozenset({"aspect", "text", "rotate", "edit_text", "remove_text", "merge_av", "bgm", "duck"})
_OF_SOUND = frozenset({"visualize"})
SHOWN = 3  # examples in one answer


def nearest(said: frozenset[str], kinds: frozenset[str]) -> tuple[str, ...]:
    """The names of three records that account for most of what was said and fit the files."""
    is_sound = "audio" in kinds and "video" not in kinds
    left_out = _OF_PICTURE if is_sound else _OF_SOUND
    able = [each for each in records() if each.target and each.name not in left_out]
    usual = {name: number for number, name in enumerate(_USUAL)}

    def rank(record: Record) -> tuple[int, int]:
        calls = {kind for way in record.ways for need in way.split() for kind in need.split("|")}
        return -len(said & calls), usual.get(record.name, len(usual))

    return tuple(record.name for record in sorted(able, key=rank)[:SHOWN])


@cache
def ways() -> tuple[Way, ...]:
    made: list[Way] = []
    for record in records():
        for pattern in record.ways:
            needs = tuple(frozenset(need.split("|")) for need in pattern.split())
            made.append(Way(record, pattern, needs, record.takes.union(*needs)))
    return tuple(made)


@lru_cache(maxsize=4096)
def ways_with(present: frozenset[str]) -> tuple[Way, ...]:
    """The ways of which every need is among these kinds."""
    return tuple(way for way in ways() if all(need & present for need in way.needs))


def schema() -> dict[str, Any]:
    """The operations as a JSON schema: a union, each told apart by its tag `op`."""
    return {"oneOf": [_schema_of(record.name, record.target) for record in records() if record.target]}


def _schema_of(name: str, target: type[Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {"op": {"const": name}}
    required = ["op"]
    for field in fields(target):
        properties[field.name] = _type(str(field.type))
        if field.default is MISSING:
            required.append(field.name)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


_MOMENT = {"type": "object", "properties": {"seconds": {"type": "number"}, "share": {"type": "number"}}}
_PART = {"type": "object", "properties": {"start": _MOMENT, "end": _MOMENT}}


def _type(annotation: str) -> dict[str, Any]:
    if "tuple[Part" in annotation:
        return {"type": "array", "items": _PART}
    if "Part" in annotation:
        return _PART
    if "bool" in annotation:
        return {"type": "boolean"}
    if "int" in annotation or "float" in annotation:
        return {"type": "number"}
    return {"type": "object"} if "SetAspect" in annotation else {"type": "string"}
