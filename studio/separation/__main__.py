"""`python -m studio.separation`: one sound in, its voice out, in a process that can be ended at once.

Says `progress=0.25` on stdout as it goes, and `level=-31.4` at the end: how loud the voice is beside the whole, in dB.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import numpy as np

from core.media import safe_input
from studio.separation.blocks import RATE, loudness, voice_of
from studio.separation.network import Floats, load

_PIECE_BYTES = RATE * 8 * 10  # ten seconds of stereo floats
_STEREO = ["-map", "0:a:0", "-vn", "-f", "f32le", "-ac", "2", "-ar", str(RATE), "pipe:1"]
# What lies below a voice is rumble that the mask lets through.
_FILTER = "highpass=f=70"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--ffmpeg", "--source", "--to"):
        parser.add_argument(name, required=True)
    wish = parser.parse_args()
    source, to = Path(wish.source), Path(wish.to)
    level, samples = loudness(_decoded(wish.ffmpeg, source))
    if not samples:
        sys.stderr.write("no sound could be read\n")
        return 1
    return _separate(wish.ffmpeg, source, to, level, samples)


def _separate(ffmpeg: str, source: Path, to: Path, level: float, samples: int) -> int:
    encode = ["-f", "f32le", "-ac", "1", "-ar", str(RATE), "-i", "pipe:0", "-af", _FILTER, "-c:a", "pcm_s16le"]
    command = [ffmpeg, "-v", "error", "-nostdin", "-y", *encode, f"file:{to.absolute()}"]
    encoder = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603
    into = cast(IO[bytes], encoder.stdin)
    done, energy = 0, 0.0
    for piece in voice_of(load(), _decoded(ffmpeg, source), level):
        fitting = piece[: max(0, samples - done)]
        into.write(fitting.tobytes())
        energy += float((fitting.astype(np.float64) ** 2).sum())
        done += len(piece)
        sys.stdout.write(f"progress={min(1.0, done / samples):.4f}\n")
        sys.stdout.flush()
    into.close()
    sys.stdout.write(f"level={10 * np.log10(energy / samples / level**2 + 1e-12):.1f}\n")
    return encoder.wait()


def _decoded(ffmpeg: str, source: Path) -> Iterator[Floats]:
    command = [ffmpeg, "-v", "error", "-nostdin", *safe_input(source), *_STEREO]
    decoder = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603
    out = cast(IO[bytes], decoder.stdout)
    while piece := out.read(_PIECE_BYTES):
        yield np.frombuffer(piece[: len(piece) // 8 * 8], np.float32).reshape(-1, 2)
    decoder.wait()


if __name__ == "__main__":
    sys.exit(main())
