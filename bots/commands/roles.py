"""What one process of `cutroom run` does of the work. Apart from it, so that the command line loads no platform."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    ALL = "all"
    FRONT = "front"  # listens, and works on nothing
    WORKER = "worker"  # works, and listens to nobody
