"""Other backgrounds of the corpus: hiss, air and street, mains hum, clicks."""

from __future__ import annotations

import numpy as np
from scipy.signal import butter, sosfilt

from training.voicenet.sounds import Sound
from training.voicenet.storing import RATE, to_int16

_SECONDS = 12
_LENGTH = _SECONDS * RATE
_TIMES = np.arange(_LENGTH) / RATE
_PITCHES = np.fft.rfftfreq(_LENGTH, 1 / RATE)


def noise(seed: int, minutes: int = 6) -> Sound:
    """int16 (n, 2) at 16 kHz."""
    rng, parts = np.random.default_rng(seed), []
    for _ in range(minutes * 60 // _SECONDS):
        sound = np.zeros((_LENGTH, 2))
        if rng.random() < 0.8:
            sound = _coloured(rng)
        if rng.random() < 0.4:
            sound += _hum(rng)[:, None]
        if rng.random() < 0.25:
            sound += _clicks(rng)
        parts.append(to_int16(sound / (np.sqrt(np.mean(sound**2)) + 1e-9) * 0.08))
    return np.concatenate(parts)


def _coloured(rng: np.random.Generator) -> Sound:
    """More or less the same left and right, swelling."""
    tilt = np.maximum(_PITCHES, 20) ** -rng.uniform(0, 1.1)
    bumps = np.interp(np.log(_PITCHES + 20), np.log([20, 150, 500, 1500, 4000, 8000]), rng.normal(0, 5, 6))
    colour, common = tilt * 10 ** (bumps / 20), rng.uniform(0, 1)
    middle = _through(colour, rng)
    swells = 10 ** (rng.normal(0, rng.choice([0, 2, 5]), 9) / 20)
    swell = np.interp(_TIMES, np.linspace(0, _SECONDS, 9), swells)
    sides = [(middle * common + _through(colour, rng) * (1 - common)) * swell for _ in range(2)]
    sound = np.stack(sides, axis=1)
    return sound / (np.sqrt(np.mean(sound**2)) + 1e-9)


def _through(colour: Sound, rng: np.random.Generator) -> Sound:
    return np.fft.irfft(np.fft.rfft(rng.standard_normal(_LENGTH)) * colour, _LENGTH)


def _hum(rng: np.random.Generator) -> Sound:
    tone = rng.choice([50, 60, rng.uniform(40, 300)])
    harmonics = [
        rng.uniform() / k ** rng.uniform(0.3, 1.5) * np.sin(2 * np.pi * tone * k * _TIMES + rng.uniform(0, 6))
        for k in range(1, 16)
    ]
    hum = np.sum(harmonics, axis=0)
    return hum / np.std(hum) * rng.uniform(0.3, 2)


def _clicks(rng: np.random.Generator) -> Sound:
    """A keyboard, rain, crackle."""
    clicks = np.zeros(_LENGTH)
    clicks[rng.integers(0, _LENGTH, int(rng.uniform(2, 200) * _SECONDS))] = 1
    clicks *= rng.standard_normal(_LENGTH)
    low = rng.uniform(300, 4000)
    clicks = sosfilt(butter(2, [low, min(7900, low * 3)], "band", fs=RATE, output="sos"), clicks)
    return (clicks / (np.std(clicks) + 1e-9))[:, None] * rng.uniform(0.3, 1.5)
