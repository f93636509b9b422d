"""Which bytes of a file a browser asks for (RFC 9110, 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aiohttp import web

from bots.results.headers import etag
from core.records import PublishedResult

# One range; for several at once the whole file may be given, and no player asks for them.
_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
_OF = re.compile(r"bytes (\d+)-(\d+)/(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """From the byte `first` to and with the byte `last`, None for the end; of a `first` of None the last `last`."""

    first: int | None
    last: int | None

    @property
    def header(self) -> str:
        first, last = ("" if each is None else str(each) for each in (self.first, self.last))
        return f"bytes={first}-{last}"

    def within(self, total: int) -> tuple[int, int] | None:
        """First and last byte of it in a file of `total` bytes; None if there is no such byte."""
        if self.first is None:
            first, last = max(0, total - (self.last or 0)), total - 1
        else:
            first, last = self.first, total - 1 if self.last is None else min(self.last, total - 1)
        return (first, last) if first <= last else None


FIRST_BYTE = Span(0, 0)


def asked_span(request: web.Request, result: PublishedResult) -> Span | None:
    """None for the whole file: also if the browser has a part of another one."""
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if found is None or found[0] == "bytes=-" or not _is_same(request, result):
        return None
    first, last = (int(each) if each else None for each in found.groups())
    return None if first is not None and last is not None and last < first else Span(first, last)


def _is_same(request: web.Request, result: PublishedResult) -> bool:
    said = request.headers.get("If-Range", "")
    if not said:
        return True
    if said.startswith(('"', "W/")):
        return said == etag(result)
    return request.if_range is not None and int(request.if_range.timestamp()) == int(result.made)


def is_known(request: web.Request, result: PublishedResult) -> bool:
    """Whether the browser has this very file already (RFC 9110, 13.2.2)."""
    if tags := request.if_none_match:
        return any(tag.value in ("*", etag(result).strip('"')) for tag in tags)
    since = request.if_modified_since
    return since is not None and int(result.made) <= int(since.timestamp())


def read_content_range(value: str) -> tuple[int, int, int] | None:
    """First byte, last byte and the length of the file; None for what is not of that form."""
    found = _OF.fullmatch(value.strip())
    return (int(found[1]), int(found[2]), int(found[3])) if found else None
