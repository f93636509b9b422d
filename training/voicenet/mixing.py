"""Mixtures drawn from the corpus without end: the voice in the middle, or nearly; its mono part is what is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from training.voicenet.spectra import BINS, FRAME, spectra
from training.voicenet.storing import RATE

LENGTH = 4 * RATE
_KNEES = np.log([20, 150, 500, 1500, 4000, 8000])
_PITCHES = np.log(np.fft.rfftfreq(FRAME, 1 / RATE) + 20)
_FOR_TRAINING = 0.97  # of each kind; what comes after is for validation
_NO_CURVE = np.ones(BINS)
Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Batch:
    """Spectra of both sides of the mixture and of the voice; `has_voice` is 0 where nobody speaks, else 1."""

    left: Tensor
    right: Tensor
    voice: Tensor
    has_voice: Tensor


@dataclass(frozen=True, slots=True)
class _Draw:
    voice: Floats
    background: Floats
    voice_curve: Floats
    background_curve: Floats
    pan: tuple[float, float]
    gain: float


class Mixer:
    def __init__(self, corpus: Path, seed: int, *, validates: bool = False) -> None:
        self._rng = np.random.default_rng(seed)
        self._sounds = {name: np.load(corpus / f"{name}.npy", mmap_mode="r") for name in ("speech", "music", "noise")}
        self._validates = validates

    def batch(self, size: int) -> Batch:
        draws = [self._draw() for _ in range(size)]

        def stacked(values: list[Floats] | list[float]) -> Tensor:
            return torch.from_numpy(np.stack([np.asarray(value, "f4") for value in values]))

        gain = stacked([draw.gain for draw in draws])[:, None]
        voice = spectra(stacked([draw.voice for draw in draws]))
        voice = voice * stacked([draw.voice_curve for draw in draws])[:, :, None] * gain[:, :, None]
        rest = spectra(stacked([draw.background.T for draw in draws]))
        rest = rest * (stacked([draw.background_curve for draw in draws]) * gain)[:, None, :, None]
        pan = torch.tensor([draw.pan for draw in draws])[:, :, None, None]
        has_voice = torch.tensor([float(draw.voice.any()) for draw in draws])
        return Batch(rest[:, 0] + voice * pan[:, 0], rest[:, 1] + voice * pan[:, 1], voice, has_voice)

    def _draw(self) -> _Draw:
        rng = self._rng
        voice, background = self._cut("speech"), self._music()
        speaks = (np.abs(voice) > 0.02).sum() > RATE // 10
        background = self._disturbed(background)
        if not speaks or rng.random() < 0.05:
            voice = voice * 0
        if not background.any() and not voice.any():
            background = self._cut("music")
        background_curve = self._curve(3) if rng.random() < 0.4 else _NO_CURVE
        voice_curve = self._curve(3.5) if rng.random() < 0.7 else _NO_CURVE
        aside = rng.uniform(-0.15, 0.15) if rng.random() < 0.2 else 0.0
        gain = 10 ** (rng.uniform(-18, 0) / 20)
        return _Draw(voice, background, voice_curve, background_curve, (1 + aside, 1 - aside), gain)

    def _music(self) -> Floats:
        """One or two pieces, narrowed or widened, turned over, swelling, at -10 to +13 dB under a voice."""
        rng = self._rng
        sound = self._cut("music")
        if rng.random() < 0.25:
            sound = sound + self._cut("music") * np.float32(rng.uniform(0.2, 1))
        middle = sound.mean(1, keepdims=True)
        sound = middle + (sound - middle) * np.float32(rng.choice([0, 0, 0.5, 1, 1, 1.3]))
        if rng.random() < 0.3:
            sound = sound[:, ::-1]
        if rng.random() < 0.25:
            points = int(rng.integers(3, 7))
            swell = 10 ** (rng.uniform(-18, 3, points) / 20)
            times = np.linspace(0, LENGTH, points)
            sound = sound * np.interp(np.arange(LENGTH), times, swell).astype("f4")[:, None]
        level = np.sqrt((sound.mean(1) ** 2).mean()) + 1e-4
        return sound / level * 0.09 * np.float32(10 ** (-rng.uniform(-10, 13) / 20))

    def _disturbed(self, background: Floats) -> Floats:
        """5 %: a clean voice. 4 %: noise for music. 8 %: noise with the music."""
        rng = self._rng
        drawn = rng.random()
        if drawn < 0.05:
            return background * 0
        if drawn < 0.09:
            return self._cut("noise") * np.float32(10 ** (-rng.uniform(0, 25) / 20))
        if drawn < 0.17:
            return background + self._cut("noise") * np.float32(10 ** (-rng.uniform(6, 30) / 20))
        return background

    def _cut(self, kind: str) -> Floats:
        sound = self._sounds[kind]
        border = int(len(sound) * _FOR_TRAINING)
        first, last = (border, len(sound) - LENGTH) if self._validates else (0, border - LENGTH)
        start = int(self._rng.integers(first, last))
        return sound[start : start + LENGTH].astype("f4") / 32767

    def _curve(self, deviation: float) -> Floats:
        """An equaliser of six bands, `deviation` in dB."""
        return 10 ** (np.interp(_PITCHES, _KNEES, self._rng.normal(0, deviation, 6)) / 20)
