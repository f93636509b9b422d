"""The methods that are compared: networks, run by the code that the studio runs, and two that need no training."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

import numpy as np

from studio.separation.blocks import RATE as NET_RATE
from studio.separation.blocks import voice_of
from studio.separation.network import load
from training.voicenet.classical import centre, gate
from training.voicenet.sounds import Sound, resampled
from training.voicenet.testset import RATE

SHIPPED = Path(__file__).parents[2] / "studio" / "separation" / "voicenet.npz"

Method = Callable[[Sound], Sound]


def network(path: Path, sound: Sound) -> Sound:
    """By the shipped code, at its 48 kHz."""
    stereo = np.stack([sound, sound], axis=1) if sound.ndim == 1 else sound
    there = resampled(stereo, RATE, NET_RATE).astype(np.float32)
    kept = np.concatenate(list(voice_of(_weights(path), [there])))
    return resampled(kept, NET_RATE, RATE)[: len(sound)]


_weights = cache(load)
WITHOUT_A_NET: dict[str, Method] = {"centre extraction": centre, "spectral gating": gate}


def methods(nets: Sequence[Path]) -> dict[str, Method]:
    named = {path.stem if path != SHIPPED else "network": partial(network, path) for path in nets}
    return {**WITHOUT_A_NET, **named}
