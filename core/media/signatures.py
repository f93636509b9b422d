"""What a file claims to be by its first bytes, for those that FFmpeg does not open."""

from __future__ import annotations

import struct
from pathlib import Path

_HEAD = 256 * 1024  # bytes: a photo's size comes behind its thumbnail and its profile
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
_BEGINNINGS = (
    b"\x1aE\xdf\xa3", b"OggS", b"fLaC", b"ID3", b"FLV\x01", b"0&\xb2u", b"\x00\x00\x01\xba", b"caff", b"#!AMR",
    b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\x00", b"MM\x00*",
)  # fmt: skip
_HEIF = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
_NO_SIZE = (0xC4, 0xC8, 0xCC)  # of JPEG's markers between C0 and CF, which else begin a picture


def is_incomplete(path: Path) -> bool:
    """Whether it begins as a video, a sound or a picture does, so that its rest must be missing or broken.

    Raises `OSError` where it cannot be read, as the others here.
    """
    head = _head(path)
    in_riff = head[:4] in (b"RIFF", b"FORM") and head[8:12] in (b"AVI ", b"WAVE", b"WEBP", b"AIFF", b"AIFC")
    return head[4:8] in _BOXES or head.startswith(_BEGINNINGS) or in_riff


def is_heif(path: Path) -> bool:
    """Whether it is a picture as phones take them (HEIC), or AVIF."""
    head = _head(path)
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF


def claimed_pixels(path: Path) -> int:
    """Width times height that a PNG or a JPEG claims to have; 0 for what is neither."""
    head = _head(path)
    if head.startswith(b"\x89PNG\r\n\x1a\n") and len(head) >= 24:
        width, height = struct.unpack(">II", head[16:24])
        return int(width * height)
    return _jpeg_pixels(head) if head.startswith(b"\xff\xd8\xff") else 0


def _jpeg_pixels(head: bytes) -> int:
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE:
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return int(width * height)
        at += 2 + int.from_bytes(head[at + 2 : at + 4], "big")
    return 0


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)
