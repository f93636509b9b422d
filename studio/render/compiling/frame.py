"""The frame of a project, and how pictures of other shapes are fitted into it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import assert_never

from core.media import VideoStream
from studio.render.compiling.plan import CannotRender
from studio.render.output import Output
from studio.timeline.model import Fit, Timeline

_LONG, _SHORT = 1920, 1080
_SAME = 0.01  # shapes that differ by less are the same shape: sides are even numbers
_BLUR = 8  # the blurred copy is so many times smaller: blurring it at full size costs more than the encode


@dataclass(frozen=True, slots=True)
class Frame:
    """Width and height in pixels, both even."""

    width: int
    height: int


def frame_of(timeline: Timeline, first: VideoStream | None, output: Output) -> Frame:
    """The draft's frame, else the first picture's, reduced to full HD (either way up) and the output's limit."""
    width, height = timeline.width, timeline.height
    if not (width and height):
        if first is None:
            raise CannotRender("The draft has no frame.")
        width, height = first.width, first.height
    short, long = sorted((width, height))
    limit = min(_SHORT, output.short_side or _SHORT)
    scale = min(1.0, limit / short, _LONG / long)
    return Frame(even(width * scale), even(height * scale))


def is_reduced(timeline: Timeline, first: VideoStream | None) -> bool:
    """Whether the draft's frame, or the first picture's, is larger than what is encoded."""
    sides = (timeline.width, timeline.height) if timeline.width and timeline.height else (0, 0)
    short, long = sorted((first.width, first.height) if first and not all(sides) else sides)
    return short > _SHORT or long > _LONG


def fitted(video: VideoStream, frame: Frame, fit: Fit, name: str) -> str:
    """The filters from a picture to the frame; `name` is used for labels within."""
    shape, wanted = video.width / video.height, frame.width / frame.height
    whole = f"scale={frame.width}:{frame.height},setsar=1"
    if abs(shape / wanted - 1) < _SAME:
        return whole
    filled = _cropped(shape, wanted)
    match fit:
        case Fit.CROP:
            return f"{filled},{whole}"
        case Fit.PAD:
            return f"{_inside(video, frame)},pad={frame.width}:{frame.height}:-1:-1,setsar=1"
        case Fit.BLUR:
            small = f"scale={even(frame.width / _BLUR)}:{even(frame.height / _BLUR)}:flags=area"
            behind = f"{filled},{small},gblur=sigma=5,scale={frame.width}:{frame.height}:flags=bilinear,setsar=1"
            front = f"{_inside(video, frame)},setsar=1"
            both = f"split[{name}a][{name}b];[{name}a]{behind}[{name}c];[{name}b]{front}[{name}d]"
            # In 4:2:0, as it is encoded: what overlay chooses by itself costs a fourteenth of the whole.
            return f"{both};[{name}c][{name}d]overlay=(W-w)/2:(H-h)/2"
        case _:
            assert_never(fit)


def needed_of(video: VideoStream, frame: Frame) -> int:
    """The longest side in pixels that a picture needs to fill the frame."""
    scale = max(frame.width / video.width, frame.height / video.height)
    return ceil(max(video.width, video.height) * scale)


def _cropped(shape: float, wanted: float) -> str:
    """Crops the middle of the picture in the frame's shape. In shares, because a file's pixels may not be square."""
    across, down = min(1.0, wanted / shape), min(1.0, shape / wanted)
    return f"crop=iw*{across:.6f}:ih*{down:.6f}"


def _inside(video: VideoStream, frame: Frame) -> str:
    scale = min(frame.width / video.width, frame.height / video.height)
    width, height = even(video.width * scale), even(video.height * scale)
    return f"scale={min(width, frame.width)}:{min(height, frame.height)}"


def even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)
