"""The methods that separate a voice from music, and the outcome of a separation."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

# Music alone is left at -22 dB at best (a choir); a voice that speaks a tenth of the time, 6 dB under its music,
# makes -17 dB of the whole.
_NO_VOICE_BELOW = -20.0


class Separator(StrEnum):
    """What the operator asks for. `AUTO` is Demucs if it is installed, else the bundled network."""

    AUTO = "auto"
    NET = "net"
    DEMUCS = "demucs"


class Method(StrEnum):
    """What separates. On one core the network takes a hundredth of the sound's length and gives a mono voice; Demucs
    gives stereo, needs torch and minutes, and downloads its weights at first use.
    """

    NET = "net"
    DEMUCS = "demucs"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`level` is the level of the voice relative to the whole, in dB. `fell_back`: Demucs was wanted and failed."""

    method: Method
    level: float
    fell_back: bool = False

    @property
    def has_voice(self) -> bool:
        """Whether there was anything like a voice. A guess: music that leaks may pass for one."""
        return self.level > _NO_VOICE_BELOW


SILENT = -200.0  # dB: the level of a voice in what has no sound


def notices_of(voices: Iterable[Outcome]) -> list[str]:
    """The notices that a render's poll gives to the user, by name."""
    told = list(voices)
    if any(voice.level <= SILENT for voice in told):
        return ["silence"]
    little = ["little-voice"] if any(not voice.has_voice for voice in told) else []
    return little + (["fell-back"] if any(voice.fell_back for voice in told) else [])


def planned(separator: Separator) -> Method:
    """The method that will be tried first. Checks whether Demucs is installed without importing it."""
    match separator:
        case Separator.NET:
            return Method.NET
        case Separator.DEMUCS:
            return Method.DEMUCS
        case Separator.AUTO:
            return Method.DEMUCS if importlib.util.find_spec("demucs") else Method.NET
        case _:
            assert_never(separator)
