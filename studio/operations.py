"""What an edit can be: a closed set. Times in seconds of the timeline as it stands."""

from __future__ import annotations

from dataclasses import dataclass

from core.media.recipes import AudioKind


@dataclass(frozen=True, slots=True)
class ExtractAudio:
    """The sound alone, as a file of that kind. `bitrate_k` in kb/s."""

    kind: AudioKind = "mp3"
    bitrate_k: int = 192


@dataclass(frozen=True, slots=True)
class Trim:
    """Keeps what lies between. A negative time counts from the end; `end` None is the end."""

    start: float = 0.0
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Lays the sent sound under the picture; `mix` keeps the picture's own sound too."""

    mix: bool = False


@dataclass(frozen=True, slots=True)
class Mute:
    """The whole sound off."""


Operation = Mute | Merge | Trim | ExtractAudio
