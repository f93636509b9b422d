"""Compiles a timeline to one FFmpeg run. Pure: the properties of the sources are passed in.

One graph and one encode. Video is copied if no edit touches its pixels or cuts it; sound is copied if it already has
the wanted form.
"""

from studio.render.compiling.compiler import compile_mono, compile_timeline
from studio.render.compiling.picture import STILL, STRIP
from studio.render.compiling.plan import CannotRender, Input, Plan, Raw, title_input, voice_of

__all__ = [
    "STILL",
    "STRIP",
    "CannotRender",
    "Input",
    "Plan",
    "Raw",
    "compile_mono",
    "compile_timeline",
    "title_input",
    "voice_of",
]
