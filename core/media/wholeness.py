"""Whether all of a file is there, by what its container says of its own length.

FFmpeg opens a file whose end is missing as if nothing were the matter, if what it needs stands at the beginning.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

_HEADER = 8
_LARGE_HEADER = 16
_FIRST = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
_NEEDED = {b"moov", b"mdat"}


def is_cut_short(path: Path) -> bool:
    """Whether an MP4, MOV, M4A, WAV, AVI or WebP ends before its last part does. False for other types, which do not
    say how long they are. Raises `OSError`."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_HEADER)
        if head[:4] == b"RIFF":
            length = int.from_bytes(head[4:8], "little")
            # A writer that cannot go back leaves 0 or the largest number there.
            return length not in (0, 0xFFFFFFFF) and _HEADER + length > size
        return head[4:8] in _FIRST and _lacks_boxes(file, size)


def _lacks_boxes(file: BinaryIO, size: int) -> bool:
    """Goes from box to box (ISO/IEC 14496-12, 4.2). What stands behind a whole file and is no box does no harm."""
    at, seen = 0, set[bytes]()
    while at + _HEADER <= size:
        file.seek(at)
        header = file.read(_LARGE_HEADER)
        length, kind = int.from_bytes(header[:4]), header[4:8]
        if length == 0:  # it goes on to the end of the file, wherever that is
            return False
        if length == 1:
            length = int.from_bytes(header[8:16])
        if length < _HEADER or not kind.isalnum():
            return not seen >= _NEEDED
        if at + length > size:
            return True
        seen.add(kind)
        at += length
    return False
