"""The network in PyTorch: what studio/separation/network.py computes, layer by layer, with the same names.

1026 features a frame (513 of the middle's loudness, 513 of the likeness of left and right) to a width of 192; eight
residual blocks, each with a depth-wise convolution over time, spread by 1, 2, 4, 8 twice; 513 logits. 0.9 million
weights.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.voicenet.spectra import BINS

SPREADS = (1, 2, 4, 8, 1, 2, 4, 8)
_KERNEL = 5


class Spread(nn.Module):
    """A depth-wise dilated convolution over time, as five shifted products: on a CPU far faster than `Conv1d`."""

    def __init__(self, width: int, spread: int) -> None:
        super().__init__()
        self._spread = spread
        bound = 1 / math.sqrt(_KERNEL)
        self.weight = nn.Parameter(torch.empty(width, 1, _KERNEL).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(width).uniform_(-bound, bound))

    def forward(self, x: Tensor) -> Tensor:
        length, spread = x.shape[1], self._spread
        padded = nn.functional.pad(x, (0, 0, 2 * spread, 2 * spread))
        mixed: Tensor = self.bias
        for k in range(_KERNEL):
            mixed = mixed + padded[:, k * spread : k * spread + length] * self.weight[:, 0, k]
        return mixed


class Block(nn.Module):
    def __init__(self, width: int, spread: int) -> None:
        super().__init__()
        self.n = nn.LayerNorm(width)
        self.p1 = nn.Linear(width, width)
        self.d = Spread(width, spread)
        self.p2 = nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        inner = torch.relu(self.p1(self.n(x)))
        kept: Tensor = x + self.p2(torch.relu(self.d(inner)))
        return kept


class VoiceNet(nn.Module):
    """Features (batch, frames, 1026) to logits (batch, frames, 513)."""

    def __init__(self, width: int = 192) -> None:
        super().__init__()
        self.inp = nn.Linear(2 * BINS, width)
        self.b = nn.ModuleList([Block(width, spread) for spread in SPREADS])
        self.n = nn.LayerNorm(width)
        self.out = nn.Linear(width, BINS)

    def forward(self, x: Tensor) -> Tensor:
        x = self.inp(x)
        for block in self.b:
            x = block(x)
        logits: Tensor = self.out(self.n(x))
        return logits


def save(weights: dict[str, Tensor], to: Path) -> None:
    """As float16, for `studio.separation.network.load`; the file appears whole."""
    part = to.with_name(to.name + ".part.npz")
    np.savez(part, **{name: value.half().numpy() for name, value in weights.items()})
    part.replace(to)
