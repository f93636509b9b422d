"""Bars drawn once in every possible height, with soft edges; frames are then assembled by lookup."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.render.waveform.colours import halved
from studio.render.waveform.layout import Layout

Alpha = NDArray[np.uint16]

_FINE = 4  # samples a pixel
_REFLECTION = 0.28  # of a bar's height, and of its strength


class Bars:
    """`full[k]` is a bar of the k-th height, 256 where it covers; `half[k]` is the same at chroma resolution."""

    def __init__(self, heights: list[NDArray[np.float32]]) -> None:
        shapes = np.stack(heights)
        self.steps = len(heights) - 1
        self.full: Alpha = (shapes * 256).round().astype(np.uint16)
        self.half: Alpha = (np.stack([halved(shape) for shape in heights]) * 256).round().astype(np.uint16)


def standing(layout: Layout) -> Bars:
    """Bars that stand on a line and are reflected below it."""
    height, pitch = layout.bars_height, layout.pitch
    radius = _width(pitch) / 2
    ground = int(height * 0.78)
    shapes = []
    for step in range(ground * 2 + 1):
        tall = max(step / 2, 2 * radius)
        shape = _capsule(height, pitch, radius, ground - tall + radius, ground - radius)
        depth = min(height - ground - 4, int(tall * _REFLECTION))
        if depth > 1:
            mirrored = shape[:ground][::-1][: int(tall)]
            rows = np.linspace(0, len(mirrored) - 1, depth).astype(int)
            faded = mirrored[rows] * np.linspace(_REFLECTION, 0.02, depth, dtype=np.float32)[:, None]
            below = shape[ground + 4 : ground + 4 + depth]
            np.maximum(below, faded, out=below)
        shapes.append(shape)
    return Bars(shapes)


def centred(layout: Layout) -> Bars:
    """Bars that grow up and down from the middle; the smallest is a dot."""
    height, pitch = layout.bars_height, layout.pitch
    radius = _width(pitch) / 2
    middle = height / 2
    shapes = []
    for step in range(height + 1):
        half = max(0.0, step / 2 - radius)
        shapes.append(_capsule(height, pitch, radius, middle - half, middle + half))
    return Bars(shapes)


def _width(pitch: int) -> int:
    return max(2, int(pitch * 0.62) // 2 * 2)


def _capsule(height: int, pitch: int, radius: float, top: float, bottom: float) -> NDArray[np.float32]:
    """The coverage, 0 to 1, of an upright line from `top` to `bottom` with round ends."""
    y, x = np.mgrid[0 : height * _FINE, 0 : pitch * _FINE].astype(np.float32)
    y, x = (y + 0.5) / _FINE, (x + 0.5) / _FINE - pitch / 2
    outside = np.maximum(np.maximum(top - y, y - bottom), 0)
    cover = np.clip((radius - np.hypot(x, outside)) * _FINE + 0.5, 0, 1)
    coverage: NDArray[np.float32] = cover.reshape(height, _FINE, pitch, _FINE).mean((1, 3), dtype=np.float32)
    return coverage
