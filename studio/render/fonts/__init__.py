"""The bundled fonts; each character is drawn with the first font that has it.

DejaVu Sans has Latin, Greek, Cyrillic and more, Droid Sans Fallback has Chinese, Japanese and Korean. A title may mix
them, so the font is chosen for each character.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

_FOLDER = Path(__file__).parent
_CJK = "DroidSansFallbackFull.ttf"
_BOLDER = 0.028  # of the size, on each side of a line


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive characters of one font. `stroke` in pixels imitates bold for a font without a bold face."""

    text: str
    font: ImageFont.FreeTypeFont
    stroke: float = 0.0


def runs(text: str, size: int, *, bold: bool = False) -> list[Run]:
    """Splits `text` into runs of one font each. `size` is in pixels."""
    names = ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf", _CJK)
    found: list[tuple[str, str]] = []
    for character in text:
        name = next((name for name in names if _has(name, character)), names[0])
        if found and found[-1][1] == name:
            found[-1] = (found[-1][0] + character, name)
        else:
            found.append((character, name))
    return [Run(part, _font(name, size), size * _BOLDER if bold and name == _CJK else 0.0) for part, name in found]


def width(text: str, size: int, *, bold: bool = False) -> float:
    """In pixels."""
    return sum(run.font.getlength(run.text) for run in runs(text, size, bold=bold))


def wrapped(text: str, size: int, most: float, *, bold: bool = False) -> list[str]:
    """Lines of at most `most` pixels, broken at spaces, between Chinese characters, and inside too long words."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _words(paragraph):
            if width((line + word).rstrip(), size, bold=bold) <= most:
                line += word
                continue
            if line.strip():
                lines.append(line.strip())
            *full, line = _broken(word.lstrip(), size, most, bold=bold)
            lines.extend(full)
        lines.append(line.strip())
    return [line for line in lines if line]


def balanced(text: str, size: int, most: float, *, bold: bool = False) -> list[str]:
    """As few lines as possible, of similar lengths: a single word in the last line looks forgotten."""
    lines = wrapped(text, size, most, bold=bold)
    words = text.split()
    least = max((width(word, size, bold=bold) for word in words), default=most)
    while most - least > 1:
        between = (least + most) / 2
        tried = wrapped(text, size, between, bold=bold)
        least, most = (between, most) if len(tried) > len(lines) else (least, between)
        lines = tried if len(tried) == len(lines) else lines
    return lines


def shortened(text: str, size: int, most: float, *, bold: bool = False) -> str:
    """`text` cut at its end to at most `most` pixels."""
    if width(text, size, bold=bold) <= most:
        return text
    while text and width(text + "…", size, bold=bold) > most:
        text = text[:-1]
    return text.rstrip() + "…"


def _words(text: str) -> Iterator[str]:
    word = ""
    for character in text:
        if ord(character) > 0x2E7F:
            yield from (each for each in (word, character) if each)
            word = ""
        elif character == " " and word:
            yield word
            word = " "
        else:
            word += character
    if word:
        yield word


def _broken(word: str, size: int, most: float, *, bold: bool) -> list[str]:
    parts = [""]
    for character in word:
        if parts[-1] and width(parts[-1] + character, size, bold=bold) > most:
            parts.append("")
        parts[-1] += character
    return parts


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    # Basic layout: the other engine is not in every build of Pillow, and lines would be of other lengths there.
    return ImageFont.truetype(_FOLDER / name, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _missing(name: str) -> bytes:
    return bytes(_font(name, 32).getmask("\U0010ffff"))


@cache
def _has(name: str, character: str) -> bool:
    """Pillow does not say which characters a font has, so the glyph is compared with the one for missing characters."""
    return character.isspace() or bytes(_font(name, 32).getmask(character)) != _missing(name)
