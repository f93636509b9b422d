"""A spoken sentence, music made here, and how alike two sounds are."""

from __future__ import annotations

import subprocess
import wave
from pathlib import Path

import numpy as np

from studio.separation.blocks import RATE
from studio.separation.network import Floats
from tests.making import chosen_ffmpeg

# espeak-ng's voice en-gb+f3, which was never in the training; a program's output.
SPOKEN = Path(__file__).parent / "voice.ogg"


def spoken() -> Floats:
    """Mono, at `RATE`."""
    raw = ["-f", "f32le", "-ac", "1", "-ar", str(RATE), "-"]
    command = [chosen_ffmpeg().binary, "-v", "error", "-i", str(SPOKEN), *raw]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.float32)


def music(length: int) -> Floats:
    """Chords with a beat under them, in stereo."""
    t = np.arange(length) / RATE
    chords = [(220.0, 277.2, 329.6), (196.0, 246.9, 293.7), (174.6, 220.0, 261.6)]
    left, right = np.zeros(length), np.zeros(length)
    for number in range(int(t[-1]) + 1):
        span = slice(number * RATE, min(length, (number + 1) * RATE))
        local = t[span] - number
        for tone, pan in zip(chords[number % 3], (0.2, 0.5, 0.8), strict=True):
            sound = sum(np.sin(2 * np.pi * tone * k * local) / k for k in range(1, 6)) * np.exp(-1.5 * local)
            left[span] += sound * pan
            right[span] += sound * (1 - pan)
        kick = np.sin(2 * np.pi * 60 * local) * np.exp(-18 * (local % 0.5))
        left[span] += kick
        right[span] += kick
    return np.stack([left, right], axis=1).astype(np.float32)


def over_music(voice: Floats) -> Floats:
    """The voice and music at 0 dB, in stereo."""
    sound = music(len(voice))
    level = np.sqrt((voice**2).mean() / (sound.mean(axis=1) ** 2).mean())
    both: Floats = (voice[:, None] + sound * level).astype(np.float32) * np.float32(0.4)
    return both


def written(sound: Floats, path: Path) -> Path:
    raw = ["-f", "f32le", "-ac", "2", "-ar", str(RATE), "-i", "-"]
    command = [chosen_ffmpeg().binary, "-v", "error", "-y", *raw, str(path)]
    subprocess.run(command, input=sound.tobytes(), check=True)
    return path


def si_sdr(estimate: Floats, clean: Floats) -> float:
    estimate, clean = estimate - estimate.mean(), clean - clean.mean()
    target = (estimate @ clean) / (clean @ clean) * clean
    return float(10 * np.log10((target @ target) / ((estimate - target) @ (estimate - target))))


def read(path: Path) -> Floats:
    with wave.open(str(path)) as sound:
        return np.frombuffer(sound.readframes(sound.getnframes()), np.int16).astype(np.float32) / np.float32(32768)


def picture_hash(path: Path) -> bytes:
    command = [chosen_ffmpeg().binary, "-v", "error", "-i", str(path), "-map", "0:v", "-c", "copy", "-f", "md5", "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout
