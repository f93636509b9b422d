"""The operations of an edit, a closed set. None means not given; `editing` then uses a sensible value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studio.timeline.model import AudioKind, Fit, Look, Position

Target = Literal["all", "bgm", "voice"]
Picture = Literal["album_art", "image"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A time on a timeline of unknown length: `share` of the whole plus `seconds`."""

    seconds: float = 0.0
    share: float = 0.0

    def at(self, length: int) -> int:
        """In ms of a timeline of `length` ms; may lie outside of it."""
        return round(self.seconds * 1000 + self.share * length)


START, END = Moment(), Moment(share=1.0)


@dataclass(frozen=True, slots=True)
class Part:
    """From one moment to another, as the user said it, even if reversed."""

    start: Moment = START
    end: Moment = END


@dataclass(frozen=True, slots=True)
class ExtractAudio:
    """Exports only the sound, as a file of that kind. `bitrate_k` is in kb/s."""

    kind: AudioKind = "mp3"
    bitrate_k: int | None = None


@dataclass(frozen=True, slots=True)
class Trim:
    """Keeps these parts, in sequence."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """Removes these parts and closes the gaps."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """Puts a sent sound under the picture. `mix` keeps the picture's own sound too; with `pad` the longer of the two
    sets the length. `source` is the number of the file among those sent, from 1, -1 for the last.
    """

    mix: bool | None = None
    pad: bool | None = None
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Mute:
    """Mutes these parts, or everything if there are none."""

    parts: tuple[Part, ...] = ()
    target: Target = "all"


@dataclass(frozen=True, slots=True)
class AddText:
    """Adds words over the picture. `color` is a name of `timeline.palette` or "#rrggbb"; `size` is relative to the
    usual.
    """

    text: str
    part: Part | None = None
    position: Position | None = None
    color: str | None = None
    size: float | None = None
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class EditText:
    """Changes words over the picture: those that say `old`, else the last. `text` is the new text, `size` is relative
    to the present size; None stays as it is.
    """

    text: str | None = None
    old: str | None = None
    part: Part | None = None
    position: Position | None = None
    color: str | None = None
    size: float | None = None


@dataclass(frozen=True, slots=True)
class SetAspect:
    """Gives the frame another shape. `width` and `height` are in pixels if they were given."""

    across: float
    down: float
    width: int | None = None
    height: int | None = None
    fit: Fit | None = None


@dataclass(frozen=True, slots=True)
class Rotate:
    """Turns the picture clockwise by 90, 180 or 270 degrees, beside what it is turned by already."""

    degrees: int = 90


@dataclass(frozen=True, slots=True)
class AddMusic:
    """Adds a sent sound as music under everything. `query` is the music that the user wished for, in their words."""

    volume: float | None = None
    query: str | None = None
    source: int | None = None
    loop: bool | None = None
    duck: bool | None = None
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Duck:
    """Makes the music quieter while somebody speaks."""


@dataclass(frozen=True, slots=True)
class SetVolume:
    """Multiplies the present volume by `factor`, or with `absolute` the recorded one; in these parts, or in everything
    if there are none.
    """

    target: Target
    factor: float
    absolute: bool = False
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Fade:
    """Fades at the beginning ("in") or at the end."""

    kind: Literal["in", "out"]
    seconds: float | None = None
    target: Target = "all"


@dataclass(frozen=True, slots=True)
class Speed:
    factor: float


@dataclass(frozen=True, slots=True)
class Visualize:
    """Draws a picture from the sound."""

    style: Literal["waveform"] | None = None
    look: Look | None = None
    background: Picture | None = None
    aspect: SetAspect | None = None
    title: str | None = None
    artist: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveMusic:
    """Removes the music and keeps the voice. `also_audio`: the clean sound is wanted as a file too."""

    also_audio: bool = False


@dataclass(frozen=True, slots=True)
class RemoveText:
    """Removes all words over the picture."""


@dataclass(frozen=True, slots=True)
class Join:
    """Puts the sent clips in sequence, in the order of their upload."""


@dataclass(frozen=True, slots=True)
class StartOver:
    """Discards all edits: the file as it was sent."""


Operation = (
    StartOver
    | Join
    | RemoveMusic
    | Mute
    | Merge
    | Trim
    | Cut
    | Speed
    | SetAspect
    | Rotate
    | Visualize
    | AddMusic
    | Duck
    | SetVolume
    | Fade
    | RemoveText
    | EditText
    | AddText
    | ExtractAudio
)
