"""How the corpus lies on disk: 16 kHz, 16 bit, one array for each of speech, music and noise."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from training.voicenet.sounds import Sound

RATE = 16_000


def to_int16(sound: Sound) -> npt.NDArray[np.int16]:
    return (sound * 32767).clip(-32767, 32767).astype("<i2")
