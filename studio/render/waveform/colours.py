"""Conversion to BT.709 in limited range, and the accent colour of a picture. Pure."""

from __future__ import annotations

import colorsys

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane = NDArray[np.uint8]
Planes = tuple[Plane, Plane, Plane]

_LUMA = np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
_HUES = 24


def planes_of(picture: Image.Image) -> Planes:
    """Y, and U and V at half the size. A little noise before rounding prevents bands in dark gradients."""
    rgb = np.asarray(picture.convert("RGB"), dtype=np.float32) / 255
    luma = rgb @ _LUMA
    noise = np.random.default_rng(0).uniform(-0.5, 0.5, luma.shape).astype(np.float32)
    blue, red = (rgb[..., 2] - luma) / 1.8556, (rgb[..., 0] - luma) / 1.5748
    y = np.clip(16 + 219 * luma + noise, 0, 255).round().astype(np.uint8)
    u, v = ((128 + 224 * halved(each.astype(np.float32))).round().astype(np.uint8) for each in (blue, red))
    return y, u, v


def halved(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Means of blocks of two by two."""
    down, across = values.shape
    means: NDArray[np.float32] = values.reshape(down // 2, 2, across // 2, 2).mean((1, 3), dtype=np.float32)
    return means


def yuv(rgb: NDArray[np.float32]) -> NDArray[np.float32]:
    """Converts rows of RGB (0 to 255) to rows of YUV."""
    scaled = rgb / 255
    luma = scaled @ _LUMA
    blue, red = (scaled[:, 2] - luma) / 1.8556, (scaled[:, 0] - luma) / 1.5748
    return np.stack([16 + 219 * luma, 128 + 224 * blue, 128 + 224 * red], axis=1)


def accent(picture: Image.Image) -> tuple[int, int, int]:
    """The dominant hue of a picture, if it is colourful, as a light RGB colour."""
    pixels = np.asarray(picture.convert("RGB").resize((48, 48))).reshape(-1, 3) / 255.0
    high, low = pixels.max(1), pixels.min(1)
    weight = ((high - low) / (high + 1e-6)) ** 2 * high + 1e-6
    hues = np.array([colorsys.rgb_to_hsv(*pixel)[0] for pixel in pixels])
    bins = (hues * _HUES).astype(int) % _HUES
    chosen = bins == np.bincount(bins, weight, _HUES).argmax()
    hue = float(np.average(hues[chosen], weights=weight[chosen]))
    grey = float(weight.mean()) < 0.01
    red, green, blue = colorsys.hsv_to_rgb(hue, 0.08 if grey else 0.55, 1.0)
    return int(255 * red), int(255 * green), int(255 * blue)
