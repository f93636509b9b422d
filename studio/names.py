"""Names that strangers give their files. Pure."""

from __future__ import annotations

from pathlib import PurePath


def clean_name(name: str) -> str:
    """The last part of what a client calls its file, without control characters; shown, never used as a path."""
    last = PurePath(name.replace("\\", "/")).name
    kept = "".join(character for character in last if character.isprintable())
    stem, dot, extension = kept.rpartition(".")
    return f"{(stem or 'file')[:150]}{dot}{extension[:10]}"
