"""Makes any picture what every player shows as it is meant: progressive, opaque, 8 bit, in the colours of BT.709.

High dynamic range is brought down with a table of colours (`core.media.tone_mapping`), which every FFmpeg can apply:
zscale is missing from some, takes longer, and its picture changes from version to version.
"""

from __future__ import annotations

from pathlib import Path

from core.media.streams import VideoStream

# The colours of an encoded picture, for the options of the output.
BT709 = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv")

_TABLES = Path(__file__).parent / "tables"
_MATRICES = {
    "bt709": "bt709", "bt470bg": "bt601", "smpte170m": "bt601", "smpte240m": "smpte240m", "fcc": "fcc",
    "bt2020nc": "bt2020", "bt2020c": "bt2020",
}  # fmt: skip
_HD = 576  # lines: players take what does not say its colours for BT.601 up to here, for BT.709 above
_TO_BT709 = "out_color_matrix=bt709:out_range=tv"
_TAGGED = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"


def standard_picture(video: VideoStream, longest: int = 0) -> list[str]:
    """The filters, to be put before any other that looks at colours. They end in yuv420p.

    `longest` is the side in pixels that is all that is needed of a picture of high dynamic range: what is larger is
    made smaller first, because every pixel costs.
    """
    filters = ["bwdif=mode=send_frame:deint=all"] if video.interlaced else []
    if video.high_dynamic_range:
        return [*filters, *_toned_down(video, longest)]
    return [*filters, *on_black(video), f"scale={_matrix_of(video)}{_TO_BT709}", "format=yuv420p", _TAGGED]


def on_black(video: VideoStream) -> list[str]:
    """What is transparent over black: otherwise whatever colour is stored there would show."""
    return ["format=rgba", "premultiply=inplace=1"] if video.transparent else []


def _toned_down(video: VideoStream, longest: int) -> list[str]:
    """What a screen of today shows of it. Its own description of its light would be false afterwards."""
    black = ["format=gbrap16le", "premultiply=inplace=1"] if video.transparent else []
    share = min(1.0, longest / max(video.width, video.height)) if longest else 1.0
    smaller = f"w=trunc(iw*{share:.6f}/2)*2:h=trunc(ih*{share:.6f}/2)*2:" if share < 1 else ""
    table = _TABLES / ("pq.cube" if video.transfer == "smpte2084" else "hlg.cube")
    return [
        f"scale={smaller}{_matrix_of(video)}flags=bicubic",
        *(black or ["format=gbrp16le"]),
        f"lut3d=file={quoted(str(table))}:interp=tetrahedral",
        f"scale={_TO_BT709}",
        "format=yuv420p",
        _TAGGED,
        "sidedata=mode=delete",
    ]


def _matrix_of(video: VideoStream) -> str:
    """How the colours of the picture are to be read; "" for what is red, green and blue already."""
    if not video.pixel_format.startswith(("yuv", "nv", "p0", "uyv", "yuy")):
        return ""
    if video.high_dynamic_range:
        return "in_color_matrix=bt2020:"
    # JPEG pictures, and what cameras record alike, are BT.601 whatever their size.
    small = min(video.width, video.height) <= _HD or video.pixel_format.startswith("yuvj")
    guessed = "bt601" if small else "bt709"
    return f"in_color_matrix={_MATRICES.get(video.matrix, guessed)}:"


def quoted(value: str) -> str:
    """A value of a filter's option, whatever is in it: once for the option, once for the graph."""
    option = "".join(f"\\{sign}" if sign in "\\':" else sign for sign in value)
    return "".join(f"\\{sign}" if sign in "\\'[],;" else sign for sign in option)
