"""The output that a client wants: format, quality and size."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from studio.timeline.model import SoundOnly

Format = Literal["mp4", "mp3", "wav", "m4a"]


class Quality(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    DRAFT = "draft"

    @property
    def encoder(self) -> tuple[str, int]:
        """x264's preset and CRF: veryfast keeps a minute of 1080p under 20 s on two cores."""
        match self:
            case Quality.HIGH:
                return "veryfast", 20
            case Quality.MEDIUM:
                return "veryfast", 23
            case Quality.DRAFT:
                return "ultrafast", 28


class BadOutput(Exception):
    """The client asked for an output that the studio does not make."""


@dataclass(frozen=True, slots=True)
class Output:
    """`short_side` is the largest allowed shorter side in pixels, `bitrate_k` the bit rate of an MP3 in kb/s."""

    format: Format
    quality: Quality = Quality.HIGH
    short_side: int | None = None
    bitrate_k: int = 192

    @property
    def sound_only(self) -> bool:
        return self.format != "mp4"


def read_output(value: object, sound: SoundOnly | None) -> Output:
    """Reads `{"format": …, "quality": …, "resolution": "720p"}`; each key is optional. Raises `BadOutput`."""
    body: dict[str, Any] = value if isinstance(value, dict) else {}
    name = str(body.get("format", "mp4")).lower()
    quality = str(body.get("quality", "high")).lower()
    if name not in ("mp4", "mp3", "wav", "m4a") or quality not in list(Quality):
        raise BadOutput(json.dumps(body)[:200])
    lines = re.fullmatch(r"(\d{3,4})p", str(body.get("resolution", "")))
    side = int(lines[1]) if lines else 540 if quality == Quality.DRAFT else None
    return Output(_format(name), Quality(quality), side, sound.bitrate_k if sound else 192)


def _format(name: str) -> Format:
    match name:
        case "mp3" | "wav" | "m4a":
            return name
        case _:
            return "mp4"
