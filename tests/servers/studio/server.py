"""The studio with a proxy before it, both in this process: answers, streams and parts vary by `Variants`.

async with VariedStudio(StudioSettings(data=folder), Variants(partials=True)) as studio:
    print(studio.base_url)
"""

from __future__ import annotations

import asyncio
import json
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web
from yarl import URL

from studio import StudioSettings
from studio.agent.turns import Projects
from studio.render.renderer import Renderer, Tools
from studio.server import Studio
from studio.store import Store
from tests.servers.studio.answers import RENDERS, Answer, Answers
from tests.servers.studio.drafts import short_keys
from tests.servers.studio.offers import ANSWERS
from tests.servers.studio.parts import VariedProjects, VariedRenderer
from tests.servers.studio.stream import Rewriter, no_credits
from tests.servers.studio.variants import Variants

_HOP_BY_HOP = ("connection", "content-length", "keep-alive", "transfer-encoding")


class VariedStudio:
    def __init__(self, settings: StudioSettings, variants: Variants | None = None) -> None:
        self.variants = variants or Variants()
        self.base_url = ""
        self._stream_over = asyncio.Event()
        self._projects: VariedProjects | None = None
        self._answers = Answers(self.variants)
        self._studio = Studio(settings, projects=self._make_projects, renderer=self._make_renderer)

    async def __aenter__(self) -> Self:
        await self._studio.start()
        self._http = aiohttp.ClientSession(auto_decompress=False, timeout=aiohttp.ClientTimeout(total=None))
        app = web.Application(client_max_size=1 << 30)
        # A client that leaves is to leave the studio, too: hence the cancellation of handlers.
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()
        await self._http.close()
        if self._projects:
            await self._projects.close()
        await self._studio.close()

    def _make_projects(self, store: Store) -> Projects:
        self._projects = VariedProjects(store, self.variants, self._stream_over)
        return self._projects

    def _make_renderer(self, tools: Tools) -> Renderer:
        return VariedRenderer(tools, self.variants)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if refusal := self._answers.refusal(request.method, request.path, request.headers.get("X-Client-Id", "")):
            return _json(self._answers.error(refusal))
        if request.path == "/run_sse" and self.variants.no_credits:
            return web.Response(body=no_credits(), content_type="text/event-stream")
        if request.path == "/run_sse":
            self._stream_over.clear()
        body: Any = request.content if request.can_read_body else None
        if (request.method, request.path) == ("POST", RENDERS):
            body = self._order(await request.read())
        if request.path == "/run_sse" and self.variants.offers:
            taken = self.variants.offers.take(await request.json(), request.headers.get(ANSWERS))
            if isinstance(taken, bytes):
                return web.Response(body=taken, content_type="text/event-stream")
            body = json.dumps(taken).encode()
        async with self._ask(request.method, request.raw_path, request, body) as answer:
            if answer.content_type == "text/event-stream":
                return await self._stream(request, answer)
            if answer.content_type == "application/json":
                return await self._varied(request, answer)
            return await _passed_on(request, answer)

    def _ask(self, method: str, path: str, request: web.Request, body: Any = None) -> Any:
        headers = {key: value for key, value in request.headers.items() if key.lower() not in _HOP_BY_HOP}
        url = URL(self._studio.base_url + path, encoded=True)
        return self._http.request(method, url, headers=headers, data=body, allow_redirects=False)

    def _order(self, body: bytes) -> bytes:
        order = json.loads(body)
        if not self.variants.long_keys:
            return body
        return json.dumps({**order, "draft": short_keys(order["draft"])}).encode()

    async def _varied(self, request: web.Request, answer: aiohttp.ClientResponse) -> web.Response:
        told = Answer(await answer.json(), answer.status)
        if told.body.get("code") == 409 and self.variants.duplicate_returns_job:
            told = await self._known_job(request)
        varied = self._answers.varied(request.method, request.path, told)
        return _json(varied, {key: answer.headers[key] for key in ("Retry-After",) if key in answer.headers})

    async def _known_job(self, request: web.Request) -> Answer:
        render = str(json.loads(await request.read())["id"])
        async with self._ask("GET", f"{RENDERS}/{render}", request) as answer:
            status = (await answer.json())["status"]
        return Answer({"success": True, "data": {"id": render, "status": status, "progress": 0}})

    async def _stream(self, request: web.Request, answer: aiohttp.ClientResponse) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        try:
            return await self._relayed(request, answer, response)
        finally:
            self._stream_over.set()

    async def _relayed(
        self, request: web.Request, answer: aiohttp.ClientResponse, response: web.StreamResponse
    ) -> web.StreamResponse:
        rewriter = Rewriter(self.variants)
        try:
            while not rewriter.over and (frame := await _next_frame(answer.content)):
                for each in rewriter.rewritten(frame):
                    await response.write(each)
                if rewriter.broken:
                    return _broken_off(request, response)
        except aiohttp.ClientPayloadError:
            return _broken_off(request, response)
        for each in rewriter.last_words():
            await response.write(each)
        await response.write_eof()
        return response


async def _next_frame(content: aiohttp.StreamReader) -> bytes:
    """With the empty line at its end; b"" after the last."""
    frame = b""
    while not frame.endswith(b"\n\n"):
        line = await content.readline()
        if not line:
            return b""
        frame += line
    return frame


def _broken_off(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    if request.transport:
        request.transport.abort()
    return response


async def _passed_on(request: web.Request, answer: aiohttp.ClientResponse) -> web.StreamResponse:
    headers = {key: value for key, value in answer.headers.items() if key.lower() not in _HOP_BY_HOP}
    response = web.StreamResponse(status=answer.status, headers=headers)
    response.content_length = answer.content_length
    await response.prepare(request)
    async for chunk in answer.content.iter_any():
        await response.write(chunk)
    await response.write_eof()
    return response


def _json(answer: Answer, headers: dict[str, str] | None = None) -> web.Response:
    text = json.dumps(answer.body, ensure_ascii=False)
    return web.Response(status=answer.status, text=text, content_type="application/json", headers=headers)
