"""The parts of a multipart body as they come in, in flat memory.

Bytes are handed on as they were received. aiohttp's own reader puts every piece together with the one before it to
look for the boundary, which copies each byte three times.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from email.message import Message

from aiohttp import content_disposition_filename, parse_content_disposition

_LONGEST_HEAD = 16 * 1024  # bytes of a part's headers
_LONGEST_BOUNDARY = 70  # characters, by RFC 2046
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


class Malformed(ValueError):
    """The body is no multipart body, or breaks off."""


@dataclass(frozen=True, slots=True)
class PartHead:
    """What a part says of itself, "" where it does not. The file name is a stranger's word."""

    name: str
    filename: str


class Parts:
    """`while head := await parts.next(): async for piece in parts.pieces(): …`; both raise `Malformed`.

    `receive` gives what has come in since it was last asked, b"" where there will be no more.
    """

    def __init__(self, content_type: str, receive: Callable[[], Awaitable[bytes]]) -> None:
        self._delimiter = b"\r\n--" + _boundary(content_type)
        self._receive = receive
        self._held = b"\r\n"  # the first delimiter need not have a line before it
        self._is_over = False  # the part, or what may come before the first

    async def next(self) -> PartHead | None:
        """The next part, None behind the last. What is left of the one before is passed over."""
        async for _ in self.pieces():
            pass
        while len(self._held) < 2:
            await self._more()
        if self._held.startswith(b"--"):
            return None
        head = _head(await self._up_to(b"\r\n\r\n"))
        self._is_over = False
        return head

    async def pieces(self) -> AsyncIterator[bytes]:
        """What is left of the part, as it comes."""
        while not self._is_over:
            end = self._held.find(self._delimiter)
            self._is_over = end >= 0
            sure = end if self._is_over else len(self._held) - self._begun()
            piece, self._held = self._held[:sure], self._held[sure:]
            if piece:
                yield piece
            if self._is_over:
                self._held = self._held[len(self._delimiter) :]
            else:
                await self._more()

    def _begun(self) -> int:
        """How many bytes at the end may turn out to begin a delimiter."""
        tail = self._held[1 - len(self._delimiter) :]
        at = tail.rfind(b"\r")
        return len(tail) - at if at >= 0 and self._delimiter.startswith(tail[at:]) else 0

    async def _up_to(self, end: bytes) -> bytes:
        while (at := self._held.find(end, 0, _LONGEST_HEAD)) < 0:
            if len(self._held) >= _LONGEST_HEAD:
                raise Malformed("headers")
            await self._more()
        found, self._held = self._held[:at], self._held[at + len(end) :]
        return found

    async def _more(self) -> None:
        received = await self._receive()
        if not received:
            raise Malformed("it breaks off")
        self._held = self._held + received if self._held else received


def _boundary(content_type: str) -> bytes:
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_boundary() or ""
    if not 0 < len(boundary) <= _LONGEST_BOUNDARY or not (boundary.isascii() and boundary.isprintable()):
        raise Malformed("boundary")
    return boundary.encode()


def _head(lines: bytes) -> PartHead:
    """From what stands between a delimiter and the part's body: the delimiter's own line end comes first."""
    first, *headers = lines.decode("utf-8", "replace").split("\r\n")
    said = ""
    if first.strip(" \t"):
        raise Malformed("boundary")
    for header in headers:
        name, colon, value = header.partition(":")
        if not colon or _CONTROLS.search(header):
            raise Malformed("headers")
        said = value.strip() if name.strip().lower() == "content-disposition" else said
    _, values = parse_content_disposition(said)
    return PartHead(values.get("name", ""), content_disposition_filename(values) or "")
