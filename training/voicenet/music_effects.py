"""What a production does to music: compression, a hall, saturation."""

from __future__ import annotations

import numpy as np
from scipy.signal import fftconvolve, lfilter

from training.voicenet.sounds import Sound
from training.voicenet.storing import RATE

_FRAME = 320  # 20 ms


def produced(sound: Sound, rng: np.random.Generator) -> Sound:
    """(n, 2) at a level of 0.1, each of the effects now and then."""
    sound = _levelled(sound)
    if rng.random() < 0.3:
        sound = _compressed(sound, rng)
    if rng.random() < 0.2:
        _put_in_a_hall(sound, rng)
    if rng.random() < 0.12:
        sound = np.tanh(sound * rng.uniform(3, 10)) * 0.1
    return _levelled(sound)


def _levelled(sound: Sound) -> Sound:
    return sound / (np.sqrt(np.mean(sound**2)) + 1e-9) * 0.1


def _compressed(sound: Sound, rng: np.random.Generator) -> Sound:
    count = len(sound) // _FRAME
    level = np.sqrt((sound[: count * _FRAME].reshape(count, _FRAME, 2) ** 2).mean((1, 2))) + 1e-4
    slowness = rng.uniform(0.6, 0.95)
    level = np.maximum(level, lfilter([1 - slowness], [1, -slowness], level))
    gain = (np.maximum(level, 0.05) / 0.05) ** -rng.uniform(0.3, 0.8)
    return sound * np.interp(np.arange(len(sound)), np.arange(count) * _FRAME + _FRAME / 2, gain)[:, None]


def _put_in_a_hall(sound: Sound, rng: np.random.Generator) -> None:
    length, wet = int(rng.uniform(0.4, 1.6) * RATE), rng.uniform(0.05, 0.4)
    fading = 10 ** (-3 * np.arange(length) / length)
    for channel in (0, 1):
        hall = rng.standard_normal(length) * fading
        hall *= wet / np.sqrt(np.sum(hall**2)) * 1.5
        hall[0] = 1
        sound[:, channel] = fftconvolve(sound[:, channel], hall)[: len(sound)]
