"""Pieces of music drawn by lot: nine styles, each a few parts that play patterns over four chords."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from training.voicenet.heldout import UNHEARD
from training.voicenet.midi import DRUMS, Event, control, note_off, note_on, program

_SCALES = (
    (0, 2, 4, 5, 7, 9, 11),
    (0, 2, 3, 5, 7, 8, 10),
    (0, 2, 3, 5, 7, 9, 10),
    (0, 2, 4, 5, 7, 9, 10),
    (0, 3, 5, 7, 10),
    (0, 2, 4, 7, 9),
)
_STYLES = {
    "band": 0.28,
    "piano": 0.15,
    "strings": 0.12,
    "pads": 0.11,
    "guitar": 0.10,
    "drums": 0.06,
    "keys": 0.07,
    "winds": 0.06,
    "mallets": 0.05,
}
# General MIDI programs, from 0.
GROUPS: Mapping[str, tuple[int, ...]] = {
    "piano": (0, 1, 3),
    "keys": (4, 6, 7, 16, 17, 18, 19, 21),
    "strings": (40, 42, 44, 45, 46, 48, 50, 110),
    "pads": (48, 50, 52, 53, 54, 88, 89, 90, 91, 92, 93, 94, 95, 97, 99),
    "guitar": (24, 25, 26, 27, 104, 105, 107),
    "winds": (*range(56, 80), 20, 22, 23),
    "mallets": (8, 9, 10, 11, 13, 14, 15, 108, 98),
    "bass": (32, 33, 36, 37, 38, 39),
    "lead": (*range(80, 88), 29, 30, 31, 96, 100, 103),
    "chord": (0, 1, 4, 6, 16, 24, 25, 26, 27, 48, 50, 89, 90),
}
_PATTERNS = {
    "strings": ("pad", "line", "chord", "line", "arp"),
    "pads": ("pad", "pad", "line"),
    "guitar": ("strum", "arp", "strum"),
    "keys": ("chord", "arp", "mel"),
    "winds": ("line", "mel", "chord"),
    "mallets": ("arp", "mel", "chord"),
}
_PAN, _VOLUME, _REVERB, _CHORUS, _PEDAL, _VIBRATO = 10, 7, 91, 93, 64, 1

if UNHEARD & {number for group in GROUPS.values() for number in group}:
    raise AssertionError("a program of the test set would be heard in training")


@dataclass(frozen=True, slots=True)
class _Part:
    """How one channel plays its pattern."""

    channel: int
    steps: np.ndarray
    density: float
    up: int
    division: int
    velocity: float
    swell: float
    rests: bool


class Song:
    """One piece of about `seconds`: its `style`, and its `events` when it is made."""

    def __init__(self, seconds: float, rng: np.random.Generator) -> None:
        self._rng = rng
        self._seconds = seconds
        self.events: list[Event] = []
        self.style = str(rng.choice(list(_STYLES), p=list(_STYLES.values())))
        self._beat = 60 / rng.uniform(52, 165)
        self._root = int(rng.integers(43, 62))
        self._scale = _SCALES[int(rng.integers(len(_SCALES)))]
        self._bar = int(rng.choice([4, 4, 4, 3]))
        self._human = rng.choice([0, 0.004, 0.012])
        self._beats = int(seconds / self._beat) + 1
        self._degrees = [int(rng.integers(0, len(self._scale))) for _ in range(4)]
        self._loops = rng.random() < 0.5
        self._compose()

    def _compose(self) -> None:
        match self.style:
            case "drums":
                self._drum()
            case "band":
                self._play_as_a_band()
            case "piano":
                self._play_the_piano()
            case style:
                self._play_together(style)

    def _play_as_a_band(self) -> None:
        rng = self._rng
        parts = rng.choice(["chord", "arp", "mel", "pad", "strum", "bass", "bass"], int(rng.integers(2, 6)))
        for channel, pattern in enumerate(parts):
            groups = {
                "chord": "chord",
                "arp": rng.choice(["chord", "mallets", "lead"]),
                "mel": rng.choice(["lead", "winds", "piano", "mallets"]),
                "pad": "pads",
                "strum": "guitar",
                "bass": "bass",
            }
            self._play(channel, str(pattern), self._one_of(str(groups[str(pattern)])))
        if rng.random() < 0.8:
            self._drum()

    def _play_the_piano(self) -> None:
        rng, number = self._rng, self._one_of("piano")
        self._play(0, str(rng.choice(["chord", "arp"])), number)
        self._play(1, str(rng.choice(["mel", "arp", "line"])), number)
        if rng.random() < 0.5:
            self._play(2, "bass", number)
        if rng.random() < 0.5:
            self._pedal()

    def _pedal(self) -> None:
        """Down for each bar."""
        for first in range(0, self._beats, self._bar):
            for channel in range(3):
                down, up = first * self._beat + 0.02, max(0.03, (first + self._bar) * self._beat - 0.03)
                self.events.append((down, control(channel, _PEDAL, 127)))
                self.events.append((up, control(channel, _PEDAL, 0)))

    def _play_together(self, style: str) -> None:
        rng = self._rng
        players = int(rng.integers(1, 4))
        for channel in range(players):
            self._play(channel, str(rng.choice(_PATTERNS[style])), self._one_of(style))
        if rng.random() < 0.25:
            self._play(players, "bass", self._one_of("bass"))
        if rng.random() < 0.15:
            self._drum()

    def _one_of(self, group: str) -> int:
        return GROUPS[group][int(self._rng.integers(len(GROUPS[group])))]

    def _pitch(self, degree: int) -> int:
        octave, step = divmod(degree, len(self._scale))
        return self._root + 12 * octave + self._scale[step]

    def _note(self, channel: int, pitch: int, at: float, length: float, velocity: float) -> None:
        if at > self._seconds - 0.1:
            return
        at = max(0, at + self._rng.normal(0, self._human + 1e-9))
        while pitch > 100:
            pitch -= 12
        while pitch < 24:
            pitch += 12
        loud = int(np.clip(velocity + self._rng.normal(0, 7), 15, 124))
        self.events.append((at, note_on(channel, pitch, loud)))
        self.events.append((min(at + length, self._seconds), note_off(channel, pitch)))

    def _set_up(self, channel: int, number: int) -> None:
        rng = self._rng
        pan = rng.integers(8, 120) if rng.random() < 0.7 else 64
        volume, reverb, chorus = rng.integers(60, 120), rng.integers(0, 127), rng.integers(0, 60)
        vibrato = rng.choice([0, 0, 40])
        settings = ((_PAN, pan), (_VOLUME, volume), (_REVERB, reverb), (_CHORUS, chorus), (_PEDAL, 0))
        for setting, value in (*settings, (_VIBRATO, vibrato)):
            self.events.append((0, control(channel, setting, int(value))))
        if channel != DRUMS:
            self.events.append((0, program(channel, number)))

    def _play(self, channel: int, pattern: str, number: int) -> None:
        self._set_up(channel, number)
        rng = self._rng
        steps, density, up = rng.integers(0, 7, 16), rng.uniform(0.3, 1), 12 * int(rng.integers(0, 2))
        division, velocity = int(rng.choice([2, 2, 3, 4])), rng.uniform(50, 95)
        part = _Part(channel, steps, density, up, division, velocity, rng.uniform(0, 12), rng.random() < 0.2)
        plays: Mapping[str, Callable[[_Part, int, int, float], None]] = {
            "chord": self._chord,
            "strum": self._strum,
            "pad": self._pad,
            "bass": self._bass,
            "arp": self._arpeggio,
            "mel": self._melody,
            "line": self._line,
        }
        for beat in range(self._beats):
            bar = beat // self._bar
            if not (part.rests and bar // 4 % 3 == 1):
                loud = part.velocity + part.swell * np.sin(beat / 7)
                plays[pattern](part, beat, self._degrees[bar % 4], loud)

    def _is_first(self, beat: int) -> bool:
        return beat % self._bar == 0

    def _chord(self, part: _Part, beat: int, degree: int, loud: float) -> None:
        if self._is_first(beat) or (beat % 2 == 0 and part.density > 0.6):
            length = self._beat * (self._bar if part.density < 0.5 else 1.8)
            for step in (0, 2, 4, 6)[: 3 + (part.density > 0.7)]:
                self._note(part.channel, self._pitch(degree + step) + part.up, beat * self._beat, length, loud - 8)

    def _strum(self, part: _Part, beat: int, degree: int, loud: float) -> None:
        for quarter, strikes in enumerate(part.steps[:4] > 1):
            if strikes:
                start = beat * self._beat + quarter * self._beat / 4 * (1 if part.density > 0.5 else 2)
                for string, step in enumerate((0, 2, 4, 7, 9)):
                    pitch, softer = self._pitch(degree + step), loud - 12 * (quarter % 2)
                    self._note(part.channel, pitch, start + string * 0.012, self._beat * 0.9, softer)

    def _pad(self, part: _Part, beat: int, degree: int, loud: float) -> None:
        if self._is_first(beat):
            for step in (0, 2, 4, 6):
                pitch = self._pitch(degree + step) + part.up
                self._note(part.channel, pitch, beat * self._beat, self._beat * self._bar, loud - 12)

    def _bass(self, part: _Part, beat: int, degree: int, loud: float) -> None:
        if self._is_first(beat) or self._rng.random() < part.density:
            pitch = self._pitch(degree) - 24 + (7 if self._rng.random() < 0.15 else 0)
            self._note(part.channel, pitch, beat * self._beat, self._beat * 0.9, loud + 12)

    def _arpeggio(self, part: _Part, beat: int, degree: int, loud: float) -> None:
        for k in range(part.division):
            pitch = self._pitch(degree + int(part.steps[(beat * part.division + k) % 16])) + part.up
            start = beat * self._beat + k * self._beat / part.division
            length = self._beat * self._rng.uniform(0.3, 1.2)
            self._note(part.channel, pitch, start, length, loud - 5)

    def _melody(self, part: _Part, beat: int, degree: int, loud: float) -> None:
        for half in range(2):
            if self._rng.random() < part.density:
                step = part.steps[(beat * 2 + half) % 16] if self._loops else self._rng.integers(0, 10)
                length = self._beat * self._rng.uniform(0.3, 1.8)
                pitch = self._pitch(degree + int(step)) + part.up
                self._note(part.channel, pitch, beat * self._beat + half * self._beat / 2, length, loud + 5)

    def _line(self, part: _Part, beat: int, degree: int, loud: float) -> None:
        if beat % 2 == 0 or self._rng.random() < 0.3:
            pitch = self._pitch(degree + int(self._rng.integers(-3, 8))) + part.up
            self._note(part.channel, pitch, beat * self._beat, self._beat * self._rng.uniform(0.9, 2.4), loud)

    def _drum(self) -> None:
        self._set_up(DRUMS, 0)
        rng = self._rng
        self.events.append((0, program(DRUMS, int(rng.choice([0, 0, 0, 16, 24, 25, 32, 40])))))
        hat, swing, busy_hat = (
            int(rng.choice([42, 44, 46, 51, 70, 82])),
            rng.choice([0.5, 0.5, 0.58, 0.66]),
            rng.random() < 0.3,
        )
        kicks = rng.random(4) < 0.45
        kicks[0] = True
        snare, fills = int(rng.choice([38, 40, 39, 37])), rng.uniform(0, 0.3)
        for beat in range(self._beats):
            self._drum_beat(beat, kicks, snare, hat, swing, busy=busy_hat)
            if rng.random() < fills:
                struck = int(rng.integers(35, 82))
                self._note(DRUMS, struck, beat * self._beat + self._beat * rng.choice([0, 0.5, 0.75]), 0.1, 72)
            if beat % (4 * self._bar) == 0 and rng.random() < 0.5:
                self._note(DRUMS, int(rng.choice([49, 57, 55])), beat * self._beat, 0.3, 85)

    def _drum_beat(self, beat: int, kicks: np.ndarray, snare: int, hat: int, swing: float, *, busy: bool) -> None:
        t = beat * self._beat
        if kicks[beat % 4]:
            self._note(DRUMS, 36, t, 0.1, 102)
        if beat % 2:
            self._note(DRUMS, snare, t, 0.1, 96)
        self._note(DRUMS, hat, t, 0.05, 66)
        self._note(DRUMS, hat, t + self._beat * swing, 0.05, 56)
        if busy:
            self._note(DRUMS, hat, t + self._beat * 0.25, 0.05, 48)
            self._note(DRUMS, hat, t + self._beat * 0.75, 0.05, 48)
