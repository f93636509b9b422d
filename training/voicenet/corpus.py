"""Makes the training corpus on this machine: synthetic speech, music and noise, nothing downloaded.

    python -m training.voicenet.corpus corpus [--speech 200] [--music 240] [--seed 0] [--no-espeak]

Needs espeak-ng, flite, festival with two of its voices, fluidsynth and two soundfonts: README.md names the packages.
The same for the same seed and versions. Four minutes on two cores, 1.3 GB.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from training.voicenet.music import FONTS, music
from training.voicenet.noises import noise
from training.voicenet.talkers import speech


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("to", type=Path)
    parser.add_argument("--speech", type=float, default=200, help="minutes")
    parser.add_argument("--music", type=float, default=240, help="minutes")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--font", type=Path, action="append", help="other soundfonts")
    parser.add_argument("--no-espeak", action="store_true", help="only flite and festival talk")
    wish = parser.parse_args()
    wish.to.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2) as pool:
        spoken = pool.submit(speech, wish.speech, wish.seed + 1, with_espeak=not wish.no_espeak)
        played = pool.submit(music, wish.music, wish.seed + 2, wish.font or FONTS)
        for name, made in (("speech", spoken), ("music", played)):
            sound, kinds = made.result()
            np.save(wish.to / f"{name}.npy", sound)
            print(name, f"{len(sound) / 16_000 / 60:.1f} min", dict(kinds))
    np.save(wish.to / "noise.npy", noise(wish.seed + 3))


if __name__ == "__main__":
    main()
