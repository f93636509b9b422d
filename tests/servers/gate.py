"""A door before an editing backend: everything passes, is remembered, and can be held up.

async with Gate(studio.base_url) as gate:
    gate.close("run")                    # whoever asks for a turn waits
    await gate.waits("run")              # ... until somebody does
    gate.open("run")
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from aiohttp import ClientError, ClientSession, ClientTimeout, web

_ENDPOINTS = (  # the most exact first
    ("POST", "/run_sse", "run"),
    ("POST", "/api/upload-video/", "upload"),
    ("POST", "/api/render/proxy/lambda", "render"),
    ("GET", "/api/render/proxy/lambda", "poll"),
)
_OF_THE_CONNECTION = {"host", "transfer-encoding", "connection", "content-length", "keep-alive"}


@dataclass(frozen=True, slots=True)
class Passed:
    """One request as it came."""

    endpoint: str
    method: str
    url: str
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return f"{self.method} {self.url}\n{self.headers}\n{self.body.decode(errors='replace')}"


class Gate:
    """Endpoints: run, upload, render, poll, "" for the others. A held request is remembered when it comes and
    goes on to the backend when the door opens; one whose caller goes away meanwhile never gets there."""

    def __init__(self, backend: str) -> None:
        self.backend = backend
        self._doors: dict[str, asyncio.Event] = {}
        self._came = asyncio.Condition()
        self.passed: list[Passed] = []
        self.held: list[str] = []
        self.refuses = False  # everything, for good

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 30)
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._http = ClientSession(timeout=ClientTimeout(total=None), auto_decompress=False)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        for door in self._doors.values():
            door.set()
        await self._runner.cleanup()
        await self._http.close()

    def of(self, endpoint: str) -> list[Passed]:
        return [request for request in self.passed if request.endpoint == endpoint]

    def close(self, endpoint: str) -> None:
        self._doors[endpoint] = asyncio.Event()

    def open(self, endpoint: str) -> None:
        self._doors.pop(endpoint).set()

    async def waits(self, endpoint: str, timeout: float = 60) -> None:
        """Returns when somebody stands before a closed door."""
        async with asyncio.timeout(timeout), self._came:
            await self._came.wait_for(lambda: endpoint in self.held)

    async def came(self, endpoint: str, timeout: float = 60) -> None:
        """Returns when a request has passed."""
        async with asyncio.timeout(timeout), self._came:
            await self._came.wait_for(lambda: self.of(endpoint))

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        endpoint = _endpoint(request.method, request.path)
        door = self._doors.get(endpoint)
        if door is not None:
            await self._hold(endpoint, door)
        body = await request.read()
        headers = dict(request.headers)
        async with self._came:
            self.passed.append(Passed(endpoint, request.method, str(request.url), headers, body))
            self._came.notify_all()
        if self.refuses:
            return web.json_response({"code": 5555, "message": "no"})
        return await self._pass_on(request, body)

    async def _hold(self, endpoint: str, door: asyncio.Event) -> None:
        async with self._came:
            self.held.append(endpoint)
            self._came.notify_all()
        try:
            await door.wait()
        finally:
            self.held.remove(endpoint)

    async def _pass_on(self, request: web.Request, body: bytes) -> web.StreamResponse:
        headers = {key: value for key, value in request.headers.items() if key.lower() not in _OF_THE_CONNECTION}
        url = f"{self.backend}{request.rel_url}"
        try:
            async with self._http.request(request.method, url, headers=headers, data=body or None) as answer:
                response = web.StreamResponse(status=answer.status, headers=_kept(answer.headers))
                await response.prepare(request)
                async for chunk in answer.content.iter_any():
                    await response.write(chunk)
                await response.write_eof()
                return response
        except ClientError:
            return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")


def _kept(headers: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in headers.items() if key.lower() not in _OF_THE_CONNECTION}


def _endpoint(method: str, path: str) -> str:
    return next((name for verb, start, name in _ENDPOINTS if method == verb and path.startswith(start)), "")
