"""What a result is called: every combination of what may be in it."""

from __future__ import annotations

from typing import Any

import pytest

from core.files import kind_of
from core.job import Job, Project, ProjectFile
from core.jobs.naming import name_after, result_name
from tests.jobs import HERE, a_job


def _file(name: str, seconds: float | None = 3.0, *, silent: bool = False) -> ProjectFile:
    return ProjectFile(name, name, kind_of(name), seconds, silent)


TALK, WALK = _file("talk.mp4"), _file("walk.mov", 60.0)
SILENT, MUTE = _file("silent.mp4", silent=True), _file("mute.webm", 60.0, silent=True)
SONG, HYMN, NOTE = _file("song.mp3", 5.0), _file("hymn.wav", 180.0), _file("note.m4a", None)
PHOTO, MAP = _file("photo.jpg", None), _file("map.png", None)


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ([], ""),
        ([TALK], "talk"),
        ([TALK, WALK], "talk"),
        ([WALK, TALK], "walk"),
        ([SONG, TALK], "talk"),
        ([HYMN, PHOTO, TALK], "talk"),
        ([SILENT, TALK], "talk"),
        ([SILENT, SONG, WALK], "walk"),
        ([SILENT, SONG], "song"),
        ([SONG, SILENT], "song"),
        ([PHOTO, SONG], "song"),
        ([PHOTO, SILENT], "silent"),
        ([PHOTO, SILENT, SONG], "song"),
        ([SILENT, MUTE], "silent"),
        ([SILENT], "silent"),
        ([SONG, HYMN], "hymn"),
        ([NOTE, SONG], "song"),
        ([NOTE, PHOTO], "note"),
        ([PHOTO, MAP], "photo"),
        ([MAP], "map"),
    ],
    ids=lambda value: value if isinstance(value, str) else "+".join(file.name for file in value) or "nothing",
)
def test_a_result_is_called_after_the_first_film_then_the_longest_sound(files: list[ProjectFile], name: str) -> None:
    assert name_after(files) == name


def _draft(*segments: tuple[int, str, float | None]) -> dict[str, Any]:
    """Segments one after the other: the type of the track, the file's name in it, its volume."""
    return {
        "t": [
            {
                "tt": kind,
                "sg": [{"n": name, "s": 1000 * number, "d": 1000, **({} if volume is None else {"v": volume})}],
            }
            for number, (kind, name, volume) in enumerate(segments)
        ],
        "d": 1000 * len(segments),
    }


@pytest.mark.parametrize(
    ("draft", "name"),
    [
        (_draft((0, "walk", 1.0), (0, "talk", 1.0)), "walk"),
        (_draft((0, "silent", 1.0), (1, "song", 1.0)), "song"),
        (_draft((0, "talk", 0.0), (1, "song", 1.0)), "song"),
        (_draft((0, "talk", 0.0), (0, "talk", 0.5), (1, "song", 1.0)), "talk"),
        (_draft((0, "talk", 0.0)), "talk"),
        (_draft((0, "photo", None), (1, "hymn", 1.0), (1, "song", 1.0)), "hymn"),
        (_draft((0, "a stranger", None), (1, "song", 1.0)), "talk"),
    ],
)
def test_what_lies_on_the_timeline_and_is_heard_there_counts(draft: dict[str, Any], name: str) -> None:
    assert result_name(_job(), Project(HERE, files=(TALK, WALK, SILENT, SONG, HYMN, PHOTO)), draft) == name


def _job() -> Job:
    return a_job(files=("talk.mp4", "song.mp3"))
