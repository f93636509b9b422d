"""Electronic pieces in numbers: plucks by frequency modulation, a saw bass, noise for hats, falling sines for kicks."""

from __future__ import annotations

import numpy as np
from scipy.signal import lfilter

from training.voicenet.sounds import Sound
from training.voicenet.storing import RATE


def electronic(seconds: float, rng: np.random.Generator) -> Sound:
    """(n, 2) at 16 kHz."""
    piece = _Piece(seconds, rng)
    for _ in range(int(rng.integers(1, 4))):
        piece.plucks()
    if rng.random() < 0.6:
        piece.beat()
    if rng.random() < 0.5:
        piece.bass()
    return piece.sound


class _Piece:
    def __init__(self, seconds: float, rng: np.random.Generator) -> None:
        self._rng = rng
        self._seconds = seconds
        self._times = np.arange(int(seconds * RATE)) / RATE
        self.sound = np.zeros((len(self._times), 2), "f4")
        self._root = rng.uniform(65, 180)
        self._beat = 60 / rng.uniform(65, 150)

    def _put(self, start: int, sound: Sound, pan: float) -> None:
        fitting = sound[: max(0, len(self.sound) - start)]
        if len(fitting):
            self.sound[start : start + len(fitting), 0] += fitting * np.sqrt(1 - pan)
            self.sound[start : start + len(fitting), 1] += fitting * np.sqrt(pan)

    def plucks(self) -> None:
        rng = self._rng
        pan, ratio, depth = rng.uniform(), rng.choice([1, 2, 3, 1.41, 0.5]), rng.uniform(0, 4)
        attack, decay = rng.uniform(0.004, 0.25), rng.uniform(0.15, 2.5)
        step = self._beat * rng.choice([0.25, 0.5, 1, 2])
        pattern = rng.choice([0, 3, 5, 7, 10, 12, 15, 19], 8)
        t = self._times[: int(decay * 2.5 * RATE)]
        swell = np.minimum(t / attack, 1) * np.exp(-t / decay)
        for k in range(int(self._seconds / step)):
            tone = self._root * 2 ** (pattern[k % 8] / 12) * rng.choice([1, 2, 4], p=[0.2, 0.5, 0.3])
            modulated = np.sin(2 * np.pi * tone * t + depth * swell * np.sin(2 * np.pi * tone * ratio * t))
            self._put(int(k * step * RATE), modulated * swell, pan)

    def beat(self) -> None:
        rng = self._rng
        t = self._times[: int(0.3 * RATE)]
        kick = 1.5 * np.sin(2 * np.pi * (45 * t + 6 * (1 - np.exp(-t * 30)))) * np.exp(-t * 12)
        noise = rng.standard_normal(int(0.08 * RATE))
        fading = np.exp(-np.arange(len(noise)) / RATE * 70)
        hat = lfilter([1, -0.95], [1], noise) * fading * rng.uniform(0.1, 0.5)
        for k in range(int(self._seconds / self._beat)):
            self._put(int(k * self._beat * RATE), kick, 0.5)
            self._put(int((k + 0.5) * self._beat * RATE), hat, 0.4)

    def bass(self) -> None:
        rng = self._rng
        pattern = rng.choice([0, 3, 5, 7, 10], 4)
        t = self._times[: int(self._beat * RATE * 0.9)]
        for k in range(int(self._seconds / self._beat)):
            tone = self._root / 2 * 2 ** (pattern[k // 4 % 4] / 12)
            saw = lfilter([0.15], [1, -0.85], 2 * (tone * t % 1) - 1)
            self._put(int(k * self._beat * RATE), saw * np.exp(-t * rng.uniform(1, 4)), 0.5)
