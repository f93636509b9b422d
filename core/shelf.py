"""Finished results that were delivered: what people share into other chats."""

from __future__ import annotations

from dataclasses import dataclass

from core.messages import MediaKind, Place


@dataclass(frozen=True, slots=True)
class KeptResult:
    """`id` is the job's. `message` and `file` are the platform's handles of the message and its media, by which it
    can be shown again without an upload; `file` is "" where only the link was sent. `link` is public or "".
    `caption` is what was said with it, `made` in seconds since the epoch."""

    id: str
    place: Place
    sender: str
    name: str
    kind: MediaKind
    message: str
    file: str
    link: str
    caption: str
    made: float
