"""What the network does where it should do nothing, or everything: clean voices, music alone, voices in noise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from training.voicenet.methods import WITHOUT_A_NET, Method, methods
from training.voicenet.scores import aligned, decibels, si_sdr
from training.voicenet.sounds import Sound, mono, rms
from training.voicenet.testset import RATE, SPEAKERS, recorded


def harm(sets: Mapping[str, Path], nets: Sequence[Path], real: Path | None) -> Iterator[str]:
    first = next(iter(sets.values()))
    voices = {name: np.load(first / f"voice_{name}.npz")["y"] for name in SPEAKERS}
    if real:
        voices["real"] = recorded(real)[0]
    for name, method in list(methods(nets).items())[len(WITHOUT_A_NET) :]:
        left = [f"{voice} {si_sdr(_fitting(method(y), y), y.astype('f8'))[0]:.1f}" for voice, y in voices.items()]
        yield f"Clean voices, {name}: SI-SDR {', '.join(left)} dB.\n"
        for set_name, folder in sets.items():
            rests = [f"{bed.stem[4:]} {_rest(method, bed):.0f}" for bed in sorted(folder.glob("bed_*.npz"))]
            yield f"Music alone, set {set_name}, {name}: {', '.join(rests)} dB left.\n"
        gains = [
            f"{kind} {ratio:+d} dB {np.mean([_gain(method, y, kind, ratio) for y in _natural(voices)]):+.1f}"
            for kind in ("pink", "white", "hum")
            for ratio in (20, 10)
        ]
        yield f"Voices in noise, {name}: SI-SDR gain {', '.join(gains)} dB.\n"


def _natural(voices: Mapping[str, Sound]) -> list[Sound]:
    """Those that were cut from recordings of people."""
    return [sound for name, sound in voices.items() if not name.startswith("espeak")]


def _fitting(estimate: Sound, clean: Sound) -> Sound:
    return aligned(estimate.astype("f8"), clean.astype("f8"))


def _rest(method: Method, bed: Path) -> float:
    music = np.load(bed)["m"]
    music = (music / np.abs(music).max() * 0.5).astype("f4")
    return decibels(rms(method(music)) / rms(mono(music)))


def _gain(method: Method, voice: Sound, kind: str, ratio: int) -> float:
    noise = _noise(kind, len(voice))
    active = np.abs(voice) > 0.02
    noise *= 0.1 / rms(noise[active]) * 10 ** (-ratio / 20)
    gain = 0.5 / np.abs(voice + noise).max()
    mixture, clean = ((voice + noise) * gain).astype("f4"), (voice * gain).astype("f8")
    return si_sdr(_fitting(method(mixture), clean), clean)[0] - si_sdr(mixture.astype("f8"), clean)[0]


def _noise(kind: str, length: int) -> Sound:
    if kind == "hum":
        t = np.arange(length) / RATE
        hum: Sound = np.sum([np.sin(2 * np.pi * 50 * k * t + k) / k for k in range(1, 12)], axis=0)
        return hum
    rng = np.random.default_rng(5)
    slope = -0.5 if kind == "pink" else 0.0
    tilt = np.maximum(np.fft.rfftfreq(length, 1 / RATE), 30) ** slope
    return np.fft.irfft(np.fft.rfft(rng.standard_normal(length)) * tilt, length)
