"""What an edit can be: a closed set. What was not said is None, and editing has a sensible value for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studio.timeline.model import AudioKind, Fit, Look, Position

Target = Literal["all", "bgm", "voice"]
Picture = Literal["album_art", "image"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A place on a timeline whose length is not known yet: `share` of the whole plus `seconds`."""

    seconds: float = 0.0
    share: float = 0.0

    def at(self, length: int) -> int:
        """In ms of a timeline of `length` ms; may lie outside of it."""
        return round(self.seconds * 1000 + self.share * length)


START, END = Moment(), Moment(share=1.0)


@dataclass(frozen=True, slots=True)
class Part:
    """From one moment to another, as it was said, even the wrong way round."""

    start: Moment = START
    end: Moment = END


@dataclass(frozen=True, slots=True)
class ExtractAudio:
    """The sound alone, as a file of that kind. `bitrate_k` in kb/s."""

    kind: AudioKind = "mp3"
    bitrate_k: int | None = None


@dataclass(frozen=True, slots=True)
class Trim:
    """Keeps these parts, one after the other."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """Takes these parts away and closes the gaps."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """Lays the sent sound under the picture. `mix` keeps the picture's own sound too; `pad` whether the longer of
    the two says how long it gets. `source` is the number of the file among those sent, from 1, -1 the last."""

    mix: bool | None = None
    pad: bool | None = None
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Mute:
    """The sound off in these parts, in all of it where there are none."""

    parts: tuple[Part, ...] = ()
    target: Target = "all"


@dataclass(frozen=True, slots=True)
class AddText:
    """Words over the picture. `color` is a name of `timeline.palette` or "#rrggbb"; `size` a share of the usual."""

    text: str
    part: Part | None = None
    position: Position | None = None
    color: str | None = None
    size: float | None = None
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class EditText:
    """Words that stand over the picture, changed: those that say `old`, else the last. `text` is what they say from
    now on, `size` a share of what it is now; what is None stays."""

    text: str | None = None
    old: str | None = None
    part: Part | None = None
    position: Position | None = None
    color: str | None = None
    size: float | None = None


@dataclass(frozen=True, slots=True)
class SetAspect:
    """Another shape of the frame. `width` and `height` in pixels where they were named."""

    across: float
    down: float
    width: int | None = None
    height: int | None = None
    fit: Fit | None = None


@dataclass(frozen=True, slots=True)
class AddMusic:
    """A sent sound under all of it. `query` is the music that was wished for, in the user's words."""

    volume: float | None = None
    query: str | None = None
    source: int | None = None
    loop: bool | None = None
    duck: bool | None = None
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Duck:
    """The music quieter while somebody speaks."""


@dataclass(frozen=True, slots=True)
class SetVolume:
    """`factor` of what it is now; with `absolute`, of the sound as it was recorded. In these parts, in all of it where
    there are none."""

    target: Target
    factor: float
    absolute: bool = False
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Fade:
    """At the beginning ("in") or the end."""

    kind: Literal["in", "out"]
    seconds: float | None = None
    target: Target = "all"


@dataclass(frozen=True, slots=True)
class Speed:
    factor: float


@dataclass(frozen=True, slots=True)
class Visualize:
    """A picture drawn from the sound."""

    style: Literal["waveform"] | None = None
    look: Look | None = None
    background: Picture | None = None
    aspect: SetAspect | None = None
    title: str | None = None
    artist: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveMusic:
    """Music away, the voice stays. `also_audio`: the clean sound is wanted as a file too."""

    also_audio: bool = False


@dataclass(frozen=True, slots=True)
class RemoveText:
    """All words over the picture away."""


@dataclass(frozen=True, slots=True)
class Join:
    """The sent clips one after the other, in the order they came."""


@dataclass(frozen=True, slots=True)
class StartOver:
    """Every edit away: the file as it was sent."""


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
