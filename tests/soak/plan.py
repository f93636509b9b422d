"""How much is asked of a platform's soak."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """`pause` in seconds: the longest life of a bot from where it can be killed."""

    jobs: int = 100
    kills: int = 10
    chats: int = 20
    seed: int = 1
    pause: float = 6.0
    patience: float = 600.0
