"""Short-time spectra at the 16 kHz of the training, and what the network is shown of them."""

from __future__ import annotations

import torch
from torch import Tensor

FRAME = 1024
HOP = FRAME // 2
BINS = FRAME // 2 + 1
_WINDOW = torch.sqrt(torch.hann_window(FRAME))


def spectra(sound: Tensor) -> Tensor:
    """(…, samples) to (…, 513, frames)."""
    flat = torch.stft(sound.reshape(-1, sound.shape[-1]), FRAME, HOP, window=_WINDOW, return_complex=True)
    return flat.reshape(*sound.shape[:-1], BINS, -1)


def sound_of(spectrum: Tensor, length: int) -> Tensor:
    return torch.istft(spectrum, FRAME, HOP, window=_WINDOW, length=length)


def features(left: Tensor, right: Tensor) -> tuple[Tensor, Tensor]:
    """The middle's spectrum, and (batch, frames, 1026): its loudness beside its mean, and how alike the sides are.

    studio/separation/blocks.py does the same at 48 kHz.
    """
    middle = (left + right) / 2
    loud = middle.abs()
    level = loud.pow(2).mean((1, 2), keepdim=True).sqrt() + 1e-5
    beside = torch.log1p(loud / level * 10)
    alike = 1 - (left - right).abs() / (left.abs() + right.abs() + 1e-6)
    return middle, torch.cat([beside.transpose(1, 2), alike.transpose(1, 2)], 2)
