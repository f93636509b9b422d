"""A picture that is turned: its frame, and what is where in it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.making import chosen_ffmpeg
from tests.studio.caller import Caller


def _half_red(path: Path) -> Path:
    """320×180: the left half red, the right half blue."""
    picture = "color=red:s=160x180:d=1:r=10[a];color=blue:s=160x180:d=1:r=10[b];[a][b]hstack"
    command = [
        chosen_ffmpeg().binary,
        "-y",
        "-v",
        "error",
        "-filter_complex",
        picture,
        "-pix_fmt",
        "yuv420p",
        str(path),
    ]
    subprocess.run(command, check=True)
    return path


def _pixel(path: Path, across: float, down: float) -> tuple[int, int, int]:
    crop = f"crop=2:2:iw*{across}:ih*{down},scale=1:1,format=rgb24"
    command = [
        chosen_ffmpeg().binary,
        "-v",
        "error",
        "-i",
        str(path),
        "-frames:v",
        "1",
        "-vf",
        crop,
        "-f",
        "rawvideo",
        "-",
    ]
    red, green, blue = subprocess.run(command, check=True, capture_output=True).stdout[:3]
    return red, green, blue


@pytest.mark.parametrize(
    ("words", "size", "red"),
    [
        ("rotate it 90 degrees", (180, 320), (0.5, 0.25)),
        ("逆时针转90度", (180, 320), (0.5, 0.75)),
        ("it is upside down, rotate it 180 degrees", (320, 180), (0.75, 0.5)),
    ],
)
async def test_a_turned_picture_is_turned_in_the_file(
    caller: Caller, tmp_path: Path, words: str, size: tuple[int, int], red: tuple[float, float]
) -> None:
    await caller.upload(_half_red(tmp_path / "half.mp4"))
    await caller.say(words)
    canvas = (await caller.state())["canvas_config"]
    assert (canvas["width"], canvas["height"]) == size
    shown = _pixel(await caller.render(tmp_path), *red)
    assert shown[0] > 150 > shown[2], shown
