"""The options that every untrusted input file needs before FFmpeg may open it."""

from __future__ import annotations

from pathlib import Path

from core.media.abilities import Ability
from core.media.streams import Media

# A file that says "clip.mp4" can be an ffconcat script or an HLS playlist, and FFmpeg would open whatever
# other file it names, whatever the protocols allowed. So the formats are listed, and none of these can name
# another file. image2 is not among them: it reads "x%d.jpg" as a pattern and opens its siblings.
FORMATS = (
    *("mov", "matroska", "avi", "mpegts", "mpeg", "asf", "flv"),
    *("mp3", "wav", "flac", "aac", "ogg", "amr", "amrnb", "amrwb", "aiff", "caf", "ac3", "eac3", "dts", "w64", "au"),
    *("gif", "webp_anim", "png_pipe", "jpeg_pipe", "webp_pipe", "bmp_pipe", "tiff_pipe"),
)

# A few kilobytes can hold a picture of a gigabyte. 100 million is more than cameras and 8K video have.
_PIXELS = 100_000_000

_GUARD = (
    *("-protocol_whitelist", "file,pipe", "-format_whitelist", ",".join(FORMATS)),
    *("-max_pixels", str(_PIXELS)),
)


def safe_input(path: Path, media: Media | None = None) -> list[str]:
    """`-i path` with its guards. Reads the file's first bytes; raises `OSError` where it cannot.

    `media` is what a probe found in it: some pictures need another decoder than FFmpeg's own choice.

    The name may be anything: it is made absolute and never looked at by FFmpeg as an option, a protocol or
    a picture pattern. Options of the input, such as `-ss`, go before what is returned.
    """
    decoder = media.video.decoder if media and media.video else ""
    chosen = ["-c:v", decoder] if decoder else []
    return [*_GUARD, *_picture_format(path), *chosen, "-i", f"file:{path.absolute()}"]


def needed_to_open(path: Path) -> Ability | None:
    """What not every FFmpeg can do and this file needs. Reads its first bytes; raises `OSError` where it cannot."""
    return Ability.READ_ANIMATED_WEBP if "webp_anim" in _picture_format(path) else None


def _picture_format(path: Path) -> list[str]:
    """Names the format of a picture, so that FFmpeg does not choose image2 by the file's name."""
    with path.open("rb") as file:
        head = file.read(21)
    if head.startswith(b"\xff\xd8\xff"):
        return ["-f", "jpeg_pipe"]
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return ["-f", "png_pipe"]
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return ["-f", "bmp_pipe"]
    if head.startswith((b"II*\0", b"MM\0*")):
        return ["-f", "tiff_pipe"]
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ["-f", "webp_anim" if _is_animated(head) else "webp_pipe"]
    return []


def _is_animated(webp: bytes) -> bool:
    """By a flag of its extended header. FFmpeg reads such since 9.0; an older one finds no picture in it."""
    return webp[12:16] == b"VP8X" and bool(webp[20:] and webp[20] & 2)
