"""Runs a sound through the network in blocks: memory does not grow with its length, and the result is the same.

Frames of 64 ms every 32 ms at 48 kHz. The network was trained at 16 kHz: bins below 8 kHz get its mask, those above get
the mean of the mask between 4 and 8 kHz.
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
# Loudness is judged beside what is heard so many frames before and after, four seconds each: a quiet talk behind a
# loud opening is kept as well as one without. The training's cuts have four seconds in all.
AROUND = 125
BLOCK_FRAMES = 625  # twenty seconds

Spectra = npt.NDArray[np.complex64]


@dataclass(frozen=True, slots=True)
class _Frames:
    """Consecutive frames: the middle's spectra (frames, 1537) and the features for the network (frames, 1026)."""

    middle: Spectra
    shown: Floats

    def __len__(self) -> int:
        return len(self.middle)

    def __add__(self, other: _Frames) -> _Frames:
        return _Frames(np.concatenate([self.middle, other.middle]), np.concatenate([self.shown, other.shown]))

    def __getitem__(self, part: slice) -> _Frames:
        return _Frames(self.middle[part], self.shown[part])


_NONE = _Frames(np.zeros((0, FRAME // 2 + 1), np.complex64), np.zeros((0, 2 * BINS), np.float32))


def voice_of(weights: Weights, pieces: Iterable[Floats], block: int = BLOCK_FRAMES) -> Iterator[Floats]:
    """The voice of stereo `pieces` (n, 2), as mono pieces, all at 48 kHz; exactly as long as the input."""
    came, gone = 0, 0

    def counted() -> Iterator[Floats]:
        nonlocal came
        for piece in pieces:
            came += len(piece)
            yield piece

    for piece in _sound(weights, counted(), block):
        fitting = piece[: came - gone]  # what is made lags behind what came, but for the end
        gone += len(fitting)
        yield fitting


def _sound(weights: Weights, pieces: Iterable[Floats], block: int) -> Iterator[Floats]:
    """Overlap-adds the frames; the first half of the first one lies before the beginning."""
    tail = np.zeros(HOP, np.float32)
    is_first = True
    for middle, share in _masked(weights, pieces, block):
        sound = _synthesised(middle, share)
        starts, ends = sound[:, :HOP], sound[:, HOP:]
        starts[1:] += ends[:-1]
        starts[0] += tail
        tail = ends[-1]
        yield starts[1:].ravel() if is_first else starts.ravel()
        is_first = False
    yield tail


def _masked(weights: Weights, pieces: Iterable[Floats], block: int) -> Iterator[tuple[Spectra, Floats]]:
    """Yields each frame once with its mask, computed with all frames within the network's reach."""
    kept, before = _NONE, 0
    for frames in _levelled(_heard(pieces)):
        kept += frames
        while len(kept) - before >= block + REACH:
            share = mask(weights, kept.shown[: before + block + REACH])[before : before + block]
            yield kept.middle[before : before + block], share
            dropped = max(0, before + block - REACH)
            kept, before = kept[dropped:], before + block - dropped
    if len(kept) > before:
        yield kept.middle[before:], mask(weights, kept.shown)[before:]


def _levelled(heard: Iterable[_Frames]) -> Iterator[_Frames]:
    """Loudness relative to the level around each frame, as the network was trained."""
    waiting, powers, first = _NONE, np.zeros(0), 0
    for frames in heard:
        waiting += frames
        powers = np.concatenate([powers, (frames.shown[:, :BINS].astype(np.float64) ** 2).mean(axis=1)])
        ready = len(powers) - first - AROUND
        if ready > 0:
            yield _beside(waiting[:ready], _levels(powers, first, ready))
            dropped = max(0, first + ready - AROUND)
            waiting, powers, first = waiting[ready:], powers[dropped:], first + ready - dropped
    if len(waiting):
        yield _beside(waiting, _levels(powers, first, len(waiting)))


def _levels(powers: npt.NDArray[np.float64], first: int, count: int) -> Floats:
    """For `count` frames from `first`: the root of the mean power around each, as far as there is any."""
    sums = np.concatenate([[0.0], np.cumsum(powers)])
    at = np.arange(first, first + count)
    start, end = np.maximum(at - AROUND, 0), np.minimum(at + AROUND + 1, len(powers))
    levels: Floats = (np.sqrt((sums[end] - sums[start]).clip(0) / (end - start)) + 1e-5).astype(np.float32)
    return levels


def _beside(frames: _Frames, levels: Floats) -> _Frames:
    loud = np.log1p(frames.shown[:, :BINS] / levels[:, None] * 10)
    return _Frames(frames.middle, np.concatenate([loud, frames.shown[:, BINS:]], axis=1))


def _heard(pieces: Iterable[Floats]) -> Iterator[_Frames]:
    """`shown` holds the middle's magnitudes and the similarity of left and right."""
    for windows in _windows(pieces):
        left = np.fft.rfft(windows[:, :, 0] * _WINDOW, axis=1).astype(np.complex64)
        right = np.fft.rfft(windows[:, :, 1] * _WINDOW, axis=1).astype(np.complex64)
        middle = (left + right) * np.float32(0.5)
        left, right = left[:, :BINS], right[:, :BINS]
        alike = 1 - np.abs(left - right) / (np.abs(left) + np.abs(right) + 3e-6)
        yield _Frames(middle, np.concatenate([np.abs(middle[:, :BINS]) / _TRAINED, alike], axis=1).astype(np.float32))


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


def _synthesised(middle: Spectra, share: Floats) -> Floats:
    kept = middle.copy()
    kept[:, :BINS] *= share
    kept[:, BINS:] *= share[:, 257:].mean(axis=1, keepdims=True)
    sound: Floats = np.fft.irfft(kept, FRAME, axis=1).astype(np.float32) * _WINDOW
    return sound
