"""The optional Demucs, run in blocks: on a whole sound its memory would grow with the length.

Its models and their licences are Demucs' own; they are downloaded from a hub at first use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from studio.separation.network import Floats
from studio.separation.piping import Source, Written, report_level, report_progress

# The voice (n, 2) of a sound (n, 2), both at 44.1 kHz.
Separate = Callable[[Floats], Floats]

RATE = 44_100
BLOCK = 60 * RATE
# Two blocks share so much, and one fades into the other: Demucs judges a sound's end worse than its middle.
SHARED = 4 * RATE
_MODEL = "htdemucs"


class Unusable(Exception):
    """Demucs is not installed, or cannot be imported."""


class LoadingFailed(Exception):
    """Its weights could not be loaded."""


def voice_by_demucs(source: Source, to: Path) -> None:
    """Raises `Unusable`, `LoadingFailed`, `Unreadable`."""
    separate = _loaded()
    done = 0
    with Written(source.ffmpeg, to, rate=RATE, channels=2) as file:
        for piece in in_blocks(separate, source.decoded(RATE)):
            file.add(piece)
            done += len(piece)
            report_progress(done, source.seconds * RATE)
    report_level(file.energy, source)


def in_blocks(
    separate: Separate, pieces: Iterable[Floats], block: int = BLOCK, shared: int = SHARED
) -> Iterator[Floats]:
    """The voice of all `pieces`, equally long; `separate` gets at most `block + shared` samples at a time."""
    rising = np.linspace(0, 1, shared, dtype=np.float32)[:, None]
    waiting, fading = np.zeros((0, 2), np.float32), np.zeros((0, 2), np.float32)
    for piece in pieces:
        waiting = np.concatenate([waiting, piece])
        while len(waiting) > block + shared:
            voice = _joined(separate(waiting[: block + shared]), fading, rising)
            yield voice[:block]
            waiting, fading = waiting[block:], voice[block:]
    if len(waiting):
        yield _joined(separate(waiting), fading, rising)


def _joined(voice: Floats, fading: Floats, rising: Floats) -> Floats:
    """Cross-fades from the end of the block before into `voice`."""
    if not len(fading):
        return voice
    common = min(len(fading), len(voice))
    start: Floats = voice[:common] * rising[:common] + fading[:common] * (1 - rising[:common])
    return np.concatenate([start, voice[common:]])


def _loaded() -> Separate:
    try:
        import torch  # noqa: PLC0415  (an extra, and seconds to import)
        from demucs.api import Separator  # noqa: PLC0415
    except ImportError as error:
        raise Unusable(str(error)) from error
    try:
        separator: Any = Separator(model=_MODEL, shifts=0)
    except (Exception, SystemExit) as error:  # it ends the process itself where a model is missing
        raise LoadingFailed(f"{type(error).__name__}: {error}") from error

    def separate(sound: Floats) -> Floats:
        _, stems = separator.separate_tensor(torch.from_numpy(np.ascontiguousarray(sound.T)), sr=RATE)
        voice: Floats = np.asarray(stems["vocals"].cpu().numpy(), np.float32).T
        return voice

    return separate
