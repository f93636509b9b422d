"""Media files on this machine's disk: looking at them, converting them, with FFmpeg as a program of its own.

The one module that the core and the studio share. It knows nothing of either.
"""

from core.media.abilities import Ability
from core.media.ffmpeg import Ffmpeg, FfmpegFailed, FfmpegMissing
from core.media.fit import Fitted, fit
from core.media.fit_plan import Below, Span, parts_of_length
from core.media.heif import decode_heif
from core.media.inputs import safe_input
from core.media.recipes import NoSound, aac_args, bare_args, extract_audio, mp3_args
from core.media.signatures import claimed_pixels, is_heif, is_incomplete
from core.media.standard import BT709, on_black, standard_picture
from core.media.streams import AudioStream, Kind, Media, VideoStream
from core.media.types import type_of
from core.media.wholeness import is_cut_short

__all__ = [
    "BT709",
    "Ability",
    "AudioStream",
    "Below",
    "Ffmpeg",
    "FfmpegFailed",
    "FfmpegMissing",
    "Fitted",
    "Kind",
    "Media",
    "NoSound",
    "Span",
    "VideoStream",
    "aac_args",
    "bare_args",
    "claimed_pixels",
    "decode_heif",
    "extract_audio",
    "fit",
    "is_cut_short",
    "is_heif",
    "is_incomplete",
    "mp3_args",
    "on_black",
    "parts_of_length",
    "safe_input",
    "standard_picture",
    "type_of",
]
