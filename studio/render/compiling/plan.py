"""The plan of an FFmpeg run: its inputs by name, and the options of its output."""

from __future__ import annotations

from dataclasses import dataclass

SLACK = 60  # ms between what a container says and its last frame: not a cut


class CannotRender(Exception):
    """The draft does not fit its sources, or the output does not fit the draft. The text is for the client."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file by its name, read from `seek` for `length` ms; None for all of it.

    With `loop` it starts again when it ends.
    """

    source: str
    seek: int | None = None
    length: int | None = None
    loop: bool = False

    def options(self) -> list[str]:
        again = ["-stream_loop", "-1"] if self.loop else []
        seek = [] if self.seek is None else ["-ss", seconds(self.seek)]
        length = [] if self.length is None else ["-t", seconds(self.length)]
        return [*again, *seek, *length]


@dataclass(frozen=True, slots=True)
class Raw:
    """Raw yuv420p frames of our own, by the name of where they are read from."""

    source: str
    width: int
    height: int
    fps: int

    def options(self) -> list[str]:
        size = f"{self.width}x{self.height}"
        colours = ["-color_range", "tv", "-colorspace", "bt709"]
        return ["-f", "rawvideo", "-pix_fmt", "yuv420p", *colours, "-s", size, "-r", str(self.fps)]


@dataclass(frozen=True, slots=True)
class Plan:
    """The inputs in order, then the options of the output. `duration` is the length of the result in seconds.

    `losses` are the names of notices about what the result cannot keep.
    """

    inputs: tuple[Input | Raw, ...]
    options: tuple[str, ...]
    duration: float
    losses: tuple[str, ...] = ()


class Inputs:
    """Numbers the inputs in the order of first use; the same input is read once."""

    def __init__(self) -> None:
        self._all: list[Input | Raw] = []

    def number(self, wanted: Input | Raw) -> int:
        if wanted not in self._all:
            self._all.append(wanted)
        return self._all.index(wanted)

    def all(self) -> tuple[Input | Raw, ...]:
        return tuple(self._all)


def title_input(title_id: str) -> str:
    """The name of the picture of a title."""
    return f"title:{title_id}"


def voice_of(source: str) -> str:
    """The name of a source's sound without its music."""
    return f"voice:{source}"


def seconds(ms: float) -> str:
    return f"{ms / 1000:.3f}"
