"""The test set: unheard voices, and music by unheard instruments. The same for the same seed and programs.

    python -m training.voicenet.testset setA                       FluidR3, programs that the training never used
    python -m training.voicenet.testset setT --plain --font /usr/share/sounds/sf2/TimGM6mb.sf2

Needs espeak-ng, flite, fluidsynth and a soundfont; of Python numpy alone.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.voicenet.beds import ambient, composed
from training.voicenet.heldout import PROGRAMS
from training.voicenet.midi import play, write_midi
from training.voicenet.scores import Flags
from training.voicenet.sounds import Sound, read_wav, resampled, rms

RATE = 44_100
SECONDS = 24.0
FLUID = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
TIM = Path("/usr/share/sounds/sf2/TimGM6mb.sf2")
PROGRAMS_NEEDED = ("espeak-ng", "flite", "fluidsynth")

_ENGLISH = (
    "Welcome back to the show, today we are talking about small studios.",
    "The first thing you need is a quiet room and a decent microphone.",
    "Most people forget that silence is also part of the rhythm.",
    "Let me give you three examples from last week.",
    "If you enjoyed this, please share it with a friend.",
)
_CHINESE = (
    "欢迎回到我们的节目，今天我们聊聊小型工作室。",
    "首先你需要一个安静的房间和一支好麦克风。",
    "很多人忘记了安静也是节奏的一部分。",
    "我来举三个上周的例子。",
)


@dataclass(frozen=True, slots=True)
class Speaker:
    engine: str
    voice: str
    sentences: tuple[str, ...]


SPEAKERS = {
    "espeak_f": Speaker("espeak-ng", "en-gb+f3", _ENGLISH),
    "espeak_zh": Speaker("espeak-ng", "cmn", _CHINESE),
    "flite_slt": Speaker("flite", "slt", _ENGLISH),
    "flite_rms": Speaker("flite", "rms", _ENGLISH),
}
BEDS = ("pop", "piano", "strings", "lofi", "pad")
MORE_BEDS = ("guitar", "drums", "choir", "organ")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A voice at 44.1 kHz, its level 0.1 where `active`."""

    sound: Sound
    active: npt.NDArray[np.bool_]


def said(speaker: Speaker, text: str, folder: Path) -> Sound:
    path = folder / "said.wav"
    if speaker.engine == "flite":
        command = ["flite", "-voice", speaker.voice, "-t", text, "-o", str(path)]
    else:
        command = ["espeak-ng", "-v", speaker.voice, "-s", "155", "-w", str(path), text]
    subprocess.run(command, check=True, capture_output=True)
    sound, rate = read_wav(path)
    return resampled(sound[:, 0], rate, RATE)


def spoken(speaker: Speaker, seed: int, folder: Path) -> Spoken:
    """Sentences with pauses of 0.7 to 1.6 s between them, in a small room."""
    rng = np.random.default_rng(seed)
    sound, active = np.zeros(int(RATE * SECONDS)), np.zeros(int(RATE * SECONDS), bool)
    at, number = int(1.5 * RATE), 0
    while True:
        sentence = _trimmed(said(speaker, speaker.sentences[number % len(speaker.sentences)], folder))
        if at + len(sentence) > len(sound) - RATE:
            break
        sound[at : at + len(sentence)] += sentence
        active[at : at + len(sentence)] = True
        at += len(sentence) + int(RATE * rng.uniform(0.7, 1.6))
        number += 1
    room = rng.standard_normal(int(0.12 * RATE)) * np.exp(-np.arange(int(0.12 * RATE)) / (0.03 * RATE)) * 0.03
    room[0] = 1
    sound = np.convolve(sound, room)[: len(sound)]
    return Spoken(sound / rms(sound[active]) * 0.1, active)


def _trimmed(sound: Sound, share: float = 0.01) -> Sound:
    loud = np.abs(sound) > share * np.abs(sound).max()
    return sound[np.argmax(loud) : len(loud) - np.argmax(loud[::-1])]


def music(name: str, seed: int, font: Path, folder: Path, *, plain: bool) -> Sound:
    """(n, 2) at 44.1 kHz with a level of 0.1. `plain`: the programs as written, for a font not trained on."""
    if name == "pad":
        sound = ambient(seed, SECONDS, RATE)
    else:
        events = composed(name, seed, SECONDS, {} if plain else PROGRAMS)
        write_midi(folder / "bed.mid", events)
        play(folder / "bed.mid", folder / "bed.wav", font=font, rate=RATE, gain=0.6)
        sound, _ = read_wav(folder / "bed.wav")
        length = int(RATE * SECONDS)
        sound = np.pad(sound, ((0, max(0, length - len(sound))), (0, 0)))[:length]
    return sound / rms(sound) * 0.1


def make(to: Path, *, font: Path, plain: bool, seed: int = 500) -> None:
    """Writes `voice_*.npz` and `bed_*.npz`."""
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, (speaker_name, speaker) in enumerate(SPEAKERS.items()):
            voice = spoken(speaker, seed + number, folder)
            np.savez_compressed(to / f"voice_{speaker_name}.npz", y=voice.sound.astype("f4"), act=voice.active)
        for number, bed in enumerate((*BEDS, *MORE_BEDS) if plain else BEDS):
            sound = music(bed, seed + 100 + number, font, folder, plain=plain)
            np.savez_compressed(to / f"bed_{bed}.npz", m=sound.astype("f4"))


def recorded(folder: Path) -> tuple[Sound, Flags]:
    """Recordings of one clean voice, one behind the other with pauses of 0.7 s. Noise is left out by its name."""
    sounds, active, gap = [], [], int(0.7 * RATE)
    for path in sorted(folder.glob("*.wav")):
        if "Noise" in path.name:
            continue
        sound, rate = read_wav(path)
        one = resampled(sound.mean(axis=1), rate, RATE)
        loud = np.abs(one) > 0.02 * np.abs(one).max()
        one = one[np.argmax(loud) : len(loud) - np.argmax(loud[::-1])]
        sounds += [one / rms(one) * 0.1, np.zeros(gap)]
        active += [np.ones(len(one), bool), np.zeros(gap, bool)]
    return np.concatenate(sounds), np.concatenate(active)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("to", type=Path)
    parser.add_argument("--font", type=Path, default=FLUID)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--seed", type=int, default=500)
    wish = parser.parse_args()
    make(wish.to, font=wish.font, plain=wish.plain, seed=wish.seed)


if __name__ == "__main__":
    main()
