"""Passes a file on from the backend to a browser, block by block, no faster than the browser reads.

Nothing of it lies on this machine's disk, so that any front can serve it. A backend that does not know ranges is read
up to where the range begins.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx
from aiohttp import web

from bots.results.headers import file_headers
from bots.results.ranges import FIRST_BYTE, Span, read_content_range
from core.errors import CutroomError, ResultUnreadable
from core.records import PublishedResult

log = logging.getLogger(__name__)
# A browser that reads nothing for so long is gone, or pauses a film: it asks again for the rest.
STALL_SECONDS = 120.0
# No media file begins with these: it is a page or an error, whatever its type says.
_TEXT = (b"<", b"{", b"[")


class CutOff(CutroomError):
    """The browser has a part of the file, and gets no more of it: either side broke off."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What an open answer holds: from `first` to `last`, of `total` bytes, None where it does not say how long it is.
    `skipped` bytes come before it."""

    first: int
    last: int | None
    total: int | None
    skipped: int = 0

    @property
    def length(self) -> int | None:
        return None if self.last is None else self.last - self.first + 1


@dataclass(slots=True)
class Passing:
    """One request for a file. `span` is what is asked for, None for all. After `take` there is an `answer`. With
    `looks`, it is only seen whether the file is there."""

    request: web.Request
    result: PublishedResult
    span: Span | None = None
    looks: bool = False
    answer: web.StreamResponse = field(default_factory=lambda: web.Response(status=502), init=False)

    @property
    def wanted(self) -> dict[str, str]:
        """The headers to ask the backend with. Its bytes are passed on as they are, so they must not be packed."""
        span = FIRST_BYTE if self._is_bare else self.span
        return {"Accept-Encoding": "identity", **({"Range": span.header} if span else {})}

    async def take(self, response: httpx.Response) -> None:
        """Raises `ResultUnreadable` for what is not the file, if nothing was passed on yet, and `CutOff` after that."""
        blocks = response.aiter_raw()
        head = await anext(blocks, b"") if response.status_code != 416 else b""
        piece = self._piece(response)
        if piece and piece.first == piece.skipped and head.lstrip()[:1] in _TEXT:
            raise ResultUnreadable from ValueError("text is served as media")
        if self.looks:
            return
        if piece is None:
            self.answer = web.Response(status=416, headers={**self._headers, **_length_said(response)})
            return
        self.answer = web.StreamResponse(headers=self._headers)
        self._describe(self.answer, piece)
        await self._stream(self.answer, head, blocks, piece)

    def _piece(self, response: httpx.Response) -> _Piece | None:
        """None if the file has no such part."""
        if response.status_code == 416:
            return None
        if "content-encoding" in response.headers:
            raise ResultUnreadable from ValueError("packed, and not asked to be")
        if response.status_code == 206:
            part = read_content_range(response.headers.get("content-range", ""))
            if part is None or not self.wanted.get("Range"):
                raise ResultUnreadable from ValueError("a part that nobody asked for")
            return _Piece(*part)
        length = response.headers.get("content-length", "")
        total = int(length) if length.isdecimal() else None
        if self.span is None or total is None or self._is_bare:
            return _Piece(0, None if total is None else total - 1, total)
        found = self.span.within(total)
        return _Piece(*found, total, skipped=found[0]) if found else None

    @property
    def _is_bare(self) -> bool:
        """Whether one byte is enough: it comes with the length of all."""
        return self.looks or self.request.method == "HEAD"

    @property
    def _headers(self) -> dict[str, str]:
        return file_headers(self.result, download="download" in self.request.query)

    def _describe(self, answer: web.StreamResponse, piece: _Piece) -> None:
        if piece.total is None:
            answer.headers.popall("Accept-Ranges")
        elif self._is_bare:
            answer.content_length = piece.total
        else:
            answer.content_length = piece.length
        if piece.total is not None and self.span and not self._is_bare:
            answer.set_status(206)
            answer.headers["Content-Range"] = f"bytes {piece.first}-{piece.last}/{piece.total}"

    async def _stream(
        self, answer: web.StreamResponse, head: bytes, blocks: AsyncIterator[bytes], piece: _Piece
    ) -> None:
        await answer.prepare(self.request)
        if self._is_bare:
            return
        try:
            await self._write(answer, head, blocks, piece)
            await answer.write_eof()
        except (httpx.HTTPError, OSError, TimeoutError) as error:
            # Only a broken connection tells the browser that this is not all.
            if self.request.transport:
                self.request.transport.abort()
            raise CutOff(type(error).__name__) from error

    async def _write(
        self, answer: web.StreamResponse, head: bytes, blocks: AsyncIterator[bytes], piece: _Piece
    ) -> None:
        skip, left = piece.skipped, piece.length
        block: bytes | None = head
        while block is not None:
            wanted = block[skip:] if left is None else block[skip : skip + left]
            skip = max(0, skip - len(block))
            if wanted:
                async with asyncio.timeout(STALL_SECONDS):
                    await answer.write(wanted)
            left = None if left is None else left - len(wanted)
            if left == 0:
                return
            block = await anext(blocks, None)
        if left:
            raise httpx.RemoteProtocolError(f"{left} bytes are missing")


def _length_said(response: httpx.Response) -> dict[str, str]:
    """Of an answer to a range that the file does not have."""
    said = response.headers.get("content-range", "")
    if response.status_code != 416:
        said = f"bytes */{response.headers.get('content-length', '')}"
    return {"Content-Range": said} if said.startswith("bytes */") else {}
