"""Pipes sound out of FFmpeg and into it, piece by piece, within the separating process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

import numpy as np

from core.media import safe_input
from studio.separation.methods import SILENT
from studio.separation.network import Floats

_SILENCE = 1e-8  # mean square: -80 dB, where only the noise of 16 bits is
_PIECE_SECONDS = 10
# A sound that begins after its picture is decoded from its own beginning: the silence before it, and gaps in it, have
# to be put back.
_ON_TIME = "aresample=async=1:first_pts=0"


class Unreadable(Exception):
    """FFmpeg could not read the source, or could not write the result."""


@dataclass(slots=True)
class Source:
    """A file that FFmpeg reads, about `seconds` long. `number` is of the sound that is meant.

    `energy` is the sum of the middle's squares so far, `length` the number of samples.

    `mono` sounds are doubled here: FFmpeg would take 3 dB off them on the way to stereo.
    """

    ffmpeg: str
    path: Path
    mono: bool
    seconds: float
    number: int = 0
    length: int = field(default=0, init=False)
    energy: float = field(default=0.0, init=False)

    def decoded(self, rate: int) -> Iterator[Floats]:
        """Yields pieces (n, 2) of the sound, at `rate` Hz. A truncated file yields what there is.

        Raises `Unreadable` if there is nothing.
        """
        channels = 1 if self.mono else 2
        raw = [
            "-map",
            f"0:a:{self.number}",
            "-vn",
            "-af",
            _ON_TIME,
            "-f",
            "f32le",
            "-ac",
            str(channels),
            "-ar",
            str(rate),
            "pipe:1",
        ]
        command = [self.ffmpeg, "-v", "error", "-nostdin", *safe_input(self.path), *raw]
        decoder = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603
        out = cast(IO[bytes], decoder.stdout)
        frame, is_empty = 4 * channels, True
        while piece := out.read(rate * frame * _PIECE_SECONDS):
            sound = np.frombuffer(piece[: len(piece) // frame * frame], np.float32).reshape(-1, channels)
            self.energy += energy_of(sound)
            self.length += len(sound)
            is_empty = False
            yield np.repeat(sound, 2, axis=1) if self.mono else sound
        decoder.wait()
        if is_empty:
            raise Unreadable("no sound could be read")


class Written:
    """`with Written(…) as file: file.add(sound)` writes a WAV at 48 kHz with FFmpeg. Raises `Unreadable` at its end."""

    def __init__(self, ffmpeg: str, to: Path, *, rate: int, channels: int) -> None:
        raw = ["-f", "f32le", "-ac", str(channels), "-ar", str(rate), "-i", "pipe:0"]
        options = ["-c:a", "pcm_s16le", "-ar", "48000", "-f", "wav"]
        command = [ffmpeg, "-v", "error", "-nostdin", "-y", *raw, *options, f"file:{to.absolute()}"]
        self._encoder = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603
        self._into = cast(IO[bytes], self._encoder.stdin)
        self.energy = 0.0

    def add(self, sound: Floats) -> None:
        self._into.write(np.ascontiguousarray(sound, np.float32).tobytes())
        self.energy += energy_of(sound)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self._into.close()
        if self._encoder.wait() and kind is None:
            raise Unreadable("the voice could not be written")


def energy_of(sound: Floats) -> float:
    """The sum of squares, of the middle if there are two sides."""
    middle = sound.mean(axis=1, dtype=np.float64) if sound.ndim == 2 else sound.astype(np.float64)
    return float((middle**2).sum())


def report_progress(done: int, whole: float) -> None:
    """`whole` is the approximate total; 0 if unknown."""
    if whole > 0:
        _say(f"progress={min(1.0, done / whole):.4f}")


def report_level(voice: float, source: Source) -> None:
    """Reports the end. `voice` is its energy over the whole length."""
    _say("progress=1")
    is_silent = source.energy <= _SILENCE * max(1, source.length)
    level = SILENT if is_silent else 10 * np.log10((voice + 1e-12) / source.energy)
    _say(f"level={level:.1f}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
