"""A timeline to one FFmpeg run. Pure: what is known of the sources is handed in.

One graph and one encode. Video is copied where no edit touches its pixels or cuts it; sound is copied where it
is what was asked for already.
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
