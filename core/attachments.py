"""Whether a file may come in: its size against the limits of platform and skill, its type against what is accepted."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from core.errors import BadInput, EmptyFile, TooLarge, TooLargeToFetch, Unsupported
from core.files import UPLOADABLE, extension_of, may_be_media, safe_name
from core.messages import Attachment

MEGABYTE = 1 << 20


def refusal_of(attachment: Attachment, download: int | None) -> BadInput | None:
    """What is wrong with a file by what is said of it, whatever is to be done with it. `download` is the platform's
    limit in bytes."""
    name, size = shown_name(attachment), attachment.size
    if size == 0:
        return EmptyFile(name=name)
    if not attachment.url and not may_be_media(attachment.name, attachment.mime):
        return Unsupported(name=name, formats=", ".join(UPLOADABLE))
    if size is not None and download is not None and size > download:
        return TooLargeToFetch(name=name, megabytes=megabytes(size), limit=megabytes(download))
    return None


def refusal_of_size(name: str, size: int, limit: int) -> TooLarge | None:
    """Whether a file of `size` bytes is more than the skill takes: `limit` megabytes."""
    return TooLarge(name=name, megabytes=megabytes(size), limit=limit) if size > limit * MEGABYTE else None


def shown_name(attachment: Attachment) -> str:
    """What the file is called to its person and to the backend."""
    name = safe_name(attachment.name or name_in(attachment.url))
    extension = extension_of(name, attachment.mime)
    return name if "." in name or not extension else f"{name}.{extension}"


def linked(url: str) -> Attachment:
    """A file behind a public link, which the backend fetches itself."""
    return Attachment(handle=url, name="", url=url)


def name_in(url: str) -> str:
    """What the file behind a link is called, as people read it."""
    return unquote(urlsplit(url).path.rpartition("/")[2])


def megabytes(size: int) -> float:
    return round(size / MEGABYTE, 1)


def size_in_words(size: int) -> str:
    """As people write it: 340 KB, 12.3 MB."""
    return f"{max(1, round(size / 1024))} KB" if size < MEGABYTE else f"{size / MEGABYTE:.1f} MB"
