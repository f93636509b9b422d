"""The layout of a waveform video: wide, square or upright. Pure."""

from __future__ import annotations

from dataclasses import dataclass

FPS = 30
_SPACE = 8  # pixels between the line and the times


@dataclass(frozen=True, slots=True)
class Layout:
    """In pixels. `cover` is the side of a square. The strip holds `bars` bars of `pitch` each, a line and the times.

    All sizes of the strip are even: one chroma pixel covers two by two.
    """

    width: int
    height: int
    cover: int
    cover_y: int
    title_y: int
    title_size: int
    artist_size: int
    strip_x: int
    strip_y: int
    bars: int
    pitch: int
    bars_height: int
    gap: int
    label: int

    @property
    def strip_width(self) -> int:
        return self.bars * self.pitch

    @property
    def strip_height(self) -> int:
        return self.bars_height + self.gap + self.label + _SPACE

    @property
    def cover_x(self) -> int:
        return (self.width - self.cover) // 2


def layout_of(width: int, height: int) -> Layout:
    shape = width / height
    if shape > 1.3:
        side, top, below, share, strip, high, usual = 0.44 * height, 0.085, 0.045, 0.72, 0.705, 0.20, width / 87
        title, artist = 0.052 * height, 0.029 * height
    elif shape > 0.8:
        side, top, below, share, strip, high, usual = 0.46 * height, 0.085, 0.04, 0.84, 0.715, 0.19, width / 54
        title, artist = 0.05 * height, 0.03 * height
    else:
        side, top, below, share, strip, high, usual = 0.74 * width, 0.15, 0.035, 0.80, 0.715, 0.12, width / 54
        title, artist = 0.066 * width, 0.04 * width
    pitch = max(4, _even(usual))
    bars = max(2, _even(share * width / pitch - 1))
    cover, cover_y = int(side), int(top * height)
    bars_height, gap = _even(high * height), _even(height * 0.03)
    label = max(10, _even(min(width, height) * 0.034))
    lowest = height - (bars_height + gap + label + _SPACE) - 2  # a small frame still has times that can be read
    return Layout(
        width=width,
        height=height,
        cover=cover,
        cover_y=cover_y,
        title_y=cover_y + cover + int(below * height),
        title_size=max(10, int(title)),
        artist_size=max(8, int(artist)),
        strip_x=_even((width - bars * pitch) / 2 - 1),
        strip_y=_even(min(strip * height, lowest) - 1),
        bars=bars,
        pitch=pitch,
        bars_height=bars_height,
        gap=gap,
        label=label,
    )


def _even(pixels: float) -> int:
    return max(0, round(pixels / 2) * 2)
