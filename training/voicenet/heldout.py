"""What the training never hears, so that it can be tested on."""

from __future__ import annotations

# General MIDI programs (from 0), each beside the one that a piece of the test set is written for.
PROGRAMS = {4: 5, 33: 34, 27: 28, 48: 49, 0: 2, 40: 41, 42: 43, 32: 35, 11: 12, 25: 51, 52: 51}
UNHEARD = frozenset({2, 5, 12, 28, 34, 35, 41, 43, 49, 51})
# Also flite's slt and rms, espeak-ng's variant f3 and its Mandarin, the soundfont TimGM6mb, any recording of a person
# who speaks naturally, and any singing.
