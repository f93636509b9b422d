"""Trains the network from scratch on the corpus; two CPU cores are enough.

    python -m training.voicenet.train corpus run [--minutes 40] [--batch 16] [--seed 1] [--threads 2]

Writes run/voicenet.npz, what the studio ships: the running mean of the weights, every 500 steps; and run/train.log.
The learning rate follows the clock, so that any number of minutes gives a finished schedule.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from training.voicenet.mixing import LENGTH, Batch, Mixer
from training.voicenet.model import VoiceNet, save
from training.voicenet.spectra import features, sound_of

_RATE = 2.5e-3
_WARM_UP = 200  # steps
_COMPRESSION = 0.4  # loudness as it is heard, so that quiet parts count


@dataclass(frozen=True, slots=True)
class Judged:
    """`spectral` is what is made small, `si_sdr` in dB what is made large; of the mixture itself: `mixture`."""

    spectral: Tensor
    si_sdr: Tensor
    mixture: Tensor

    @property
    def loss(self) -> Tensor:
        return 4 * self.spectral - 0.02 * self.si_sdr


def judged(net: nn.Module, batch: Batch) -> Judged:
    middle, shown = features(batch.left, batch.right)
    with torch.autocast("cpu", torch.bfloat16):
        logits = net(shown)
    kept = middle * torch.sigmoid(logits.float()).transpose(1, 2)
    level = middle.abs().pow(2).mean((1, 2), keepdim=True).sqrt() + 1e-5
    heard, wanted = ((each.abs() / level + 1e-4).pow(_COMPRESSION) for each in (kept, batch.voice))
    voice = sound_of(batch.voice, LENGTH)
    speaking = batch.has_voice / batch.has_voice.sum()
    better = (_si_sdr(sound_of(kept, LENGTH), voice).clamp(-20, 30) * speaking).sum()
    with torch.no_grad():
        before = (_si_sdr(sound_of(middle, LENGTH), voice) * speaking).sum()
    return Judged((heard - wanted).pow(2).mean(), better, before)


def _si_sdr(estimate: Tensor, clean: Tensor) -> Tensor:
    level = (estimate * clean).sum(1, keepdim=True) / (clean.pow(2).sum(1, keepdim=True) + 1e-6)
    voice = level * clean
    return 10 * torch.log10((voice.pow(2).sum(1) + 1e-6) / ((estimate - voice).pow(2).sum(1) + 1e-6))


class Training:
    def __init__(self, corpus: Path, to: Path, seed: int, batch: int) -> None:
        torch.manual_seed(seed)
        self._net = VoiceNet()
        self._mean = {name: value.detach().clone() for name, value in self._net.state_dict().items()}
        self._mixer = Mixer(corpus, seed)
        unseen = Mixer(corpus, 99, validates=True)
        self._unseen = [unseen.batch(16) for _ in range(4)]
        self._optimiser = torch.optim.AdamW(self._net.parameters(), _RATE, weight_decay=1e-3)
        self._to, self._size, self._steps = to, batch, 0
        to.mkdir(parents=True, exist_ok=True)

    def run(self, minutes: float) -> None:
        began, recent = time.monotonic(), []
        while (share := (time.monotonic() - began) / (minutes * 60)) < 1:
            recent.append(self._step(share))
            if self._steps % 100 == 0:
                spectral, ratio = (sum(values) / len(values) for values in zip(*recent, strict=True))
                self._say(f"{self._steps} {time.monotonic() - began:.0f} s: {spectral:.4f}, SI-SDR {ratio:.2f}")
                recent = []
            if self._steps % 500 == 0:
                save(self._mean, self._to / "voicenet.npz")
            if self._steps % 1000 == 0:
                self._validate()
        save(self._mean, self._to / "voicenet.npz")
        self._validate()

    def _step(self, share: float) -> tuple[float, float]:
        rate = _RATE * min(1, (self._steps + 1) / _WARM_UP) * (0.5 * (1 + math.cos(math.pi * share)) + 0.005)
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        result = judged(self._net, self._mixer.batch(self._size))
        self._optimiser.zero_grad()
        result.loss.backward()
        nn.utils.clip_grad_norm_(self._net.parameters(), 1.0)
        self._optimiser.step()
        self._steps += 1
        keeping = min(0.9985, (self._steps + 1) / (self._steps + 20))
        with torch.no_grad():
            for name, value in self._net.state_dict().items():
                self._mean[name].lerp_(value, 1 - keeping)
        return result.spectral.item(), result.si_sdr.item()

    def _validate(self) -> None:
        """With the mean weights, on cuts of the corpus that are not trained on."""
        net = VoiceNet()
        net.load_state_dict(self._mean)
        with torch.no_grad():
            results = [judged(net, batch) for batch in self._unseen]
        spectral, ratio, mixture = (
            _mean([getattr(result, name) for result in results]) for name in ("spectral", "si_sdr", "mixture")
        )
        self._say(f"  unseen: {spectral:.4f}, SI-SDR {ratio:.2f}, of the mixture {mixture:.2f}")

    def _say(self, line: str) -> None:
        print(line, flush=True)
        with (self._to / "train.log").open("a", encoding="utf-8") as log:
            log.write(line + "\n")


def _mean(values: Sequence[Tensor]) -> float:
    return sum(value.item() for value in values) / len(values)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("to", type=Path)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    wish = parser.parse_args()
    torch.set_num_threads(wish.threads)
    Training(wish.corpus, wish.to, wish.seed, wish.batch).run(wish.minutes)


if __name__ == "__main__":
    main()
