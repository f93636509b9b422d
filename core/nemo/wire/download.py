"""A finished file from the backend's address to this disk, in flat memory.

The address is fetched without the token, for it is another host's. Where it fails,
the backend's own download by render id serves, with the token, and may in turn name another address.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import httpx

from core.errors import BackendDown, UserError
from core.nemo.wire.envelope import Answer, opened
from core.nemo.wire.faults import BackendSaid, Call, Kind
from core.nemo.wire.multipart import BLOCK, Progress
from core.nemo.wire.renders import is_web, output_url
from core.nemo.wire.transport import LOST, Transport, whole

log = logging.getLogger(__name__)

_CALL = Call("download", Kind.RENDER)
_MAX_HOPS = 5


@dataclass(frozen=True, slots=True)
class Download:
    """Where the file goes. It appears under its name only when it is complete."""

    transport: Transport
    to: Path
    on_progress: Progress | None

    @property
    def part(self) -> Path:
        return self.to.with_name(self.to.name + ".part")

    async def fetch(self, url: str, fallback_path: str, headers: Mapping[str, str]) -> None:
        """Raises `BackendDown`, or what the backend's own download answers, when neither way works."""
        if await self._tried(url):
            return
        try:
            answer = await self._save(self.transport.base_url + fallback_path, headers)
        except LOST as error:
            raise self.transport.lost(error, _CALL) from error
        if answer is None:
            return
        if not await self._tried(self._named(answer, fallback_path)):
            raise BackendDown from BackendSaid(_CALL.name, answer.status, None, answer.text)

    def _named(self, answer: Answer, path: str) -> str:
        """The address that an answer without the file's bytes names instead."""
        if 300 <= answer.status < 400:
            return urljoin(self.transport.base_url + path, answer.headers.get("location", ""))
        return output_url(opened(answer, _CALL))

    async def _tried(self, url: str) -> bool:
        """Whether the file came from this address, followed over redirects."""
        for _ in range(_MAX_HOPS):
            if not is_web(url):
                return False
            try:
                answer = await self._save(url, {})
            except (*LOST, UserError) as error:
                log.info("download failed: %s", type(error).__name__)
                return False
            if answer is None:
                return True
            if not 300 <= answer.status < 400:
                log.info("download failed: HTTP %s", answer.status)
                return False
            url = urljoin(url, answer.headers.get("location", ""))
        return False

    async def _save(self, url: str, headers: Mapping[str, str]) -> Answer | None:
        """Saves what the address serves. Returns the answer instead if that is no file."""
        timeout = self.transport.waits.timeout()
        async with self.transport.stream("GET", url, headers, None, timeout) as response:
            if response.status_code != 200 or _is_page(response):
                return await whole(response)
            await self._write(response)
        return None

    async def _write(self, response: httpx.Response) -> None:
        length = response.headers.get("content-length", "")
        total = int(length) if length.isdecimal() and "content-encoding" not in response.headers else 0
        done = 0
        try:
            file = await asyncio.to_thread(self.part.open, "wb")
            with file:
                async for block in response.aiter_bytes(BLOCK):
                    await asyncio.to_thread(file.write, block)
                    done += len(block)
                    if self.on_progress:
                        self.on_progress(done, max(total, done))
            if not done:
                raise BackendDown from BackendSaid(_CALL.name, response.status_code, None, "an empty file")
            self.part.replace(self.to)
        finally:
            self.part.unlink(missing_ok=True)


def _is_page(response: httpx.Response) -> bool:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in ("application/json", "text/html", "application/xml", "text/xml") or kind.endswith("+json")
