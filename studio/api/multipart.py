"""Reads the parts of a multipart body as they arrive, in constant memory.

The parser is `multipart`: aiohttp's own joins each piece with the one before it to look for the boundary, which copies
every byte three times.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from aiohttp import content_disposition_filename, parse_content_disposition
from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

_LONGEST_BOUNDARY = 70  # characters, by RFC 2046
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


class Malformed(ValueError):
    """The body is not a multipart body, or it ends too early."""


@dataclass(frozen=True, slots=True)
class PartHead:
    """The name and file name of a part, "" if not given. The file name is untrusted."""

    name: str
    filename: str


class Parts:
    """`while head := await parts.next(): async for piece in parts.pieces(): …`; both raise `Malformed`.

    `receive` returns the bytes that have arrived since the last call, b"" at the end of the body.
    """

    def __init__(self, content_type: str, receive: Callable[[], Awaitable[bytes]]) -> None:
        self._events = _parsed(_boundary(content_type), receive)

    async def next(self) -> PartHead | None:
        """Returns the next part, None after the last. The unread rest of the part before is skipped."""
        async for event in self._events:
            if isinstance(event, MultipartSegment):
                return _head(event)
        return None

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yields the rest of the part as it arrives."""
        async for event in self._events:
            if not isinstance(event, bytes | bytearray):
                return
            yield bytes(event)


async def _parsed(
    boundary: str, receive: Callable[[], Awaitable[bytes]]
) -> AsyncIterator[MultipartSegment | bytes | bytearray | None]:
    """Of each part its head, its pieces, and None."""

    async def read(_: int) -> bytes:
        return await receive()

    try:
        with PushMultipartParser(boundary) as parser:
            async for event in parser.parse_async(read):
                yield event
    except MultipartError as error:
        raise Malformed(str(error)) from error


def _boundary(content_type: str) -> str:
    kind, options = parse_options_header(content_type)
    boundary: str = options.get("boundary", "")
    if kind != "multipart/form-data" or not 0 < len(boundary) <= _LONGEST_BOUNDARY or not boundary.isprintable():
        raise Malformed("boundary")
    return boundary


def _head(part: MultipartSegment) -> PartHead:
    # The parser knows no `filename*`, which aiohttp's clients write for a name in Chinese.
    said = part.header("Content-Disposition", "")
    if _CONTROLS.search(said):
        raise Malformed("headers")
    _, values = parse_content_disposition(said)
    return PartHead(values.get("name", ""), content_disposition_filename(values) or "")
