"""Draws the still part of a waveform video: background, cover and names. Designs a cover if there is none."""

from __future__ import annotations

import colorsys
import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from studio.render.fonts import runs, shortened, width
from studio.render.waveform.layout import Layout

_DARKEST_NEEDED = 75  # mean of 255: white words are read on it
_COVER = 900  # pixels, the side of a designed cover
_SMALL = 8  # the blur is of a copy so many times smaller


@dataclass(frozen=True, slots=True)
class Still:
    """What is shown. Without `behind` the blurred cover is the background. `shows_cover` puts the cover in front."""

    cover: Image.Image
    behind: Image.Image | None
    shows_cover: bool
    title: str
    artist: str


def draw_still(still: Still, layout: Layout) -> Image.Image:
    picture = _clear(still.behind, layout) if still.behind else _blurred(still.cover, layout)
    if still.shows_cover:
        _lay_cover(picture, still.cover, layout)
    below = layout.title_y if still.shows_cover else layout.strip_y - round(layout.title_size * 3.2)
    if still.title:
        below += round(_write(picture, still.title, layout.title_size, below, alpha=0.97, bold=True) * 1.42)
    if still.artist:
        _write(picture, still.artist, layout.artist_size, below, alpha=0.76, bold=False)
    return picture


def _filled(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The middle of the picture, scaled to `size`."""
    scale = max(size[0] / picture.width, size[1] / picture.height)
    across, down = min(picture.width, size[0] / scale), min(picture.height, size[1] / scale)
    left, top = (picture.width - across) / 2, (picture.height - down) / 2
    return picture.convert("RGB").resize(size, Image.Resampling.LANCZOS, box=(left, top, left + across, top + down))


def _blurred(cover: Image.Image, layout: Layout) -> Image.Image:
    size = (layout.width, layout.height)
    small = _filled(cover, (max(2, size[0] // _SMALL), max(2, size[1] // _SMALL)))
    soft = small.filter(ImageFilter.GaussianBlur(max(size) / 175))
    vivid = ImageEnhance.Color(soft).enhance(1.45).resize(size, Image.Resampling.BICUBIC)
    return _dimmed(vivid, (0.72, 0.58, 0.34), vignette=0.45)


def _clear(behind: Image.Image, layout: Layout) -> Image.Image:
    """A given background stays clear and is only darkened at the bottom, where the waveform is."""
    return _dimmed(_filled(behind, (layout.width, layout.height)), (0.92, 0.78, 0.30), vignette=0.15, most=150)


def _dimmed(
    picture: Image.Image, shares: tuple[float, float, float], *, vignette: float, most: int = _DARKEST_NEEDED
) -> Image.Image:
    """Darkened by `shares` at the top, in the middle and at the bottom; noise prevents bands in dark gradients."""
    pixels = np.asarray(picture, dtype=np.float32)
    down, across = pixels.shape[:2]
    y, x = np.mgrid[0:down, 0:across].astype(np.float32)
    edge = 1 - vignette * np.clip(np.hypot((x / across - 0.5) * 1.25, (y / down - 0.45) * 1.1) / 0.75, 0, 1) ** 2
    fall = np.interp(np.arange(down) / down, [0, 0.5, 1], shares)[:, None]
    pixels = pixels * (edge * fall).astype(np.float32)[..., None]
    pixels *= min(1.0, most / max(float(pixels.mean()), 1.0))
    pixels += np.random.default_rng(1).normal(0, 1.6, (down, across, 1)).astype(np.float32)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def _lay_cover(picture: Image.Image, cover: Image.Image, layout: Layout) -> None:
    side, x, y = layout.cover, layout.cover_x, layout.cover_y
    radius = max(2, side // 20)
    shadow = Image.new("L", (layout.width // 4, layout.height // 4), 0)
    box = [x // 4, (y + side * 0.03) // 4, (x + side) // 4, (y + side * 1.03) // 4]
    ImageDraw.Draw(shadow).rounded_rectangle(box, radius // 4, fill=200)
    shadow = shadow.filter(ImageFilter.GaussianBlur(side * 0.012)).resize(picture.size)
    picture.paste((0, 0, 0), (0, 0), shadow)
    mask = Image.new("L", (side * 2, side * 2), 0)
    ImageDraw.Draw(mask).rounded_rectangle([0, 0, side * 2 - 1, side * 2 - 1], radius * 2, fill=255)
    picture.paste(_filled(cover, (side, side)), (x, y), mask.resize((side, side), Image.Resampling.LANCZOS))
    edge = ImageDraw.Draw(picture, "RGBA")
    edge.rounded_rectangle([x, y, x + side - 1, y + side - 1], radius, outline=(255, 255, 255, 38), width=2)


def _write(picture: Image.Image, text: str, size: int, top: int, *, alpha: float, bold: bool) -> int:
    """Writes one centred line with a soft shadow and returns the size that was used."""
    text = "".join(character for character in text if character.isprintable()).strip()
    most = picture.width * 0.86
    smallest = max(8, size // 2)
    while size > smallest and width(text, size, bold=bold) > most:
        size = max(smallest, int(size * 0.93))
    text = shortened(text, size, most, bold=bold)
    pad = max(6, size // 2)
    line = Image.new("L", (round(width(text, size, bold=bold)) + 2 * pad, round(size * 1.4) + 2 * pad), 0)
    left = float(pad)
    for run in runs(text, size, bold=bold):
        base = (left, pad + size)
        ImageDraw.Draw(line).text(base, run.text, font=run.font, fill=255, anchor="ls", stroke_width=run.stroke)
        left += run.font.getlength(run.text)
    at = ((picture.width - line.width) // 2, top - pad)
    shadow = line.filter(ImageFilter.GaussianBlur(max(1, size / 7)))
    picture.paste((0, 0, 0), (at[0], at[1] + size // 16), shadow.point(lambda value: min(255, round(value * 0.9))))
    picture.paste((255, 255, 255), at, line.point(lambda value: round(value * alpha)))
    return size


def designed_cover(title: str) -> Image.Image:
    """A cover for a sound that has none, always the same for a title.

    A diagonal gradient with a sun and its rings; colours and positions follow from `title`.
    """
    seed = hashlib.sha256(title.encode("utf-8", "replace")).digest()
    hue = 0.52 + 0.43 * seed[0] / 255  # from teal to red: what is next to green on either side turns to mud
    y, x = (axis.astype(np.float32) / _COVER for axis in np.mgrid[0:_COVER, 0:_COVER])
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
    soft: NDArray[np.float32] = np.clip(inside * _COVER + 0.5, 0, 1).astype(np.float32)
    return soft


def _blend(under: NDArray[np.float32], color: NDArray[np.float32], alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    share = alpha[..., None]
    return (under * (1 - share) + color * share).astype(np.float32)
