"""Draws the moving strip as yuv420p frames: the waveform's bars, the progress line and the times."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from studio.render.fonts import runs
from studio.render.waveform.analysis import Sound
from studio.render.waveform.colours import Planes, halved, yuv
from studio.render.waveform.layout import Layout

Alpha = NDArray[np.uint16]

_PER_SECOND = 7.0  # bars of speech
_TO_COME = 0.42  # the strength of what has not been heard yet
_LINE = 4  # pixels
_FINE = 4  # samples a pixel of a bar
_REFLECTION = 0.28  # of a bar's height, and of its strength


class Strip(ABC):
    """Draws frame after frame over `behind`, the still's planes under the strip."""

    def __init__(self, layout: Layout, behind: Planes, accent: tuple[int, int, int], frames: int, fps: int) -> None:
        self._layout = layout
        self._frames = frames
        self._fps = fps
        self._behind = [plane.astype(np.uint16) for plane in behind]
        self._colors = _gradient(layout, accent)
        self._digits = {character: _digit(character, layout.label) for character in "0123456789:"}
        self._full: Alpha = np.zeros((layout.strip_height, layout.strip_width), np.uint16)
        self._half: Alpha = np.zeros((layout.strip_height // 2, layout.strip_width // 2), np.uint16)
        self._times = ""

    def frames(self) -> Iterator[bytes]:
        for number in range(self._frames):
            self._wave(number)
            self._line(number)
            self._clock(number)
            alphas = (self._full, self._half, self._half)
            yield b"".join(
                ((plane * (256 - alpha) + color * alpha) >> 8).astype(np.uint8).tobytes()
                for plane, color, alpha in zip(self._behind, self._colors, alphas, strict=True)
            )

    @abstractmethod
    def _wave(self, number: int) -> None:
        """Draws the waveform of a frame."""

    def _line(self, number: int) -> None:
        top = self._layout.bars_height + self._layout.gap // 2 // 2 * 2
        reached = int(self._layout.strip_width * min(1.0, number / max(1, self._frames - 1))) // 2 * 2
        for alpha, scale in ((self._full, 1), (self._half, 2)):
            rows = alpha[top // scale : (top + _LINE) // scale]
            rows[:] = 58
            rows[:, : reached // scale] = 250

    def _clock(self, number: int) -> None:
        """Draws the times; they change once a second and are redrawn only then."""
        now, whole = _time(number / self._fps), _time(self._frames / self._fps)
        if now == self._times:
            return
        self._times = now
        top = self._layout.strip_height - self._layout.label
        rows = self._full[top:]
        rows[:] = 0
        self._put(rows, now, 0)
        self._put(rows, whole, self._layout.strip_width - sum(self._digits[each].shape[1] for each in whole))
        self._half[top // 2 :] = halved(rows.astype(np.float32)).astype(np.uint16)

    def _put(self, rows: Alpha, text: str, left: int) -> None:
        for character in text:
            digit = self._digits[character]
            fits = min(digit.shape[1], rows.shape[1] - left)
            if left >= 0 and fits > 0:
                rows[:, left : left + fits] = digit[:, :fits]
            left += digit.shape[1]


class Spectrum(Strip):
    """Bars for music: the lowest notes in the middle, the highest at both ends."""

    def __init__(
        self, sound: Sound, layout: Layout, behind: Planes, accent: tuple[int, int, int], frames: int, fps: int
    ) -> None:
        super().__init__(layout, behind, accent, frames, fps)
        self._bars = _standing(layout)
        half = sound.bands(fps, layout.bars // 2, frames)
        self._levels = np.concatenate([half[:, ::-1], half], axis=1)

    def _wave(self, number: int) -> None:
        height = self._layout.bars_height
        steps = (self._levels[number] * self._bars.steps).round().astype(int)
        self._full[:height] = self._bars.full[steps].transpose(1, 0, 2).reshape(height, -1)
        self._half[: height // 2] = self._bars.half[steps].transpose(1, 0, 2).reshape(height // 2, -1)


class Passage(Strip):
    """A scrolling waveform for speech: what was heard is left of the middle, what is to come is right."""

    def __init__(
        self, sound: Sound, layout: Layout, behind: Planes, accent: tuple[int, int, int], frames: int, fps: int
    ) -> None:
        super().__init__(layout, behind, accent, frames, fps)
        self._bars = _centred(layout)
        # A whole and even number of pixels a frame: anything else would shiver.
        self._pixels = max(2, round(_PER_SECOND * layout.pitch / fps / 2) * 2)
        levels = sound.loudness(self._pixels * fps / layout.pitch)
        lead = layout.bars // 2
        self._levels = np.concatenate([np.zeros(lead), levels, np.zeros(layout.bars + 2)])
        across = np.arange(layout.strip_width)
        ends = np.clip(np.minimum(across, across[::-1]) / (layout.strip_width * 0.12), 0, 1) ** 1.2
        # Not 256: times a full 256 it would not fit into 16 bits.
        strength = 255 * ends * np.where(across < layout.strip_width // 2, 1.0, _TO_COME)
        self._strength: Alpha = strength.astype(np.uint16)

    def _wave(self, number: int) -> None:
        layout, height = self._layout, self._layout.bars_height
        first, off = divmod(number * self._pixels, layout.pitch)
        levels = self._levels[first : first + layout.bars + 1]
        levels = np.pad(levels, (0, layout.bars + 1 - len(levels)))
        steps = (levels * self._bars.steps).round().astype(int)
        full = self._bars.full[steps].transpose(1, 0, 2).reshape(height, -1)[:, off : off + layout.strip_width]
        half = self._bars.half[steps].transpose(1, 0, 2).reshape(height // 2, -1)
        half = half[:, off // 2 : off // 2 + layout.strip_width // 2]
        self._full[:height] = (full * self._strength) >> 8
        self._half[: height // 2] = (half * self._strength[::2]) >> 8


class Bars:
    """Bars of every possible height, so that frames are assembled by lookup.

    `full[k]` is a bar of the k-th height, 256 where it covers; `half[k]` is the same at chroma resolution.
    """

    def __init__(self, heights: list[NDArray[np.float32]]) -> None:
        shapes = np.stack(heights)
        self.steps = len(heights) - 1
        self.full: Alpha = (shapes * 256).round().astype(np.uint16)
        self.half: Alpha = (np.stack([halved(shape) for shape in heights]) * 256).round().astype(np.uint16)


def _standing(layout: Layout) -> Bars:
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


def _centred(layout: Layout) -> Bars:
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


def _gradient(layout: Layout, accent: tuple[int, int, int]) -> list[Alpha]:
    """The colour of each row: white above, the accent below, nearly white for the line and the times."""
    down = np.linspace(0, 1, layout.strip_height, dtype=np.float32)
    share = np.where(down < layout.bars_height / layout.strip_height, np.clip(down * 1.7, 0, 1), 0.35)
    white = np.full(3, 255.0, np.float32)
    rows = yuv((white + (np.array(accent, np.float32) - white) * share[:, None]).astype(np.float32))
    luma, blue, red = (rows[:, channel].round().astype(np.uint16)[:, None] for channel in range(3))
    return [luma, blue[::2], red[::2]]


def _digit(character: str, height: int) -> Alpha:
    [run] = runs(character, int(height * 0.85))
    across = max(2, (int(run.font.getlength(":" if character == ":" else "0")) + 2) // 2 * 2)
    picture = Image.new("L", (across, height), 0)
    ImageDraw.Draw(picture).text((across / 2, height / 2), character, font=run.font, fill=205, anchor="mm")
    return np.asarray(picture).astype(np.uint16) * 256 // 255


def _time(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
