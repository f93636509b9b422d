"""What can separate a voice from its music here, what was used, and what is to be said of it."""

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
    """What is asked for; `AUTO` is Demucs where somebody installed it, else the network that we ship."""

    AUTO = "auto"
    NET = "net"
    DEMUCS = "demucs"


class Method(StrEnum):
    """What separates. The network takes a hundredth of the sound's length on one core and gives a mono voice; Demucs
    gives stereo, needs torch and minutes, and loads its weights from a hub when it is first used."""

    NET = "net"
    DEMUCS = "demucs"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`level` is how loud what was kept is beside the whole, in dB. `fell_back`: Demucs was to be used and failed."""

    method: Method
    level: float
    fell_back: bool = False

    @property
    def has_voice(self) -> bool:
        """Whether there was anything that sounds like a voice. A guess: music that leaks may pass for one."""
        return self.level > _NO_VOICE_BELOW


def notices_of(voices: Iterable[Outcome]) -> list[str]:
    """What a user has to be told of them, as the names that a render's poll gives."""
    told = list(voices)
    little = ["little-voice"] if any(not voice.has_voice for voice in told) else []
    return little + (["fell-back"] if any(voice.fell_back for voice in told) else [])


def planned(separator: Separator) -> Method:
    """What will be tried first. It looks whether Demucs is installed and imports nothing."""
    match separator:
        case Separator.NET:
            return Method.NET
        case Separator.DEMUCS:
            return Method.DEMUCS
        case Separator.AUTO:
            return Method.DEMUCS if importlib.util.find_spec("demucs") else Method.NET
        case _:
            assert_never(separator)
