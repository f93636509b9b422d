"""Looks at finished files: decoded pictures and sounds, times of frames, and what FFmpeg reports of them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.making import chosen_ffmpeg

Pixels = NDArray[np.float64]
_RATE = 48000


def picture(path: Path, at: float = 0.0, size: tuple[int, int] = (64, 36)) -> Pixels:
    """The frame that is shown at that second, made small: rows, columns, red, green and blue."""
    moment = ["-ss", str(at)] if at else []
    shown = ["-i", str(path), "-frames:v", "1", "-vf", f"scale={size[0]}:{size[1]}:flags=area"]
    raw = _read([*moment, *shown, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"])
    return np.frombuffer(raw, np.uint8).reshape(size[1], size[0], 3).astype(float)


def luma(path: Path, size: tuple[int, int]) -> Pixels:
    """Every frame as it is: frames, rows, columns."""
    raw = _read(
        ["-i", str(path), "-map", "0:V:0", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "gray", "-"]
    )
    return np.frombuffer(raw, np.uint8).reshape(-1, size[1], size[0]).astype(float)


def frame_times(path: Path) -> list[float]:
    """When each frame begins, in seconds."""
    lines = _read(["-i", str(path), "-map", "0:V:0", "-c", "copy", "-f", "framecrc", "-"]).decode().splitlines()
    base = next(line.partition(": ")[2] for line in lines if line.startswith("#tb 0"))
    over, under = map(int, base.split("/"))
    return sorted(int(line.split(",")[2]) * over / under for line in lines if line.startswith("0,"))


def sound(path: Path) -> Pixels:
    """The sound that players play, one channel at 48 kHz."""
    return np.frombuffer(
        _read(["-i", str(path), "-vn", "-ac", "1", "-ar", str(_RATE), "-f", "f32le", "-"]), np.float32
    ).astype(float)


def pitch(path: Path) -> float:
    """The strongest tone in Hz."""
    heard = sound(path)
    return float(np.abs(np.fft.rfft(heard)).argmax() * _RATE / len(heard))


def begins_to_sound(path: Path) -> float:
    """The second from which on there is sound."""
    return float((np.abs(sound(path)) > 0.1).argmax() / _RATE)


def combs(frames: Pixels) -> float:
    """How much rows differ from both their neighbours, which are of another moment where fields are woven together."""
    return float(np.abs(2 * frames[:, 1:-1] - frames[:, :-2] - frames[:, 2:]).mean())


def report(path: Path) -> str:
    """What `ffmpeg -i` says of it."""
    command = [chosen_ffmpeg().binary, "-hide_banner", "-i", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False, errors="replace").stderr


def tags(path: Path) -> dict[str, str]:
    """Of the file and of all its streams."""
    return dict(re.findall(r"^ {4,6}(\w[\w.]*)\s*: (.*)$", report(path), re.MULTILINE))


def _read(args: list[str]) -> bytes:
    command = [chosen_ffmpeg().binary, "-v", "error", *args]
    return subprocess.run(command, capture_output=True, check=True).stdout


def size(path: Path) -> tuple[int, int]:
    """Width and height as they are stored."""
    found = re.search(r", (\d+)x(\d+)[ ,]", report(path))
    return (int(found[1]), int(found[2])) if found else (0, 0)
