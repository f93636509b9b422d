"""The type of a file by its content, as the name of such files ends. Pure."""

from __future__ import annotations

from core.media.streams import Media

_ALWAYS = {
    "wav": "wav", "w64": "w64", "flac": "flac", "aac": "aac", "gif": "gif", "avi": "avi", "mpegts": "ts",
    "mpeg": "mpg", "flv": "flv", "amr": "amr", "amrnb": "amr", "amrwb": "amr", "aiff": "aiff", "caf": "caf",
    "ac3": "ac3", "eac3": "ac3", "dts": "dts", "au": "au", "png_pipe": "png", "jpeg_pipe": "jpg", "webp_pipe": "webp",
    "webp_anim": "webp", "bmp_pipe": "bmp", "tiff_pipe": "tiff",
}  # fmt: skip
_OF_THE_WEB = {"vp8", "vp9", "av1", "opus", "vorbis"}
_STILLS = {"mjpeg": "jpg", "png": "png", "webp": "webp"}


def type_of(media: Media) -> str:
    """Lower case and without the dot; "mp4" for what has no name of its own."""
    names = media.format.split(",")
    for name in names:
        if name in _ALWAYS:
            return _ALWAYS[name]
    if "mp3" in names:
        return "mp2" if media.audio and media.audio.codec == "mp2" else "mp3"
    if "matroska" in names:
        codecs = {stream.codec for stream in (media.video, media.audio) if stream}
        return ("webm" if media.video else "weba") if codecs <= _OF_THE_WEB else ("mkv" if media.video else "mka")
    if "ogg" in names:
        return "ogv" if media.video else "ogg"
    if "asf" in names:
        return "wmv" if media.video else "wma"
    if media.still and media.video:
        return _STILLS.get(media.video.codec, "jpg")
    return "mp4" if media.video or "mov" not in names else "m4a"
