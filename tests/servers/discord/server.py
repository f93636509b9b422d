"""A Discord on loopback for a real discord.py: REST, gateway, signed links, and people to talk to it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.servers.discord import spec
from tests.servers.discord.account_api import AccountApi
from tests.servers.discord.answers import Refusal, nothing
from tests.servers.discord.channels_api import ChannelsApi, Files
from tests.servers.discord.faults import Faults
from tests.servers.discord.gateway import Gateway
from tests.servers.discord.hub import Hub
from tests.servers.discord.interactions_api import InteractionsApi
from tests.servers.discord.multipart import parts
from tests.servers.discord.people import People

API = "/api/v10"
_UNAUTHENTICATED = ("/interactions/", "/webhooks/", "/gateway")
LARGEST = 200 << 20


class DiscordServer:
    """`async with DiscordServer() as discord`: `people` act, `hub` holds what came of it, `gateway` and `faults` go
    wrong on request. `complaints` are what the official document has against the bot's requests; leaving raises
    them unless `strict` is off."""

    def __init__(self, journal: Path | None = None, *, port: int = 0, strict: bool = True) -> None:
        self.hub = Hub(journal)
        self.people = People(self.hub)
        self.gateway = Gateway(self.hub)
        self.files = Files(self.hub)
        self.account = AccountApi(self.hub)
        self._strict = strict
        self._port = port

    @property
    def api_url(self) -> str:
        return self.hub.base + API

    @property
    def gateway_url(self) -> str:
        return self.hub.base.replace("http", "ws", 1) + "/gateway"

    @property
    def faults(self) -> Faults:
        return self.hub.faults

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=LARGEST)
        app.add_routes([*self.gateway.routes(), *self.files.routes()])
        app.add_subapp(API, self._api())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self.hub.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._sender = asyncio.create_task(self.gateway.deliver_for_ever())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sender.cancel()
        await asyncio.gather(self._sender, return_exceptions=True)
        self.gateway.drop()
        await self._runner.cleanup()
        self.hub.close()
        if self._strict and error is None and self.hub.complaints:
            raise AssertionError("\n".join(self.hub.complaints))

    def _api(self) -> web.Application:
        api = web.Application(client_max_size=LARGEST, middlewares=[self._meet])
        for part in (self.account, ChannelsApi(self.hub), InteractionsApi(self.hub)):
            api.add_routes(part.routes())
        return api

    @web.middleware
    async def _meet(self, request: web.Request, handler: Any) -> web.StreamResponse:
        try:
            self._authorise(request)
            body = await _json_of(request)
            self.hub.calls.append((request.method, request.path.removeprefix(API), body))
            self.hub.complaints += spec.said(request, body)
            fault = await self.hub.faults.before(request)
            response: web.StreamResponse = await handler(request)
        except Refusal as refusal:
            self.hub.happened("refused", line=f"{request.method} {request.path}", status=refusal.status)
            return refusal.response()
        except ConnectionResetError:
            return nothing()  # whoever asked was killed in the middle of it
        except web.HTTPNotFound:
            self.hub.complaints.append(f"{request.method} {request.path}: not on this server")
            return Refusal(404, 0, "404: Not Found").response()
        if fault and fault.carried_out:
            return fault.refusal.response()
        if fault and fault.drop_answer:
            Faults.break_off(request)
        return response

    def _authorise(self, request: web.Request) -> None:
        path = request.path.removeprefix(API)
        if path.startswith(_UNAUTHENTICATED) and path != "/gateway/bot":
            return
        if request.headers.get("Authorization") != f"Bot {self.hub.token}":
            raise Refusal(401, 0, "401: Unauthorized")


async def _json_of(request: web.Request) -> Any:
    """The JSON of a request, also of a multipart one; the body stays readable."""
    if not request.can_read_body:
        return None
    raw = await request.read()
    if request.content_type.startswith("multipart/"):
        return next(
            (
                json.loads(part.content)
                for part in parts(raw, request.headers["Content-Type"])
                if part.name == "payload_json"
            ),
            None,
        )
    return json.loads(raw) if raw else None
