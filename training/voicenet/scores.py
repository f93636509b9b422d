"""How well a voice was kept: scale-invariant signal to distortion, and how far the music in pauses went down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.voicenet.sounds import Sound, mono, rms

_FURTHEST = 1500  # samples that a method may shift its result
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Score:
    """`gain` in dB of SI-SDR over the mixture, `left` the SI-SDR itself. `attenuation` in dB of the music where nobody
    speaks, after the voice's level was matched; None where somebody always does."""

    gain: float
    left: float
    attenuation: float | None


def score(estimate: Sound, clean: Sound, mixture: Sound, pauses: Flags) -> Score:
    """All at one rate and of one length; `mixture` may be stereo."""
    clean, middle = clean.astype("f8"), mono(mixture).astype("f8")
    estimate = aligned(estimate.astype("f8"), clean)
    before, level_before = si_sdr(middle, clean)
    after, level_after = si_sdr(estimate, clean)
    attenuation = None
    if pauses.any():
        music, rest = rms(middle[pauses] / level_before), rms(estimate[pauses] / max(level_after, 1e-6))
        attenuation = decibels((music + 1e-9) / (rest + 1e-9))
    return Score(after - before, after, attenuation)


def si_sdr(estimate: Sound, clean: Sound) -> tuple[float, float]:
    """In dB, and how much louder than `clean` the voice in `estimate` is. Roux et al., SDR: half-baked or well done?"""
    level = float((estimate @ clean) / (clean @ clean + 1e-12))
    voice = level * clean
    rest = estimate - voice
    return float(10 * np.log10((voice @ voice + 1e-12) / (rest @ rest + 1e-12))), level


def aligned(estimate: Sound, clean: Sound) -> Sound:
    """`estimate` moved to where it fits best."""
    both = np.fft.rfft(estimate, 2 * len(clean)) * np.conj(np.fft.rfft(clean, 2 * len(clean)))
    fit = np.fft.irfft(both, 2 * len(clean))
    shift = int(np.argmax(np.concatenate([fit[-_FURTHEST:], fit[:_FURTHEST]]))) - _FURTHEST
    return np.roll(estimate, -shift)


def decibels(ratio: float) -> float:
    return float(20 * np.log10(ratio + 1e-9))
