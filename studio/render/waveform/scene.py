"""Composes a waveform video: a still file and the strip of frames that is piped into FFmpeg."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from studio.render.waveform.analysis import Sound
from studio.render.waveform.background import Still, draw_still
from studio.render.waveform.colours import accent, planes_of
from studio.render.waveform.layout import FPS, Layout, layout_of
from studio.render.waveform.strip import Passage, Spectrum
from studio.timeline.model import Look


@dataclass(frozen=True, slots=True)
class Scene:
    """`still` is a file of one yuv420p frame, `strip` yields the frames that go over it."""

    layout: Layout
    still: Path
    strip: Callable[[], Iterator[bytes]]


def compose(still: Still, sound: Sound, look: Look | None, *, size: tuple[int, int], seconds: float, to: Path) -> Scene:
    """Draws the still part to the file `to`. Takes about a second: not for the event loop."""
    layout = layout_of(*size)
    y, u, v = planes_of(draw_still(still, layout))
    to.write_bytes(y.tobytes() + u.tobytes() + v.tobytes())
    rows = slice(layout.strip_y, layout.strip_y + layout.strip_height)
    columns = slice(layout.strip_x, layout.strip_x + layout.strip_width)
    half = (slice(rows.start // 2, rows.stop // 2), slice(columns.start // 2, columns.stop // 2))
    behind = (y[rows, columns], u[half], v[half])
    kind = Passage if (look or sound.look()) is Look.SCROLL else Spectrum
    strip = kind(sound, layout, behind, accent(still.cover), int(np.ceil(seconds * FPS)), FPS)
    return Scene(layout, to, strip.frames)
