"""The HTTP side: `/bot<token>/<method>`, `/file/bot<token>/<path>`, and who may call."""

from __future__ import annotations

import json
from collections.abc import Callable

from aiohttp import web

from tests.servers.telegram.answering import ANSWERING
from tests.servers.telegram.calls import Call, read_call
from tests.servers.telegram.editing import EDITING
from tests.servers.telegram.faults import Fault, Faults, Kind
from tests.servers.telegram.menus import MENUS
from tests.servers.telegram.refusals import Refusal
from tests.servers.telegram.sending import SENDING
from tests.servers.telegram.setup import SETUP
from tests.servers.telegram.spec import Spec
from tests.servers.telegram.world import World

METHODS: dict[str, Callable[[World, Call], object]] = {**SETUP, **MENUS, **SENDING, **EDITING, **ANSWERING}
_PAGE = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>"


class Counter:
    """Answers the calls of one world. `violations` are requests that the specification does not know."""

    def __init__(self, world: World, faults: Faults, spec: Spec | None) -> None:
        self._world = world
        self._faults = faults
        self._spec = spec
        self.violations: list[str] = []

    @property
    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self._call),
            web.get("/file/bot{token}/{path:.+}", self._file),
        ]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            self._admit(request.match_info["token"])
            call = await read_call(request, method.lower(), self._world.files)
        except Refusal as refusal:
            return _answer(refusal.body, refusal.code)
        except (ConnectionError, web.RequestPayloadError):  # who called was killed in the middle of it
            return _cut(request)
        call.at = self._world.clock.now()
        self._world.calls.append(call)
        self._world.stir()
        self._check(method, call)
        fault = self._faults.take(call.method, call.text("chat_id"))
        if fault is None:
            return await self._answered(call)
        return await self._struck(request, call, fault)

    def _admit(self, token: str) -> None:
        if ":" not in token or token.startswith("0") or len(token) > 80:
            raise Refusal(401, "Unauthorized: invalid token specified")
        if token != self._world.token or self._world.logged_out:
            raise Refusal(401, "Unauthorized")

    def _check(self, method: str, call: Call) -> None:
        if self._spec is not None:
            self.violations += self._spec.problems(method, call)

    async def _answered(self, call: Call) -> web.Response:
        try:
            result = await self._result(call)
        except Refusal as refusal:
            call.answer = refusal.description
            self._journal(call)
            return _answer(refusal.body, refusal.code)
        call.answer = "ok"
        self._journal(call)
        return _answer({"ok": True, "result": result}, 200)

    async def _result(self, call: Call) -> object:
        if call.method == "getupdates":
            return await self._updates(call)
        if call.method not in METHODS:
            raise Refusal(404, "Not Found: method not found")
        return METHODS[call.method](self._world, call)

    async def _updates(self, call: Call) -> object:
        updates = self._world.updates
        updates.allow(call.object("allowed_updates"))
        limit = min(max(call.number("limit", 100), 1), 100)
        return await updates.poll(call.number("offset"), limit, call.number("timeout"), self._world.clock.sleep)

    def _journal(self, call: Call) -> None:
        if call.method == "getupdates":
            return
        sizes = {name: upload.size for name, upload in call.uploads.items()}
        self._world.note("call", method=call.method, values=call.values, uploads=sizes, answer=call.answer)

    async def _struck(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        if fault.delay:
            await self._world.clock.sleep(fault.delay)
        match fault.kind:
            case Kind.DELAY:
                return await self._answered(call)
            case Kind.LOSE:
                await self._answered(call)
                return _cut(request)
            case Kind.RESET:
                call.answer = "connection reset"
                return _cut(request)
            case Kind.STATUS:
                call.answer = f"status {fault.status}"
                return _answer(Refusal(fault.status, "Internal Server Error").body, fault.status)
            case Kind.PAGE:
                call.answer = f"page {fault.status}"
                return web.Response(status=fault.status, text=_PAGE, content_type="text/html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """Downloads. A local server does not serve its files over HTTP; one elsewhere has a file server beside it."""
        files = self._world.files
        stored = files.at(request.match_info["path"])
        served = stored is not None and (not files.local or files.elsewhere)
        if request.match_info["token"] != self._world.token or stored is None or not served:
            return _answer(Refusal(404, "Not Found").body, 404)
        fault = self._faults.take("file", "")
        if fault is not None and fault.delay:
            await self._world.clock.sleep(fault.delay)
        response = web.StreamResponse(headers={"Content-Type": "application/octet-stream"})
        response.content_length = stored.size
        await response.prepare(request)
        for block in stored.blocks():
            if fault is not None and fault.kind in (Kind.RESET, Kind.LOSE):
                await response.write(block[: len(block) // 2])
                return _cut(request)
            await response.write(block)
        await response.write_eof()
        return response


def _answer(body: object, status: int) -> web.Response:
    return web.Response(status=status, text=json.dumps(body, ensure_ascii=False), content_type="application/json")


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
