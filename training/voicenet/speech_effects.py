"""A talker made another one, in another room; what comes out is what the network is to keep."""

from __future__ import annotations

from math import gcd

import numpy as np
from scipy.signal import butter, fftconvolve, resample_poly, sosfilt

from training.voicenet.sounds import Sound, rms
from training.voicenet.storing import RATE


def disguised(sound: Sound, rate: int, rng: np.random.Generator) -> Sound:
    """At 16 kHz: the size of the speaker, wandering pitch, level, band limit, saturation, room; each now and then."""
    size = rng.uniform(0.86, 1.16)
    sound = _as_if(sound, max(50, int(rate * size) // 50 * 50))
    if rng.random() < 0.35:
        sound = _wandering(sound, rng)
    sound = _levelled(sound)
    if rng.random() < 0.12:
        sound = sosfilt(butter(4, rng.uniform(3200, 7000), "low", fs=RATE, output="sos"), sound)
    if rng.random() < 0.15:
        drive = rng.uniform(1, 5)
        sound = np.tanh(sound * drive * 3) / (drive * 3) * 1.3
    if rng.random() < 0.4:
        sound = _in_a_room(sound, rng)
    return sound


def _as_if(sound: Sound, pretended: int) -> Sound:
    """Played as if it had been recorded at `pretended`: smaller speakers talk higher and faster."""
    common = gcd(pretended, RATE)
    resampled: Sound = resample_poly(sound, RATE // common, pretended // common)
    return resampled


def _wandering(sound: Sound, rng: np.random.Generator) -> Sound:
    length = len(sound)
    points = max(4, length // int(RATE / rng.uniform(2, 9)))
    steps = np.cumsum(rng.normal(0, rng.uniform(0.002, 0.015), points)) * length / points
    drift = np.interp(np.arange(length), np.linspace(0, length, points), steps)
    at = np.clip(np.arange(length) + drift - drift[0], 0, length - 1)
    return np.interp(at, np.arange(length), sound)


def _levelled(sound: Sound) -> Sound:
    """0.1 where somebody speaks."""
    return sound / (rms(sound[np.abs(sound) > 0.02 * np.abs(sound).max()]) + 1e-9) * 0.1


def _in_a_room(sound: Sound, rng: np.random.Generator) -> Sound:
    seconds = rng.uniform(0.1, 0.6)
    length = int(seconds * RATE)
    room = rng.standard_normal(length) * 10 ** (-3 * np.arange(length) / length)
    room *= 10 ** (rng.uniform(-16, 0) / 20) / np.sqrt(np.sum(room**2))
    room[: int(rng.uniform(0, 0.02) * RATE)] = 0
    room[0] = 1
    return _levelled(fftconvolve(sound, room)[: len(sound) + length // 2])
