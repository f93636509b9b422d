"""Which files are taken, what they are by name and type, and what they may be called. Content decides later."""

from __future__ import annotations

import mimetypes
import re
import unicodedata
from typing import Literal

Kind = Literal["video", "audio", "image", "other"]

UPLOADABLE = ("mp4", "mov", "avi", "webm", "mkv", "jpg", "jpeg", "png", "gif", "webp", "mp3", "wav", "m4a", "aac")

# What the backend does not take is converted on this machine first. Speech and music that were lossy stay
# small; lossless and Apple sounds keep their quality in AAC.
CONVERTED = {
    **dict.fromkeys(
        ("3gp", "3g2", "m4v", "wmv", "mpg", "mpeg", "ts", "mts", "m2ts", "flv", "f4v", "vob", "ogv"), "mp4"
    ),
    **dict.fromkeys(("ogg", "oga", "opus", "weba", "wma", "amr", "mp2", "ac3", "eac3", "dts", "au"), "mp3"),
    **dict.fromkeys(("flac", "aif", "aiff", "caf", "w64", "mka", "m4b", "m4r"), "m4a"),
    **dict.fromkeys(("heic", "heif", "bmp", "dib", "tif", "tiff", "avif", "jfif", "jpe"), "jpg"),
}
TAKEN = frozenset({*UPLOADABLE, *CONVERTED})

# What programs put behind a name while the file is still coming; not everybody takes it away.
_UNFINISHED = frozenset({"part", "partial", "crdownload", "download", "tmp", "temp"})
# Types that say nothing, and what no table of the system knows to be something else than media.
_SAYS_NOTHING = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-download"})
_NO_MEDIA = frozenset(
    ["7z", "apk", "ass", "dmg", "doc", "docx", "epub", "exe", "iso", "odt", "ppt", "pptx", "psd", "rar", "rtf", "srt"]
)
_NAMES = mimetypes.MimeTypes()

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("mp4", "mov", "avi", "webm", "mkv"), "video"),
    **dict.fromkeys(("mp3", "wav", "m4a", "aac"), "audio"),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp"), "image"),
}
_TARGET_KINDS: dict[str, Kind] = {"mp4": "video", "mp3": "audio", "m4a": "audio", "jpg": "image"}

# Containers that hold a sound alone as well as a film: there the type knows more than the name.
_EITHER = frozenset({"mp4", "mov", "webm", "mkv", "3gp", "3g2", "ogg", "gif"})

_EXTENSIONS = {
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/x-msvideo": "avi",
    "video/avi": "avi",
    "video/webm": "webm",
    "video/x-matroska": "mkv",
    "video/matroska": "mkv",
    "video/3gpp": "3gp",
    "video/3gpp2": "3g2",
    "video/x-m4v": "m4v",
    "video/x-ms-wmv": "wmv",
    "video/mpeg": "mpg",
    "video/mp2t": "ts",
    "video/x-flv": "flv",
    "video/x-f4v": "f4v",
    "video/dvd": "vob",
    "application/mp4": "mp4",
    "application/x-matroska": "mkv",
    "video/ogg": "ogv",
    "audio/mpeg": "mp3",
    "audio/mp3": "mp3",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/wave": "wav",
    "audio/vnd.wave": "wav",
    "audio/mp4": "m4a",
    "audio/m4a": "m4a",
    "audio/x-m4a": "m4a",
    "audio/x-m4b": "m4b",
    "audio/x-m4r": "m4r",
    "audio/x-matroska": "mka",
    "audio/ac3": "ac3",
    "audio/eac3": "eac3",
    "audio/vnd.dts": "dts",
    "audio/basic": "au",
    "audio/aac": "aac",
    "audio/x-aac": "aac",
    "audio/aacp": "aac",
    "audio/ogg": "ogg",
    "application/ogg": "ogg",
    "audio/opus": "opus",
    "audio/flac": "flac",
    "audio/x-flac": "flac",
    "audio/webm": "webm",
    "audio/amr": "amr",
    "audio/3gpp": "3gp",
    "audio/x-ms-wma": "wma",
    "audio/aiff": "aiff",
    "audio/x-aiff": "aiff",
    "audio/x-caf": "caf",
    "image/jpeg": "jpg",
    "image/jpg": "jpg",
    "image/pjpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/heif": "heif",
    "image/bmp": "bmp",
    "image/x-ms-bmp": "bmp",
    "image/tiff": "tiff",
    "image/avif": "avif",
}

_SUFFIX = re.compile(r"(?<=.)\.([A-Za-z0-9]{1,8})$", re.DOTALL)
_LONGEST_NAME = 200  # bytes of UTF-8: file systems stop at 255, and we add something to names


def extension_of(name: str, mime: str = "") -> str:
    """The file type, lower case and without the dot: by name, or by MIME type where the name has none we know."""
    extension = _suffix(name)
    if extension in _UNFINISHED and _suffix(name[: -len(extension) - 1]) in TAKEN:
        return _suffix(name[: -len(extension) - 1])
    if extension in TAKEN:
        return extension
    return _EXTENSIONS.get(_bare(mime), extension)


def renamed(name: str, extension: str) -> str:
    """The name with that type in the place of one that it has no more."""
    while name.lower() != f".{extension}" and (last := _suffix(name)) in TAKEN | _UNFINISHED and last != extension:
        name = name[: -len(last) - 1]
    return name if _suffix(name) == extension else f"{name}.{extension}"


def may_be_media(name: str, mime: str = "") -> bool:
    """False for what is certainly something else. What nothing is known of is looked into once it is here."""
    if extension_of(name, mime) in TAKEN or _family_kind(_bare(mime).partition("/")[0]):
        return True
    if _bare(mime) not in _SAYS_NOTHING or _suffix(name) in _NO_MEDIA:
        return False
    guessed, packed = _NAMES.guess_type(name)
    return packed is None and (guessed is None or _family_kind(guessed.partition("/")[0]) is not None)


def _suffix(name: str) -> str:
    found = _SUFFIX.search(name) or _SUFFIX.search(f"x{name}")
    return found[1].lower() if found else ""


def kind_of(name: str, mime: str = "") -> Kind:
    """What a file is by its name and MIME type."""
    extension = extension_of(name, mime)
    kind = _KINDS.get(extension) or _TARGET_KINDS.get(CONVERTED.get(extension, ""), "other")
    family = _bare(mime).partition("/")[0]
    if kind == "other" or extension in _EITHER:
        return _family_kind(family) or kind
    return kind


def _family_kind(family: str) -> Kind | None:
    match family:
        case "video" | "audio" | "image":
            return family
        case _:
            return None


def _bare(mime: str) -> str:
    return mime.partition(";")[0].strip().lower()


def safe_name(name: str) -> str:
    """A name to show and to save under: no folders, control characters or leading dots, never too long or empty."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name.rstrip("/\\ "))[-1])
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
    name = re.sub(r"[<>:\"|?*]", "_", " ".join(name.split()))
    suffix = _SUFFIX.search(f"x{name}")
    extension = f".{suffix[1]}" if suffix else ""
    stem = name.removesuffix(extension).strip(". ")
    return (_cut(stem, _LONGEST_NAME - len(extension)).rstrip(". ") or "file") + extension


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")


AUDIO_TYPES = ("mp3", "wav", "m4a")
