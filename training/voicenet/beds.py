"""The music of the test set: eight pieces for a soundfont, and a pad made of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from training.voicenet.midi import DRUMS, Event, control, note_off, note_on, program
from training.voicenet.sounds import Sound

_CHORDS = ((57, 60, 64, 67), (53, 57, 60, 64), (48, 52, 55, 59), (55, 59, 62, 65))
_SCALE = (57, 59, 60, 62, 64, 65, 67, 69, 72)
_TEMPOS = {"pop": 112, "piano": 84, "strings": 72, "lofi": 82, "guitar": 96, "drums": 104, "choir": 66, "organ": 76}
_KICK, _SNARE, _HAT, _CRASH = 36, 38, 42, 49


@dataclass(slots=True)
class _Piece:
    """What is played, and the dice. A chord lasts four beats."""

    rng: np.random.Generator
    beat: float
    beats: int
    programs: Mapping[int, int]
    events: list[Event] = field(default_factory=list)

    def instrument(self, channel: int, number: int, pan: int, volume: int = 100) -> None:
        self.events.append((0, program(channel, self.programs.get(number, number))))
        self.events.append((0, control(channel, 10, pan)))
        self.events.append((0, control(channel, 7, volume)))

    def note(self, channel: int, pitch: int, at: float, length: float, velocity: float, *, human: bool = True) -> None:
        at = max(0, at + (self.rng.normal(0, 0.006) if human else 0))
        velocity += self.rng.normal(0, 6) if human else 0
        self.events.append((at, note_on(channel, int(pitch), int(np.clip(velocity, 1, 127)))))
        self.events.append((at + length, note_off(channel, int(pitch))))

    def chord(self, beat: int) -> tuple[int, ...]:
        return _CHORDS[beat // 4 % 4]

    def any_of(self, chord: tuple[int, ...]) -> int:
        return chord[int(self.rng.integers(4))]


def composed(name: str, seed: int, seconds: float, programs: Mapping[int, int]) -> list[Event]:
    """`programs` puts other instruments in the place of those that the piece is written for."""
    beat = 60 / _TEMPOS[name]
    piece = _Piece(np.random.default_rng(seed), beat, int(seconds / beat) + 4, programs)
    match name:
        case "pop":
            _pop(piece)
        case "piano":
            _piano(piece)
        case "strings":
            _strings(piece)
        case "lofi":
            _lofi(piece)
        case "guitar":
            _guitar(piece)
        case "drums":
            _drums(piece)
        case _:
            _held(piece, 52 if name == "choir" else 19)
    return piece.events


def _pop(piece: _Piece) -> None:
    for channel, number, pan, volume in ((0, 4, 40, 100), (1, 33, 64, 110), (2, 27, 100, 100), (3, 48, 20, 80)):
        piece.instrument(channel, number, pan, volume)
    piece.events.append((0, control(DRUMS, 7, 105)))
    spb = piece.beat
    for b in range(piece.beats):
        chord, t = piece.chord(b), b * spb
        if b % 2 == 0:
            for pitch in chord:
                piece.note(0, pitch, t, spb * 1.6, 70)
        piece.note(1, chord[0] - 24, t, spb * 0.9, 95)
        for k in range(2):
            piece.note(2, piece.any_of(chord) + 12, t + k * spb / 2, spb * 0.4, 64)
        if b % 4 == 0:
            for pitch in chord[:3]:
                piece.note(3, pitch + 12, t, spb * 4, 60)
        _beat(piece, b)


def _beat(piece: _Piece, b: int) -> None:
    t = b * piece.beat
    piece.note(DRUMS, _KICK if b % 2 == 0 else _SNARE, t, 0.1, 100)
    piece.note(DRUMS, _HAT, t, 0.05, 70)
    piece.note(DRUMS, _HAT, t + piece.beat / 2, 0.05, 55)


def _piano(piece: _Piece) -> None:
    piece.instrument(0, 0, 64)
    spb, rng = piece.beat, piece.rng
    for b in range(piece.beats):
        chord, t = piece.chord(b), b * spb
        if b % 4 == 0:
            for pitch in chord[:3]:
                piece.note(0, pitch - 12, t, spb * 3.8, 58)
        for k in range(int(rng.integers(1, 4))):
            pitch = piece.any_of(chord) + 12 * int(rng.integers(0, 2))
            piece.note(0, pitch, t + k * spb / 3, spb * rng.uniform(0.4, 1.2), 66)


def _strings(piece: _Piece) -> None:
    for channel, number, pan in ((0, 48, 40), (1, 40, 64), (2, 42, 90)):
        piece.instrument(channel, number, pan)
    spb = piece.beat
    for b in range(0, piece.beats, 2):
        chord, t = piece.chord(b), b * spb
        if b % 4 == 0:
            for pitch in chord[:3]:
                piece.note(0, pitch, t, spb * 4, 68)
            piece.note(2, chord[0] - 12, t, spb * 4, 75)
        piece.note(1, _SCALE[int(piece.rng.integers(len(_SCALE)))] + 7, t, spb * 1.9, 80)


def _lofi(piece: _Piece) -> None:
    """Four bars that repeat to the tick."""
    for channel, number, pan, volume in ((0, 4, 54, 100), (1, 32, 64, 100), (2, 11, 90, 80)):
        piece.instrument(channel, number, pan, volume)
    piece.events.append((0, control(DRUMS, 7, 95)))
    spb, melody = piece.beat, [piece.rng.integers(0, 4, 8) for _ in range(4)]
    for b in range(piece.beats):
        chord, t = piece.chord(b), b * spb
        if b % 4 == 0:
            for pitch in chord:
                piece.note(0, pitch, t, spb * 3.5, 66, human=False)
            piece.note(1, chord[0] - 24, t, spb * 1.5, 90, human=False)
        if b % 4 == 2:
            piece.note(1, chord[0] - 17, t, spb * 1.2, 80, human=False)
        for k in range(2):
            step = melody[b // 4 % 4][b % 4 * 2 + k]
            piece.note(2, chord[step] + 12, t + k * spb * 0.55, spb * 0.5, 55, human=False)
        piece.note(DRUMS, _KICK if b % 2 == 0 else _SNARE, t, 0.1, 92, human=False)
        piece.note(DRUMS, _HAT, t + spb * 0.56, 0.05, 58, human=False)
        piece.note(DRUMS, _HAT, t, 0.05, 66, human=False)


def _guitar(piece: _Piece) -> None:
    """Steel strings, picked."""
    piece.instrument(0, 25, 58)
    spb = piece.beat
    for b in range(piece.beats):
        chord, t = piece.chord(b), b * spb
        if b % 2 == 0:
            piece.note(0, chord[0] - 12, t, spb * 1.8, 74)
        for k in range(2):
            piece.note(0, piece.any_of(chord), t + k * spb / 2, spb * 0.9, 66)
        if b % 4 == 3:
            for i, pitch in enumerate(chord):
                piece.note(0, pitch, t + i * 0.014, spb, 70)


def _drums(piece: _Piece) -> None:
    spb, rng = piece.beat, piece.rng
    for b in range(piece.beats):
        t = b * spb
        _beat(piece, b)
        if b % 8 == 7:
            for k in range(4):
                piece.note(DRUMS, int(rng.choice([45, 47, 50, 41])), t + k * spb / 4, 0.1, 88)
        if b % 16 == 0:
            piece.note(DRUMS, _CRASH, t, 0.5, 90)


def _held(piece: _Piece, number: int) -> None:
    piece.instrument(0, number, 64)
    for b in range(0, piece.beats, 4):
        for pitch in piece.chord(b):
            piece.note(0, pitch, b * piece.beat, piece.beat * 4, 72)


def ambient(seed: int, seconds: float, rate: int) -> Sound:
    """A wide pad of four detuned voices a note, (n, 2)."""
    rng = np.random.default_rng(seed)
    t = np.arange(int(seconds * rate)) / rate
    sound = np.zeros((len(t), 2))
    for number, chord in enumerate(((45, 52, 57, 60, 64), (41, 48, 53, 57, 60))):
        swell = 0.5 + 0.5 * np.cos(2 * np.pi * (t / 12 - number * 0.5))
        for pitch in (pitch for pitch in chord for _ in range(4)):
            tone = 440 * 2 ** ((pitch - 69 + rng.normal(0, 0.06)) / 12)
            pan = rng.uniform(0, 1)
            wobble = 0.3 * np.sin(2 * np.pi * rng.uniform(0.1, 0.4) * t) / 6
            phase = 2 * np.pi * (tone * t + wobble + rng.uniform())
            wave = sum(np.sin(k * phase) / k**1.3 for k in range(1, 9))
            sound[:, 0] += swell * wave * np.sqrt(1 - pan)
            sound[:, 1] += swell * wave * np.sqrt(pan)
    return sound
