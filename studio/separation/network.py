"""The mask network: how much of each frequency is voice. numpy only, with weights of our own training.

Features of a frame are the loudness of 513 bins up to 8 kHz and the similarity of left and right there; eight dilated
residual blocks see 60 frames to either side.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Weights = Mapping[str, Floats]

BINS = 513
# How many frames to either side a mask depends on: kernels of five, spread by these.
_SPREADS = (1, 2, 4, 8, 1, 2, 4, 8)
REACH = 2 * sum(_SPREADS)


def load(path: Path = Path(__file__).parent / "voicenet.npz") -> Weights:
    """Loads the weights, stored as float16."""
    with np.load(path, allow_pickle=False) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def mask(weights: Weights, features: Floats) -> Floats:
    """Features (frames, 1026) to the share of voice (frames, 513) in 0..1. Exact from `REACH` frames off the ends."""
    x = features @ weights["inp.weight"].T + weights["inp.bias"]
    for number, spread in enumerate(_SPREADS):
        x = x + _block(weights, f"b.{number}.", x, spread)
    z = _normed(x, weights["n.weight"], weights["n.bias"]) @ weights["out.weight"].T + weights["out.bias"]
    share: Floats = 1 / (1 + np.exp(-np.clip(z, -40, 40)))
    return share


def _block(weights: Weights, name: str, x: Floats, spread: int) -> Any:
    inner = _normed(x, weights[name + "n.weight"], weights[name + "n.bias"])
    hidden = np.maximum(inner @ weights[name + "p1.weight"].T + weights[name + "p1.bias"], 0)
    padded = np.pad(hidden, ((2 * spread, 2 * spread), (0, 0)))
    kernel = weights[name + "d.weight"][:, 0]
    mixed = sum(padded[k * spread : k * spread + len(x)] * kernel[:, k] for k in range(5)) + weights[name + "d.bias"]
    return np.maximum(mixed, 0) @ weights[name + "p2.weight"].T + weights[name + "p2.bias"]


def _normed(x: Floats, weight: Floats, bias: Floats) -> Any:
    centred = x - x.mean(1, keepdims=True)
    return centred / np.sqrt((centred * centred).mean(1, keepdims=True) + 1e-5) * weight + bias
