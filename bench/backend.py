"""The scripted backend of the tests as a process: turns that answer at once or never, uploads that are only counted.

python -m bench.backend [--hold] [--no-links]

    GET /open    -> {"turns": how many streams are open, "uploads": [{"size", "sha256"}]}
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import sys

from aiohttp import BodyPartReader, web

from tests.servers.cloud import FakeCloud
from tests.servers.script import Reply, Request, Turn, Upload


class Backend(FakeCloud):
    """`hold` leaves every turn's stream open. Without `links` it fetches nothing by itself: it is brought the bytes."""

    def __init__(self, *, hold: bool, links: bool = True) -> None:
        super().__init__()
        self._links = links
        self._hold = asyncio.Event() if hold else None
        self.open_turns = 0
        self.counted: list[dict[str, object]] = []

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/open":
            return web.json_response({"turns": self.open_turns, "uploads": self.counted})
        return await super()._serve(request)

    async def _run(self, request: web.Request, kept: Request) -> web.StreamResponse:
        self.turns = [Turn("Answered.", draft=None, tools=False, hold=self._hold)]
        self.open_turns += 1
        try:
            return await super()._run(request, kept)
        finally:
            self.open_turns -= 1

    def _of_session(self, name: str, session_id: str, request: Request) -> Reply:
        if name == "upload" and request.body and not self._links:
            return Reply.coded(4001, http=False)
        return super()._of_session(name, session_id, request)

    async def _take(self, request: web.Request) -> None:
        form = await request.multipart()
        while (part := await form.next()) is not None:
            if not isinstance(part, BodyPartReader):
                continue
            digest, size = hashlib.sha256(), 0
            while chunk := await part.read_chunk(1 << 18):
                digest.update(chunk)
                size += len(chunk)
            self.counted.append({"size": size, "sha256": digest.hexdigest()})
            self.uploads.append(Upload(part.filename or "", "", part.name or "", b""))


async def serve(*, hold: bool, links: bool) -> None:
    async with Backend(hold=hold, links=links) as backend:
        sys.stdout.write(f"{backend.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hold", action="store_true")
    parser.add_argument("--no-links", action="store_true")
    wish = parser.parse_args()
    asyncio.run(serve(hold=wish.hold, links=not wish.no_links))
