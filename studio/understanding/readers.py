"""What one clause asks for by itself: the readers of all kinds of edits, one after the other. Pure."""

from __future__ import annotations

from collections.abc import Callable

from studio.understanding import loudness, merging, pacing, retitling, seeing, voices
from studio.understanding.cutting import Reading, cut_or_keep
from studio.understanding.writing import Clause

_READERS: tuple[Callable[[Clause], Reading], ...] = (
    loudness.duck,
    voices.voice_alone,
    retitling.edit_text,
    seeing.text,
    loudness.fade,
    pacing.speed,
    merging.merge,
    merging.music,
    loudness.mute,
    loudness.volume,
    voices.extract,
    seeing.shape,
    cut_or_keep,
)


def first_reading(clause: Clause) -> Reading:
    for reader in _READERS:
        reading = reader(clause)
        if reading is not None:
            return reading
    return None
