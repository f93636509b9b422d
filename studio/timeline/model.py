"""The model of a project: what plays when. Plain data; times are in milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from itertools import pairwise
from typing import Literal

AudioKind = Literal["mp3", "wav", "m4a"]
Level = tuple[int, int, float]  # from and to, in ms of the timeline, and so many times as loud


def level_at(levels: Sequence[Level], moment: int) -> float:
    return next((factor for start, end, factor in levels if start <= moment < end), 1.0)


def changed_levels(
    levels: Sequence[Level], ranges: Sequence[tuple[int, int]], change: Callable[[float], float]
) -> tuple[Level, ...]:
    """The levels with `change` applied within the ranges: in order, without overlaps, and without levels of 1."""
    spans = [*ranges, *((start, end) for start, end, _ in levels)]
    edges = {edge for span in spans for edge in span}
    found: list[Level] = []
    for start, end in pairwise(sorted(edges)):
        factor = level_at(levels, start)
        if any(first <= start < last for first, last in ranges):
            factor = round(change(factor), 4)
        if found and found[-1][1:] == (start, factor):
            found[-1] = (found[-1][0], end, factor)
        elif factor != 1:
            found.append((start, end, factor))
    return tuple(found)


class TrackKind(IntEnum):
    VIDEO = 0
    AUDIO = 1
    TITLE = 7


class Fit(StrEnum):
    """How a picture is fitted into a frame of another shape."""

    CROP = "crop"
    PAD = "pad"
    BLUR = "blur"  # the whole picture, over a blurred enlargement of itself


class Look(StrEnum):
    """How a sound is drawn."""

    BARS = "bars"
    SCROLL = "scroll"


class Position(StrEnum):
    TOP = "top"
    CENTER = "center"
    BOTTOM = "bottom"
    TOP_LEFT = "top-left"
    TOP_RIGHT = "top-right"
    BOTTOM_LEFT = "bottom-left"
    BOTTOM_RIGHT = "bottom-right"


@dataclass(frozen=True, slots=True)
class Clip:
    """A piece of a source. `offset` is where it begins in its source, `start` where on the timeline.

    `volume` 1.0 is as recorded. `duration` is on the timeline; `duration * speed` of the source is used, and with
    `loop` the source starts again when it ends before. `fade_in` and `fade_out` are of this clip's sound. `ducked`:
    quieter while somebody speaks on another track. `voice_only`: the music is removed from its sound. `silent` are
    ranges of the timeline in which it is muted, `levels` ranges with a factor on `volume`.
    """

    id: str
    source: str
    name: str
    start: int
    duration: int
    offset: int = 0
    volume: float = 1.0
    speed: float = 1.0
    loop: bool = False
    fade_in: int = 0
    fade_out: int = 0
    ducked: bool = False
    voice_only: bool = False
    silent: tuple[tuple[int, int], ...] = ()
    levels: tuple[Level, ...] = ()

    @property
    def end(self) -> int:
        return self.start + self.duration

    @property
    def used(self) -> int:
        """The length of the source that is used when it plays once."""
        return round(self.duration * self.speed)


@dataclass(frozen=True, slots=True)
class Title:
    """Words over the picture. `color` is "#rrggbb"; `size` is relative to the usual size of a title."""

    id: str
    text: str
    start: int
    duration: int
    position: Position = Position.CENTER
    color: str = "#ffffff"
    size: float = 1.0

    @property
    def end(self) -> int:
        return self.start + self.duration


@dataclass(frozen=True, slots=True)
class Visual:
    """A picture that is drawn from the sound. `background` and `cover` are sources that are pictures, "" for the cover
    in the sound file or, failing that, a designed one. `title` and `artist` "" are taken from its tags. Without
    `shows_cover` only the waveform is drawn over the background. `look` None is chosen by the sound.
    """

    look: Look | None = None
    background: str = ""
    cover: str = ""
    shows_cover: bool = True
    title: str = ""
    artist: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    kind: TrackKind
    clips: tuple[Clip, ...]


@dataclass(frozen=True, slots=True)
class SoundOnly:
    """The project is a sound file of this kind; `bitrate_k` is in kb/s."""

    kind: AudioKind
    bitrate_k: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """`width` and `height` are of the frame, 0 if there is none; `fit` is for pictures of another shape. `turned` are
    the degrees clockwise by which the pictures are turned in it: 0, 90, 180 or 270. `fade_in` and `fade_out` are of
    picture and sound of the whole.
    """

    title: str
    tracks: tuple[Track, ...]
    width: int = 0
    height: int = 0
    sound_only: SoundOnly | None = None
    fit: Fit = Fit.PAD
    turned: int = 0
    fade_in: int = 0
    fade_out: int = 0
    titles: tuple[Title, ...] = ()
    visual: Visual | None = None

    @property
    def duration(self) -> int:
        return max((clip.end for clip in self.clips), default=0)

    @property
    def clips(self) -> tuple[Clip, ...]:
        return tuple(clip for track in self.tracks for clip in track.clips)

    def of_kind(self, kind: TrackKind) -> tuple[Clip, ...]:
        return tuple(clip for track in self.tracks if track.kind is kind for clip in track.clips)

    def with_clips(self, kind: TrackKind, clips: tuple[Clip, ...]) -> Timeline:
        """A copy in which all tracks of `kind` are replaced by one of `clips`, or by none."""
        others = tuple(track for track in self.tracks if track.kind is not kind)
        tracks = (*others, Track(kind, clips)) if clips else others
        return replace(self, tracks=tuple(sorted(tracks, key=lambda track: track.kind)))
