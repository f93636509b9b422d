"""The music of the corpus: drawn pieces played by two soundfonts, and electronic ones made of numbers."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from training.voicenet.electronic import electronic
from training.voicenet.midi import Event, control, play, write_midi
from training.voicenet.music_effects import produced
from training.voicenet.songs import Song
from training.voicenet.sounds import Sound, read_wav, rms
from training.voicenet.storing import RATE, to_int16

# Both are MIT; see README.md.
FONTS = (
    Path("/usr/share/sounds/sf2/FluidR3_GM.sf2"),
    Path("/usr/share/sounds/sf3/MuseScore_General_Full.sf3"),
)
_SECONDS = 25
_AT_ONCE = 14  # in one file: loading a soundfont takes longer than playing a piece
_ELECTRONIC = 2  # for each such file
_GAP = 1.5
_ALL_NOTES_OFF, _PEDAL = 123, 64


def music(minutes: float, seed: int, fonts: Sequence[Path]) -> tuple[Sound, Counter[str]]:
    """int16 (n, 2) at 16 kHz, and how many pieces of each style there are."""
    rng, parts, total = np.random.default_rng(seed), [], 0
    styles: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        turn = 0
        while total < minutes * 60 * RATE:
            songs = [Song(_SECONDS, rng) for _ in range(_AT_ONCE)]
            styles.update([*(song.style for song in songs), *["electronic"] * _ELECTRONIC])
            sounds = _played([song.events for song in songs], fonts[turn % len(fonts)], Path(name))
            sounds += [electronic(_SECONDS, rng) for _ in range(_ELECTRONIC)]
            turn += 1
            for sound in sounds:
                if rms(sound) >= 1e-5:
                    parts.append(to_int16(produced(np.array(sound, "f4"), rng) * 0.9))
                    total += len(parts[-1])
    return np.concatenate(parts), styles


def _played(songs: Sequence[Sequence[Event]], font: Path, folder: Path) -> list[Sound]:
    """Each piece, stereo at 16 kHz."""
    events: list[Event] = []
    for number, song in enumerate(songs):
        start = number * (_SECONDS + _GAP)
        events += [(start + at, message) for at, message in song]
        for channel in range(16):
            events += [(start + _SECONDS, control(channel, off, 0)) for off in (_PEDAL, _ALL_NOTES_OFF)]
    write_midi(folder / "songs.mid", events, rest=_GAP)
    options = ["-o", "synth.dynamic-sample-loading=1"]
    play(folder / "songs.mid", folder / "songs.wav", font=font, rate=2 * RATE, gain=0.4, options=options)
    sound, _ = read_wav(folder / "songs.wav")
    both = resample_poly(sound.astype("f4"), 1, 2, axis=0)
    starts = [int(number * (_SECONDS + _GAP) * RATE) for number in range(len(songs))]
    cut = [both[start:][: int((_SECONDS + 0.5) * RATE)] for start in starts]
    return [piece for piece in cut if len(piece) > RATE]
