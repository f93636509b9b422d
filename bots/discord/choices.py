"""What the managers of a server chose for it, and the names under which the store keeps that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from core.access import PREFERENCE, Access

CHANNELS, THREADS, LANGUAGE, UPLOAD = "channels", "threads", "language", "upload-mb"
MOST_CHANNELS = 50
ON = "on"


@dataclass(frozen=True, slots=True)
class Choices:
    """`channels` are ids, () for all of them. `threads` gives each project a thread of its own. `language` "" is each
    person's own. `upload_mb` is the most that a result posted there may weigh, None for what Discord takes."""

    access: Access = Access.EVERYONE
    channels: tuple[str, ...] = ()
    threads: bool = False
    language: str = ""
    upload_mb: int | None = None

    @classmethod
    def of(cls, kept: Mapping[str, str]) -> Self:
        upload = kept.get(UPLOAD, "")
        return cls(
            Access.ADMINS if kept.get(PREFERENCE) == Access.ADMINS else Access.EVERYONE,
            tuple(kept.get(CHANNELS, "").split()),
            kept.get(THREADS) == ON,
            kept.get(LANGUAGE, ""),
            int(upload) if upload.isdecimal() and int(upload) else None,
        )

    def with_channel(self, channel: str) -> tuple[str, ...]:
        """Named once it is listened to, named again it is not."""
        if channel in self.channels:
            return tuple(each for each in self.channels if each != channel)
        return (*self.channels, channel)[-MOST_CHANNELS:]

    def upload(self, most: int) -> int:
        """In bytes, where Discord takes `most`."""
        return min(most, self.upload_mb << 20) if self.upload_mb else most
