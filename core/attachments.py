"""Whether a file may come in: its size against the limits of platform and skill, its type against what is accepted."""

from __future__ import annotations

from core.errors import (
    BadInput,
    EmptyFile,
    TooLargeToFetch,
    Unsupported,
)
from core.files import CONVERTED, UPLOADABLE, extension_of, safe_name
from core.messages import Attachment

MEGABYTE = 1 << 20


def refusal_of(attachment: Attachment, download: int | None) -> BadInput | None:
    """What is wrong with a file by what is said of it, whatever is to be done with it. `download` is the platform's
    limit in bytes."""
    name, size = _name(attachment), attachment.size
    if size == 0:
        return EmptyFile(name=name)
    extension = extension_of(attachment.name, attachment.mime)
    if not attachment.url and extension not in UPLOADABLE and extension not in CONVERTED:
        return Unsupported(name=name, formats=", ".join(UPLOADABLE))
    if size is not None and download is not None and size > download:
        return TooLargeToFetch(name=name, megabytes=_megabytes(size), limit=_megabytes(download))
    return None


def _name(attachment: Attachment) -> str:
    name = safe_name(attachment.name or attachment.url.partition("?")[0].rpartition("/")[2])
    extension = extension_of(name, attachment.mime)
    return name if "." in name or not extension else f"{name}.{extension}"


def _megabytes(size: int) -> float:
    return round(size / MEGABYTE, 1)
