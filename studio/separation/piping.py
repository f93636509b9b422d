"""Sound out of FFmpeg and into it, piece by piece, within the separating process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

import numpy as np

from core.media import safe_input
from studio.separation.network import Floats

_PIECE_SECONDS = 10
# A sound that begins after its picture is decoded from its own beginning: the silence before it, and gaps in it, have
# to be put back.
_ON_TIME = "aresample=async=1:first_pts=0"
# What lies below a voice is rumble that a mask lets through.
_NO_RUMBLE = "highpass=f=70"


class Unreadable(Exception):
    """FFmpeg could not read the source, or not write the result."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that FFmpeg reads. `mono` ones are doubled here: FFmpeg would take 3 dB off them on the way to stereo."""

    ffmpeg: str
    path: Path
    mono: bool

    def decoded(self, rate: int) -> Iterator[Floats]:
        """Pieces (n, 2) of the first sound, at `rate` Hz. A file that breaks off gives what there is."""
        channels = 1 if self.mono else 2
        raw = ["-map", "0:a:0", "-vn", "-af", _ON_TIME, "-f", "f32le", "-ac", str(channels), "-ar", str(rate), "pipe:1"]
        command = [self.ffmpeg, "-v", "error", "-nostdin", *safe_input(self.path), *raw]
        decoder = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603
        out = cast(IO[bytes], decoder.stdout)
        frame = 4 * channels
        while piece := out.read(rate * frame * _PIECE_SECONDS):
            sound = np.frombuffer(piece[: len(piece) // frame * frame], np.float32).reshape(-1, channels)
            yield np.repeat(sound, 2, axis=1) if self.mono else sound
        decoder.wait()


class Written:
    """`with Written(…) as file: file.add(sound)`: a WAV at 48 kHz, by FFmpeg. Raises `Unreadable` at its end."""

    def __init__(self, ffmpeg: str, to: Path, *, rate: int, channels: int) -> None:
        raw = ["-f", "f32le", "-ac", str(channels), "-ar", str(rate), "-i", "pipe:0"]
        options = ["-af", _NO_RUMBLE, "-c:a", "pcm_s16le", "-ar", "48000", "-f", "wav"]
        command = [ffmpeg, "-v", "error", "-nostdin", "-y", *raw, *options, f"file:{to.absolute()}"]
        self._encoder = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603
        self._into = cast(IO[bytes], self._encoder.stdin)
        self.energy = 0.0

    def add(self, sound: Floats) -> None:
        self._into.write(np.ascontiguousarray(sound, np.float32).tobytes())
        self.energy += float((sound.astype(np.float64) ** 2).sum()) / (sound.shape[1] if sound.ndim == 2 else 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self._into.close()
        if self._encoder.wait() and kind is None:
            raise Unreadable("the voice could not be written")


def report_progress(share: float) -> None:
    _say(f"progress={min(1.0, share):.4f}")


def report_level(voice: float, whole: float) -> None:
    """Both are energies of the same samples."""
    _say(f"level={10 * np.log10((voice + 1e-12) / (whole + 1e-12)):.1f}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
