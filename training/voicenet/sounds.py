"""Sounds as arrays: read from WAV, resampled. numpy alone, so that the evaluation needs nothing else."""

from __future__ import annotations

import wave
from math import gcd
from pathlib import Path

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.floating]


def read_wav(path: Path) -> tuple[Sound, int]:
    """Samples (n, channels) in -1..1 of a 16 bit file, and its rate in Hz."""
    with wave.open(str(path)) as file:
        if file.getsampwidth() != 2:
            raise ValueError(f"{path.name} is not 16 bit")
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return samples.reshape(-1, file.getnchannels()) / 32768, file.getframerate()


def resampled(sound: Sound, rate: int, wanted: int) -> Sound:
    """`sound` (n,) or (n, channels) of `rate` Hz at `wanted` Hz, by a windowed sinc in its phases."""
    common = gcd(rate, wanted)
    up, down = wanted // common, rate // common
    if up == down:
        return sound
    steepest = max(up, down)
    half = 10 * steepest
    low_pass = np.sinc(np.arange(-half, half + 1) / steepest) * np.kaiser(2 * half + 1, 5.0)
    low_pass *= up / low_pass.sum()
    columns = sound.reshape(len(sound), -1)
    resampled_columns = np.stack([_by_phases(column, low_pass, up, down) for column in columns.T], axis=1)
    return resampled_columns.reshape(-1, *sound.shape[1:])


def _by_phases(sound: Sound, low_pass: Sound, up: int, down: int) -> Sound:
    """Every `up`-th sample of the result sees the filter in the same phase, so each phase is one matrix product."""
    count = -(-len(sound) * up // down)
    half = len(low_pass) // 2
    reach = half // up + 1
    padded = np.pad(sound, (reach, reach + down))
    result = np.empty(count)
    offsets = np.arange(-reach, reach + 1)
    for phase in range(min(up, count)):
        first, beyond = divmod(phase * down, up)
        at = half + beyond - offsets * up
        taps = np.where((at >= 0) & (at < len(low_pass)), low_pass[at.clip(0, len(low_pass) - 1)], 0)
        wanted = len(range(phase, count, up))
        windows = np.lib.stride_tricks.sliding_window_view(padded, len(offsets))[first::down][:wanted]
        result[phase::up] = windows @ taps
    return result


def mono(sound: Sound) -> Sound:
    return sound if sound.ndim == 1 else sound.mean(axis=1)


def rms(sound: Sound) -> float:
    return float(np.sqrt(np.mean(sound**2)))
