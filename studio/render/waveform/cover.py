"""Designs a cover for a sound that has none; the same title always gives the same cover."""

from __future__ import annotations

import colorsys
import hashlib

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_SIDE = 900


def designed_cover(title: str) -> Image.Image:
    """A diagonal gradient with a sun and its rings; colours and positions follow from `title`."""
    seed = hashlib.sha256(title.encode("utf-8", "replace")).digest()
    hue = 0.52 + 0.43 * seed[0] / 255  # from teal to red: what is next to green on either side turns to mud
    y, x = (axis.astype(np.float32) / _SIDE for axis in np.mgrid[0:_SIDE, 0:_SIDE])
    along = (0.35 * x + 0.65 * y)[..., None]
    picture = _color(hue, 0.78, 0.30) * (1 - along) + _color(hue + 0.12, 0.62, 0.92) * along
    centre_x, centre_y = 0.32 + 0.36 * seed[1] / 255, 0.34 + 0.24 * seed[2] / 255
    distance = np.hypot(x - centre_x, y - centre_y)
    for number in range(5):
        ring = 0.27 + 0.085 * number
        picture = _blend(picture, _color(hue + 0.1, 0.25, 1.0), _edge(ring - distance) * (0.10 - 0.016 * number))
    picture = _blend(picture, _color(hue + 0.17, 0.42, 1.0), _edge(0.2 - distance) * 0.92)
    for number in range(3):
        crest = 0.62 + 0.11 * number + 0.045 * np.sin(2 * np.pi * (x * (0.8 + 0.35 * number) + seed[3 + number] / 255))
        shade = _color(hue - 0.03 * number, 0.80, 0.36 - 0.10 * number)
        picture = _blend(picture, shade, _edge(y - crest) * 0.88)
    return Image.fromarray((picture * 255).clip(0, 255).astype(np.uint8))


def _color(hue: float, saturation: float, value: float) -> NDArray[np.float32]:
    return np.array(colorsys.hsv_to_rgb(hue % 1, saturation, value), dtype=np.float32)


def _edge(inside: NDArray[np.float32]) -> NDArray[np.float32]:
    """1 inside, 0 outside, and one soft pixel between."""
    soft: NDArray[np.float32] = np.clip(inside * _SIDE + 0.5, 0, 1).astype(np.float32)
    return soft


def _blend(under: NDArray[np.float32], color: NDArray[np.float32], alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    share = alpha[..., None]
    return (under * (1 - share) + color * share).astype(np.float32)
