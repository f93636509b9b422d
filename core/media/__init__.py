"""Media files on this machine's disk: looking at them, converting them, with FFmpeg as a program of its own.

The one module that the core and the studio share. It knows nothing of either.
"""

from core.media.abilities import Ability
from core.media.ffmpeg import Ffmpeg, FfmpegFailed, FfmpegMissing
from core.media.inputs import safe_input
from core.media.recipes import NoSound, aac_args, bare_args, extract_audio, mp3_args
from core.media.standard import BT709, standard_picture
from core.media.streams import AudioStream, Kind, Media, VideoStream

__all__ = [
    "BT709",
    "Ability",
    "AudioStream",
    "Ffmpeg",
    "FfmpegFailed",
    "FfmpegMissing",
    "Kind",
    "Media",
    "NoSound",
    "VideoStream",
    "aac_args",
    "bare_args",
    "extract_audio",
    "mp3_args",
    "safe_input",
    "standard_picture",
]
