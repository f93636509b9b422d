"""What can be had without any training, to compare with: centre extraction and spectral gating."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from training.voicenet.sounds import Sound, mono

_FRAME = 4096
_HOP = _FRAME // 4
_WINDOW = np.hanning(_FRAME + 1)[:-1]
_BAND = (90, 9000)  # Hz that a voice has
_RATE = 44_100
# The best of 2, 4, 6, 8, 16, 32 on two voices: higher takes more music away and more voice with it.
_STEEPNESS = 6
_FLOOR_SECONDS = 2.0
_GATE_ABOVE = 2.0
_GATE_SLOPE = 10.0
Spectra = npt.NDArray[np.complexfloating]


def centre(sound: Sound) -> Sound:
    """What is alike in left and right. Of a mono sound it can take nothing away."""
    if sound.ndim == 1:
        return sound
    left, right = _spectra(sound[:, 0]), _spectra(sound[:, 1])
    alike = 1 - np.abs(left - right) / (np.abs(left) + np.abs(right) + 1e-9)
    pitch = np.fft.rfftfreq(_FRAME, 1 / _RATE)
    within = (pitch > _BAND[0]) & (pitch < _BAND[1])
    return _sound((left + right) / 2 * alike.clip(0, 1) ** _STEEPNESS * within, len(sound))


def gate(sound: Sound) -> Sound:
    """Closes what does not stand out of what its frequency has had for two seconds, as programs against noise do."""
    spectra = _spectra(mono(sound))
    floor = _slow(_slow(np.abs(spectra))[::-1])[::-1] + 1e-9
    above = (np.abs(spectra) - floor) / floor
    opened = 1 / (1 + np.exp(-np.clip((above - _GATE_ABOVE) * _GATE_SLOPE, -40, 40)))
    return _sound(spectra * _smooth(opened), len(sound))


def _slow(frames: Sound) -> Sound:
    share = _HOP / _RATE / _FLOOR_SECONDS
    followed, state = np.empty_like(frames), frames[0]
    for number, frame in enumerate(frames):
        state = state + share * (frame - state)
        followed[number] = state
    return followed


def _smooth(mask: Sound) -> Sound:
    """Over 50 ms and 500 Hz, so that single bins do not ring."""
    for axis, reach in ((0, 1), (1, 22)):
        kernel = np.bartlett(2 * reach + 3)[1:-1]
        mask = np.apply_along_axis(np.convolve, axis, mask, kernel / kernel.sum(), "same")
    return mask


def _spectra(sound: Sound) -> Spectra:
    padded = np.pad(sound, (_FRAME, _FRAME))
    return np.fft.rfft(np.lib.stride_tricks.sliding_window_view(padded, _FRAME)[::_HOP] * _WINDOW, axis=1)


def _sound(spectra: Spectra, length: int) -> Sound:
    frames = np.fft.irfft(spectra, _FRAME, axis=1) * _WINDOW
    sound, weight = np.zeros(length + 3 * _FRAME), np.zeros(length + 3 * _FRAME)
    for number, frame in enumerate(frames):
        at = slice(number * _HOP, number * _HOP + _FRAME)
        sound[at] += frame
        weight[at] += _WINDOW**2
    return (sound / np.maximum(weight, 1e-6))[_FRAME : _FRAME + length]
