"""A sound in blocks through the network: memory does not grow with its length, and the result is the same.

Frames of 64 ms every 32 ms at 48 kHz. The bins below 8 kHz get the network's mask, those above the mean of the
mask between 4 and 8 kHz, for the network was trained at 16 kHz.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from studio.separation.network import BINS, REACH, Floats, Weights, mask

RATE = 48_000
FRAME = 3072
HOP = FRAME // 2
_WINDOW: Floats = np.sqrt(0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FRAME) / FRAME)).astype(np.float32)
# A 3072-point spectrum at 48 kHz is three times as loud as the 1024-point one at 16 kHz of the training.
_TRAINED = 3
BLOCK_FRAMES = 625  # twenty seconds

Spectra = npt.NDArray[np.complex64]


@dataclass(frozen=True, slots=True)
class Frames:
    """Some frames in a row: spectra of the middle (frames, 1537) and features (frames, 1026)."""

    middle: Spectra
    features: Floats


@dataclass(frozen=True, slots=True)
class Loudness:
    """`spectral` is what features are relative to; `energy` is the sum of the middle's squares; `samples` at 48 kHz."""

    spectral: float
    energy: float
    samples: int


def loudness(pieces: Iterable[Floats]) -> Loudness:
    """How loud the whole of `pieces` is; they are (n, 2) at 48 kHz."""
    total, frames, samples, energy = 0.0, 0, 0, 0.0

    def counted() -> Iterator[Floats]:
        nonlocal samples, energy
        for piece in pieces:
            samples += len(piece)
            energy += float((piece.mean(axis=1, dtype=np.float64) ** 2).sum())
            yield piece

    for windows in _windows(counted()):
        middle = windows.mean(axis=2) * _WINDOW
        spectra = np.abs(np.fft.rfft(middle, axis=1)[:, :BINS]) / _TRAINED
        total += float((spectra**2).sum())
        frames += len(windows)
    return Loudness(float(np.sqrt(total / max(1, frames * BINS)) + 1e-5), energy, samples)


def voice_of(weights: Weights, pieces: Iterable[Floats], level: float, block: int = BLOCK_FRAMES) -> Iterator[Floats]:
    """The voice of stereo `pieces`, as mono pieces at 48 kHz; up to half a second longer than what came in."""
    tail = np.zeros(HOP, np.float32)
    is_first = True
    for middle, share in _masked(weights, pieces, level, block):
        sound = _synthesised(middle, share)
        starts, ends = sound[:, :HOP], sound[:, HOP:]
        starts[1:] += ends[:-1]
        starts[0] += tail
        tail = ends[-1]
        # The first half frame lies before the beginning.
        yield starts[1:].ravel() if is_first else starts.ravel()
        is_first = False
    yield tail


def _masked(weights: Weights, pieces: Iterable[Floats], level: float, block: int) -> Iterator[tuple[Spectra, Floats]]:
    """Each frame once, with its mask; looked at together with what lies within the network's reach."""
    middle = np.zeros((0, FRAME // 2 + 1), np.complex64)
    features = np.zeros((0, 2 * BINS), np.float32)
    before = 0
    for windows in _windows(pieces):
        frames = _analysed(windows, level)
        middle = np.concatenate([middle, frames.middle])
        features = np.concatenate([features, frames.features])
        while len(middle) - before >= block + REACH:
            share = mask(weights, features[: before + block + REACH])[before : before + block]
            yield middle[before : before + block], share
            kept = max(0, before + block - REACH)
            middle, features = middle[kept:], features[kept:]
            before = before + block - kept
    if len(middle) > before:
        yield middle[before:], mask(weights, features)[before:]


def _windows(pieces: Iterable[Floats]) -> Iterator[Floats]:
    """Overlapping windows (frames, 3072, 2), with half a frame of silence before the sound and two behind it."""
    rest = np.zeros((HOP, 2), np.float32)
    for piece in _with_end(pieces):
        sound = np.concatenate([rest, piece])
        count = (len(sound) - FRAME) // HOP + 1
        if count > 0:
            view = np.lib.stride_tricks.sliding_window_view(sound, FRAME, axis=0)[::HOP][:count]
            yield view.transpose(0, 2, 1)
            rest = sound[count * HOP :]
        else:
            rest = sound


def _with_end(pieces: Iterable[Floats]) -> Iterator[Floats]:
    yield from pieces
    yield np.zeros((FRAME + HOP, 2), np.float32)


def _analysed(windows: Floats, level: float) -> Frames:
    left = np.fft.rfft(windows[:, :, 0] * _WINDOW, axis=1).astype(np.complex64)
    right = np.fft.rfft(windows[:, :, 1] * _WINDOW, axis=1).astype(np.complex64)
    middle = (left + right) * np.float32(0.5)
    left, right = left[:, :BINS], right[:, :BINS]
    loud = np.log1p(np.abs(middle[:, :BINS]) / _TRAINED / level * 10)
    alike = 1 - np.abs(left - right) / (np.abs(left) + np.abs(right) + 3e-6)
    return Frames(middle, np.concatenate([loud, alike], axis=1).astype(np.float32))


def _synthesised(middle: Spectra, share: Floats) -> Floats:
    kept = middle.copy()
    kept[:, :BINS] *= share
    kept[:, BINS:] *= share[:, 257:].mean(axis=1, keepdims=True)
    sound: Floats = np.fft.irfft(kept, FRAME, axis=1).astype(np.float32) * _WINDOW
    return sound
