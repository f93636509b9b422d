"""As much of the Standard MIDI File as a soundfont player needs. Events are `(seconds, message)`."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Iterable
from pathlib import Path

Event = tuple[float, bytes]

DRUMS = 9  # the channel that General MIDI plays drums on
_TICKS = 960  # a second: 480 a beat, and a beat of half a second
_BEAT = 480
_TEMPO = b"\x00\xff\x51\x03" + (500_000).to_bytes(3, "big")
_END = b"\xff\x2f\x00"


def note_on(channel: int, note: int, velocity: int) -> bytes:
    return bytes((0x90 | channel, note, velocity))


def note_off(channel: int, note: int) -> bytes:
    return bytes((0x80 | channel, note, 64))


def control(channel: int, number: int, value: int) -> bytes:
    return bytes((0xB0 | channel, number, value))


def program(channel: int, number: int) -> bytes:
    return bytes((0xC0 | channel, number))


def write_midi(path: Path, events: Iterable[Event], *, rest: float = 0.0) -> None:
    """`events` in the order of their times, those of one time as they come; then `rest` seconds of nothing."""
    track, last = bytearray(_TEMPO), 0
    for seconds, message in sorted(events, key=lambda event: event[0]):
        tick = round(seconds * _TICKS)
        track += _length(max(0, tick - last)) + message
        last = max(last, tick)
    track += _length(int(rest * _TICKS)) + _END
    header = b"MThd" + struct.pack(">IHHH", 6, 1, 1, _BEAT)
    path.write_bytes(header + b"MTrk" + struct.pack(">I", len(track)) + track)


def play(midi: Path, to: Path, *, font: Path, rate: int, gain: float, options: Iterable[str] = ()) -> None:
    """Lets fluidsynth play it into a stereo WAV."""
    command = ["fluidsynth", "-ni", "-g", str(gain), *options, "-r", str(rate), "-F", str(to), str(font), str(midi)]
    subprocess.run(command, check=True, capture_output=True)


def _length(ticks: int) -> bytes:
    """A number in groups of seven bits, all but the last marked."""
    groups = [ticks & 0x7F]
    while ticks := ticks >> 7:
        groups.append(ticks & 0x7F | 0x80)
    return bytes(reversed(groups))
