"""Pages of results as `cutroom run` serves them, with files that lie on a server of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import web

from bots.results.routes import result_routes
from bots.wiring.configuration import HttpSettings
from bots.wiring.house import Grounds, House, open_house
from bots.wiring.http import serve_http
from core.messages import MediaKind
from core.records import PublishedResult
from core.settings import BackendKind, Settings
from tests.clock import ForwardClock
from tests.jobs import HERE
from tests.servers.cloud import FakeCloud

DAY = 86_400.0
CONTENT = bytes(range(256)) * 40


@dataclass
class Cdn:
    """Serves `content` to whoever knows the path; with ranges unless `ranges` is off. `requests` are the headers that
    came. `given` counts the bytes that were taken from it; `stuck` is set when nobody takes more, `left` when the
    connection is gone."""

    content: bytes = CONTENT
    ranges: bool = True
    length: bool = True
    endless: bool = False
    broken: bytes | None = None
    requests: list[dict[str, str]] = field(default_factory=list)
    given: int = 0
    stuck: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.requests.append({name.lower(): value for name, value in request.headers.items()})
        if self.broken is not None:
            return web.Response(body=self.broken, content_type="video/mp4")
        if self.endless:
            return await self._for_ever(request)
        found = request.http_range if self.ranges else slice(None)
        first, last, _ = found.indices(len(self.content))
        if self.ranges and (found.start or 0) >= len(self.content):
            return web.Response(status=416, headers={"Content-Range": f"bytes */{len(self.content)}"})
        answer = web.StreamResponse(headers={"Content-Type": "video/mp4"})
        if (first, last) != (0, len(self.content)) or ("Range" in request.headers and self.ranges):
            answer.set_status(206)
            answer.headers["Content-Range"] = f"bytes {first}-{last - 1}/{len(self.content)}"
        if self.length:
            answer.content_length = last - first
        await answer.prepare(request)
        await answer.write(self.content[first:last])
        return answer

    async def _for_ever(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "video/mp4", "Content-Length": str(1 << 40)})
        await answer.prepare(request)
        block = bytes(1 << 20)
        try:
            while True:
                writing = asyncio.ensure_future(answer.write(block))
                done, _ = await asyncio.wait([writing], timeout=0.5)
                if not done:
                    self.stuck.set()
                await writing
                self.given += len(block)
        finally:
            self.left.set()


@pytest.fixture
async def cdn() -> AsyncIterator[Cdn]:
    cdn = Cdn()
    app = web.Application()
    app.router.add_get("/{path:.*}", cdn.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    cdn.url = f"http://127.0.0.1:{runner.addresses[0][1]}/render.mp4"
    yield cdn
    await runner.cleanup()


@pytest.fixture
async def cloud() -> AsyncIterator[FakeCloud]:
    async with FakeCloud() as cloud:
        yield cloud


@dataclass
class Site:
    """`http` asks our server, at `base`; `clock` is the house's."""

    house: House
    http: httpx.AsyncClient
    base: str
    clock: ForwardClock

    async def publish(self, url: str, **facts: Any) -> str:
        """Publishes a result; returns the path of its page."""
        result = PublishedResult(
            slug="abcdefghijklmnopqrstuvwxyz234567",
            id="job-1",
            place=HERE,
            skill="",
            name="talk.mp4",
            kind=MediaKind.VIDEO,
            url=url,
            render="r",
            size=len(CONTENT),
            made=self.clock.now(),
            until=self.clock.now() + 7 * DAY,
            duration=62.4,
            width=1080,
            height=1920,
        )
        page = await self.house.store.publish(replace(result, **facts))
        return f"/r/{page.slug}"


@asynccontextmanager
async def site(cloud: FakeCloud, folder: Path, public_url: str = "https://bot.example.org") -> AsyncIterator[Site]:
    """A front on `folder`'s database, as another one or a restarted one would be."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        backend=BackendKind.CLOUD,
        nemo_api_url=cloud.url,
        data_dir=folder / "data",
    )
    http = HttpSettings(_env_file=None, public_url=public_url)  # type: ignore[call-arg]
    grounds, clock = Grounds(folder / "cutroom.db", folder / "studio"), ForwardClock()
    async with (
        open_house(settings, grounds, [], clock, public_url=public_url) as house,
        serve_http("127.0.0.1", 0, house.store, result_routes(house, http.public_url), http.prefix) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
    ):
        yield Site(house, client, f"http://127.0.0.1:{port}", clock)


@pytest.fixture
async def front(cloud: FakeCloud, tmp_path: Path) -> AsyncIterator[Site]:
    async with site(cloud, tmp_path) as opened:
        yield opened
