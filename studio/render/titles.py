"""Draws a title as a picture: words with an outline and a soft shadow, readable on any background."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFilter

from studio.render.fonts import balanced, runs, shortened, width
from studio.timeline.model import Title

_USUAL = 0.075  # of the frame's shorter side
_LONGEST_LINE, _HIGHEST = 0.84, 0.80  # of the frame; the rest is margin
_SMALLEST = 10  # pixels
_LINE = 1.25  # of the size


@dataclass(frozen=True, slots=True)
class _Set:
    lines: list[str]
    size: int


def draw_title(title: Title, frame: tuple[int, int], output: Path) -> None:
    """Writes a PNG with alpha that fits into the frame within its margins. `frame` is in pixels."""
    text = _set(title, frame)
    pad = max(4, text.size // 4)
    across = max(width(line, text.size, bold=True) for line in text.lines)
    size = (round(across) + 2 * pad, round(len(text.lines) * text.size * _LINE) + 2 * pad)
    edge = Image.new("L", size, 0)
    face = Image.new("L", size, 0)
    for number, line in enumerate(text.lines):
        base = pad + text.size + number * round(text.size * _LINE)
        left = _left(title, size[0], width(line, text.size, bold=True), pad)
        _write(edge, line, text.size, (left, base), stroke=max(1, text.size // 16))
        _write(face, line, text.size, (left, base), stroke=0)
    shadow = edge.filter(ImageFilter.GaussianBlur(max(1, text.size / 10)))
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    picture.putalpha(shadow.point(lambda value: min(255, round(value * 0.75))))
    picture.paste(_edge_color(title.color), (0, 0), edge)
    picture.paste((*ImageColor.getrgb(title.color)[:3], 255), (0, 0), face)
    picture.save(output, "PNG", compress_level=1)


def _set(title: Title, frame: tuple[int, int]) -> _Set:
    """Breaks the title into lines that fit: smaller if there are many, shortened only at the smallest size."""
    across, down = frame[0] * _LONGEST_LINE, frame[1] * _HIGHEST
    size = max(_SMALLEST, round(min(frame) * _USUAL * min(4.0, max(0.25, title.size))))
    text = "".join(character for character in title.text if character.isprintable() or character == "\n")
    while True:
        lines = balanced(text, size, across - size / 2, bold=True) or [" "]
        most = max(1, int((down - size / 2) / (size * _LINE)))
        if len(lines) <= most or size <= _SMALLEST:
            break
        size = max(_SMALLEST, int(size * 0.9))
    kept = lines[:most]
    if len(lines) > most:
        kept[-1] = shortened(kept[-1] + "…", size, across - size / 2, bold=True)
    return _Set(kept, size)


def _left(title: Title, whole: int, line: float, pad: int) -> float:
    if title.position.value.endswith("-left"):
        return pad
    return whole - pad - line if title.position.value.endswith("-right") else (whole - line) / 2


def _write(mask: Image.Image, line: str, size: int, at: tuple[float, float], *, stroke: int) -> None:
    draw, (left, base) = ImageDraw.Draw(mask), at
    for run in runs(line, size, bold=True):
        draw.text((left, base), run.text, font=run.font, fill=255, anchor="ls", stroke_width=stroke + run.stroke)
        left += run.font.getlength(run.text)


def _edge_color(color: str) -> tuple[int, int, int, int]:
    """A dark edge for light words, a light edge for dark ones."""
    red, green, blue = ImageColor.getrgb(color)[:3]
    return (255, 255, 255, 220) if 0.299 * red + 0.587 * green + 0.114 * blue < 60 else (0, 0, 0, 220)
