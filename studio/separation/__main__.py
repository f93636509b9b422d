"""`python -m studio.separation`: separates the voice of one sound, in a process that can be ended at once.

Prints `progress=0.25` on stdout as it works, and `level=-3.4` at the end: the level of the voice relative to the whole,
in dB. On failure it exits with 1 and a line on stderr for the log.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from studio.separation.blocks import RATE, voice_of
from studio.separation.demucs_blocks import LoadingFailed, Unusable, voice_by_demucs
from studio.separation.methods import Method
from studio.separation.network import load
from studio.separation.piping import Source, Unreadable, Written, report_level, report_progress


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--ffmpeg", "--source", "--to"):
        parser.add_argument(name, required=True)
    parser.add_argument("--method", type=Method, default=Method.NET)
    parser.add_argument("--mono", action="store_true", help="the source has one channel")
    parser.add_argument("--seconds", type=float, default=0.0, help="about how long it is")
    parser.add_argument("--number", type=int, default=0, help="which sound of the source, from 0")
    wish = parser.parse_args()
    separate = voice_by_demucs if wish.method is Method.DEMUCS else _voice_by_net
    try:
        source = Source(wish.ffmpeg, Path(wish.source), wish.mono, wish.seconds, wish.number)
        separate(source, Path(wish.to))
    except (Unreadable, LoadingFailed, Unusable, BrokenPipeError, MemoryError) as reason:
        sys.stderr.write(f"{type(reason).__name__}: {reason}\n")
        return 1
    return 0


def _voice_by_net(source: Source, to: Path) -> None:
    done = 0
    with Written(source.ffmpeg, to, rate=RATE, channels=1) as file:
        for piece in voice_of(load(), source.decoded(RATE)):
            file.add(piece)
            done += len(piece)
            report_progress(done, source.seconds * RATE)
    report_level(file.energy, source)


if __name__ == "__main__":
    sys.exit(main())
