"""Which FFmpeg is used, and what it is known not to be able to do."""

from __future__ import annotations

import os
from pathlib import Path

import imageio_ffmpeg
import pytest

from core.media import Ability, Ffmpeg, FfmpegMissing
from tests.making import make_animation, make_lesser_ffmpeg, make_picture


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An FFmpeg that is the first on the PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return make_lesser_ffmpeg(folder / "ffmpeg")


@pytest.mark.usefixtures("other")
def test_the_one_that_came_with_pip_is_used_whatever_is_on_the_path() -> None:
    assert Path(Ffmpeg.find().binary).is_relative_to(Path(imageio_ffmpeg.__file__).parent)


@pytest.mark.usefixtures("other")
def test_where_none_came_with_pip_none_is_taken_from_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imageio_ffmpeg, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(FfmpegMissing):
        Ffmpeg.find()


def test_another_one_is_used_where_it_is_named(other: Path) -> None:
    assert Ffmpeg.find(str(other)).binary == str(other)
    assert Ffmpeg.find("ffmpeg").binary == str(other)


def test_one_that_is_named_must_be_there() -> None:
    with pytest.raises(FfmpegMissing):
        Ffmpeg.find("/nowhere/ffmpeg")


def test_the_one_that_came_with_pip_lacks_nothing() -> None:
    assert Ffmpeg.find().lacks() == ()


def test_what_one_lacks_is_told_by_its_own_lists(tmp_path: Path) -> None:
    lesser = make_lesser_ffmpeg(tmp_path / "ffmpeg", "webp_anim", "libmp3lame")
    assert Ffmpeg(str(lesser)).lacks() == (Ability.READ_ANIMATED_WEBP, Ability.WRITE_MP3)


def test_one_that_cannot_be_run_lacks_everything(tmp_path: Path) -> None:
    broken = tmp_path / "ffmpeg"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o700)
    assert Ffmpeg(str(broken)).lacks() == tuple(Ability)


def test_a_binary_is_asked_once(tmp_path: Path) -> None:
    lesser = make_lesser_ffmpeg(tmp_path / "ffmpeg", "webp_anim")
    before = Ffmpeg(str(lesser)).lacks()
    lesser.unlink()
    assert Ffmpeg(str(lesser)).lacks() == before


async def test_only_a_file_that_needs_it_is_said_to(tmp_path: Path) -> None:
    moving = make_animation(tmp_path / "moving.webp", ms=[100, 100])
    lesser = Ffmpeg(str(make_lesser_ffmpeg(tmp_path / "ffmpeg", "webp_anim")))
    assert await lesser.probe(moving) is None
    assert lesser.lacks_to_open(moving) is Ability.READ_ANIMATED_WEBP
    assert Ffmpeg.find().lacks_to_open(moving) is None
    assert lesser.lacks_to_open(make_picture(tmp_path / "still.webp")) is None
    assert lesser.lacks_to_open(make_animation(tmp_path / "moving.gif", ms=[100, 100])) is None
