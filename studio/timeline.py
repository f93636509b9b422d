"""A project: what plays when. Pure data; times in milliseconds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from core.media.recipes import AudioKind


class TrackKind(IntEnum):
    VIDEO = 0
    AUDIO = 1
    TITLE = 7


@dataclass(frozen=True, slots=True)
class Clip:
    """`offset` is where in its source it begins, `start` where on the timeline. `volume` 1.0 is as recorded."""

    id: str
    source: str
    name: str
    start: int
    duration: int
    offset: int = 0
    volume: float = 1.0

    @property
    def end(self) -> int:
        return self.start + self.duration


@dataclass(frozen=True, slots=True)
class Track:
    kind: TrackKind
    clips: tuple[Clip, ...]


@dataclass(frozen=True, slots=True)
class SoundOnly:
    """The project is a sound file: this kind, `bitrate_k` in kb/s."""

    kind: AudioKind
    bitrate_k: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """`width` and `height` are of the picture, 0 where there is none."""

    title: str
    tracks: tuple[Track, ...]
    width: int = 0
    height: int = 0
    sound_only: SoundOnly | None = None

    @property
    def duration(self) -> int:
        return max((clip.end for clip in self.clips), default=0)

    @property
    def clips(self) -> tuple[Clip, ...]:
        return tuple(clip for track in self.tracks for clip in track.clips)

    def of_kind(self, kind: TrackKind) -> tuple[Clip, ...]:
        return tuple(clip for track in self.tracks if track.kind is kind for clip in track.clips)

    def with_clips(self, kind: TrackKind, clips: tuple[Clip, ...]) -> Timeline:
        """The same with every track of `kind` replaced by one of `clips`, or by none."""
        others = tuple(track for track in self.tracks if track.kind is not kind)
        tracks = (*others, Track(kind, clips)) if clips else others
        return replace(self, tracks=tuple(sorted(tracks, key=lambda track: track.kind)))
