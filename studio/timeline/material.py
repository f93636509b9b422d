"""The input of an edit, its steps, and the error of an edit that cannot be done. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath

from studio.records import SourceFile
from studio.timeline.model import Clip, Timeline, Track, TrackKind
from studio.timeline.operations import Operation, Part

SHORTEST = 100  # ms: less is a slip of the tongue, and no player shows it


class CannotApply(Exception):
    """The request is clear but cannot be done here. `key` names the sentence."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Material:
    """What a turn works with: the timeline it starts from, the sounds and pictures it may use, and all files in order.

    `untouched` is the start without any edit, `following` the files that a join appends to the base.
    """

    base: Timeline
    sounds: tuple[SourceFile, ...] = ()
    pictures: tuple[SourceFile, ...] = ()
    files: tuple[SourceFile, ...] = ()
    untouched: Timeline | None = None
    following: tuple[SourceFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One applied operation. `sound` is the file that a merge or added music uses."""

    operation: Operation
    before: Timeline
    after: Timeline
    sound: SourceFile | None = None


def begin(file: SourceFile) -> Timeline:
    """A project of one unedited file. Raises `CannotApply` for a picture."""
    if file.duration is None or file.kind == "image":
        raise CannotApply("picture", name=file.name)
    clip = Clip(f"clip_{file.id[:12]}", file.id, file.name, start=0, duration=file.duration)
    kind = TrackKind.VIDEO if file.kind == "video" else TrackKind.AUDIO
    if kind is TrackKind.VIDEO and not file.sound:
        clip = replace(clip, volume=0.0)
    return Timeline(PurePath(file.name).stem, (Track(kind, (clip,)),), file.width or 0, file.height or 0)


def sound_of(material: Material, number: int | None, missing: str) -> SourceFile:
    """Selects a sound: by its number among all files, else the last. Raises `CannotApply` (`missing`)."""
    if number is not None:
        index = number if number < 0 else number - 1
        if not -len(material.files) <= index < len(material.files):
            raise CannotApply("no_such_number", count=str(len(material.files)))
        file = material.files[index]
        if file.kind == "image" or not (file.sound or file.kind == "audio"):
            raise CannotApply("file_without_sound", name=file.name)
        return file
    if not material.sounds:
        raise CannotApply(missing)
    return material.sounds[-1]


def range_of(part: Part, length: int) -> tuple[int, int]:
    """A part in ms of `length` ms. Raises `CannotApply` if it is reversed or nothing of it is left."""
    start, end = part.start.at(length), part.end.at(length)
    if part.start.share == part.end.share and end < start:
        raise CannotApply("trim_reversed", start=clock(max(0, start)), end=clock(max(0, end)))
    start, end = min(length, max(0, start)), min(length, max(0, end))
    if end - start < SHORTEST:
        outside = start == end in (0, length)
        raise CannotApply("trim_outside" if outside else "trim_empty", length=clock(length))
    return start, end


def clock(ms: float, digits: int = 1) -> str:
    """Minutes and seconds, with decimals that are not zero: 0:03.5 for 3500.

    `digits` 2 is for times that the user named, which are repeated exactly.
    """
    minutes, seconds = divmod(round(ms / 1000, digits), 60)
    return f"{minutes:.0f}:{seconds:0{digits + 3}.{digits}f}".rstrip("0").removesuffix(".")
