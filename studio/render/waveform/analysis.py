"""Measures a sound for drawing: the level of its bands at each frame, and whether it is speech.

The sound is read from disk in blocks, so memory does not grow with its length.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.timeline.model import Look

RATE = 22050  # Hz
Levels = NDArray[np.float32]

_WINDOW = 2048
_LOWEST, _HIGHEST = 45.0, 10900.0  # Hz
_RANGE = 38.0  # dB from the lowest bar to the highest
_TILT = 13.0  # dB: highs are quieter than they sound
_BLOCK = 256  # frames


class Sound:
    """A file of 16 bit samples, one channel, at `RATE`."""

    def __init__(self, path: Path) -> None:
        empty = path.stat().st_size < 2
        self._samples = np.zeros(1, np.int16) if empty else np.memmap(path, np.int16, mode="r")

    @property
    def seconds(self) -> float:
        return len(self._samples) / RATE

    def bands(self, fps: int, count: int, frames: int) -> Levels:
        """`frames` rows of `count` levels from 0 to 1, low notes first; they rise fast and fall slowly."""
        window = np.hanning(_WINDOW).astype(np.float32)
        weights = _band_weights(count)
        power = np.zeros((frames, count), np.float32)
        for first in range(0, frames, _BLOCK):
            starts = (np.arange(first, min(first + _BLOCK, frames)) * RATE / fps).astype(int) - _WINDOW // 2
            spectrum = np.fft.rfft(self._windows(starts) * window, axis=1)
            power[first : first + len(starts)] = (np.abs(spectrum).astype(np.float32) ** 2) @ weights
        return _smoothed(_scaled(power), fps)

    def loudness(self, per_second: float) -> Levels:
        """RMS levels from 0 to 1, `per_second` of them, relative to the loudest."""
        hop = RATE / per_second
        count = max(1, int(np.ceil(len(self._samples) / hop)))
        levels = np.zeros(count, np.float32)
        for place in range(count):
            part = self._samples[int(place * hop) : int((place + 1) * hop)].astype(np.float32) / 32768
            levels[place] = np.sqrt(np.mean(part**2)) if len(part) else 0.0
        shares: Levels = (np.clip(levels / (np.percentile(levels, 97) + 1e-6), 0, 1) ** 0.9).astype(np.float32)
        return shares

    def look(self) -> Look:
        """`SCROLL` for speech: it pauses between words many times a minute, which music hardly ever does."""
        levels = self.loudness(25.0)[: 25 * 600]
        if len(levels) < 25:
            return Look.BARS
        quiet = float(np.mean(levels < 0.12))
        changes = float(np.mean(np.abs(np.diff(levels)) > 0.12))
        return Look.SCROLL if quiet > 0.12 and changes > 0.10 else Look.BARS

    def _windows(self, starts: NDArray[np.int_]) -> Levels:
        first, last = int(starts[0]), int(starts[-1]) + _WINDOW
        block = np.zeros(last - first, np.float32)
        have = self._samples[max(0, first) : max(0, last)]
        block[max(0, -first) : max(0, -first) + len(have)] = have
        windows: Levels = block[(starts - first)[:, None] + np.arange(_WINDOW)] / 32768
        return windows


def _band_weights(count: int) -> Levels:
    """Overlapping triangles, evenly spaced in pitch; a band narrower than one line of the spectrum is not empty."""
    edges = np.geomspace(_LOWEST, _HIGHEST, count + 1) * _WINDOW / RATE
    lines = np.arange(_WINDOW // 2 + 1)
    weights = np.zeros((len(lines), count), np.float32)
    for band in range(count):
        centre, half = (edges[band] + edges[band + 1]) / 2, max((edges[band + 1] - edges[band]) * 0.75, 1.0)
        weights[:, band] = np.clip(1 - np.abs(lines - centre) / half, 0, 1)
        weights[:, band] /= max(float(weights[:, band].sum()), 1e-6)
    return weights


def _scaled(power: Levels) -> Levels:
    count = power.shape[1]
    decibels = 10 * np.log10(power + 1e-9) + np.linspace(0, _TILT, count, dtype=np.float32)
    top = 0.55 * np.percentile(decibels, 99.3) + 0.45 * np.percentile(decibels, 99.0, axis=0)
    top = np.maximum(top, -30.0)  # silence stays flat
    levels = np.clip((decibels - (top - _RANGE)) / _RANGE, 0, 1) ** 1.35
    padded = np.pad(levels, ((0, 0), (1, 1)), "edge")
    return (0.2 * padded[:, :-2] + 0.6 * padded[:, 1:-1] + 0.2 * padded[:, 2:]).astype(np.float32)


def _smoothed(levels: Levels, fps: int) -> Levels:
    rise, fall = 0.62, 0.16 * 30 / fps
    current = np.zeros(levels.shape[1], np.float32)
    for row in levels:
        change = row - current
        current += np.where(change > 0, change * rise, change * fall)
        row[:] = current
    return levels
