"""What the headers of a result's page and file say."""

from __future__ import annotations

from email.utils import formatdate
from pathlib import PurePath
from urllib.parse import quote

from core.files import safe_name
from core.records import PublishedResult

# A file is never served as anything but media, whatever the backend calls it.
_TYPES = {
    "mp4": "video/mp4", "mov": "video/quicktime", "avi": "video/x-msvideo", "webm": "video/webm",
    "mkv": "video/x-matroska", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif",
    "webp": "image/webp", "mp3": "audio/mpeg", "wav": "audio/wav", "m4a": "audio/mp4", "aac": "audio/aac",
    "ogg": "audio/ogg", "flac": "audio/flac",
}  # fmt: skip
# Nobody who does not have the link should find or be told of it.
HIDDEN = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def content_type(name: str) -> str:
    return _TYPES.get(PurePath(name).suffix.lower().lstrip("."), "application/octet-stream")


def disposition(kind: str, name: str) -> str:
    """A Content-Disposition (RFC 6266): `kind` is "inline" or "attachment". Old programs read the first name, which is
    in ASCII, and all others the second."""
    name = safe_name(name)
    plain = "".join(char if char.isascii() and char not in '\\"%' else "_" for char in name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def file_headers(result: PublishedResult, *, download: bool) -> dict[str, str]:
    return {
        **HIDDEN,
        "Content-Type": content_type(result.name),
        "Content-Disposition": disposition("attachment" if download else "inline", result.name),
        "Accept-Ranges": "bytes",
        "ETag": etag(result),
        "Last-Modified": formatdate(result.made, usegmt=True),
        # Nobody else's: a cache between must not outlive the page.
        "Cache-Control": "private, max-age=300",
    }


def etag(result: PublishedResult) -> str:
    """Strong: when a page shows another file, that was made at another time."""
    return f'"{int(result.made * 1000):x}-{result.size:x}"'
