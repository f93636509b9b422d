"""The studio as a backend of which a call goes wrong: a door before a real one that knows what really was done."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout, web

from tests.servers.cloud import route_of
from tests.servers.faults import Fault, answer_wrongly, plain
from tests.servers.script import Reply, Request, Session, Taken, Turn

_OF_THE_CONNECTION = {"transfer-encoding", "connection", "content-length", "keep-alive"}


class FaultyStudio:
    """What the course asks of a backend: `faults`, and what was `taken`, which `sessions` stand and what was asked.

    Every call goes on to the studio at `backend` unless a fault keeps it. Sessions that are taken out of `sessions`
    are gone.
    """

    def __init__(self, backend: str) -> None:
        self._backend = backend
        self.faults: list[Fault] = []
        self.requests: list[Request] = []
        self.taken: list[Taken] = []
        self.sessions: dict[str, Session] = {}
        self._made: set[str] = set()
        self._renders: dict[str, str] = {}  # by the path of the file
        self._doing: set[asyncio.Task[Reply]] = set()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 30)
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._http = ClientSession(timeout=ClientTimeout(total=None))
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        await self._runner.cleanup()
        await asyncio.gather(*self._doing, return_exceptions=True)
        await self._http.close()

    def asked(self, endpoint: str) -> list[Request]:
        return [request for request in self.requests if request.endpoint == endpoint]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        name, rest = ("media", "") if request.path.startswith("/results/") else route_of(request.method, request.path)
        body, headers = await request.read(), {key.lower(): value for key, value in request.headers.items()}
        path = f"{request.rel_url.raw_path} {self._renders.get(request.path, '')}"
        kept = Request(name, request.method, str(request.rel_url), path, headers, body)
        self.requests.append(kept)
        striking = next((fault for fault in self.faults if fault.strikes(name)), None)
        if striking is None:
            return plain(await self._truth(name, rest, kept))
        needed = striking.needs_truth
        truth = await self._truth(name, rest, kept) if needed else Reply()
        return await answer_wrongly(request, striking, lambda: truth)

    async def _truth(self, name: str, rest: str, request: Request) -> Reply:
        """Whoever asked may give up meanwhile: what was begun is brought to its end."""
        session = _session_of(name, rest, request)
        if session in self._made and session not in self.sessions:
            return Reply.coded(1002, http=False)
        doing = asyncio.create_task(self._done(name, session, request))
        self._doing.add(doing)
        doing.add_done_callback(self._doing.discard)
        return await asyncio.shield(doing)

    async def _done(self, name: str, session: str, request: Request) -> Reply:
        before = self.sessions[session].draft if session in self.sessions else ""
        reply = await self._ask(request.method, request.url, request.headers, request.body)
        if name == "session" and reply.status == 200:
            self._note_session(json.loads(reply.content)["data"]["session_id"])
        elif name == "poll" and reply.status == 200:
            self._note_render(request.path.split()[0].rpartition("/")[2], json.loads(reply.content))
        elif name in ("run", "upload") and session in self.sessions:
            await self._look(session, request.headers)
        if name == "run" and session in self.sessions:
            made = self.sessions[session]
            turn = Turn("", made.draft if made.draft != before else None)
            self.taken.append(Taken(request.said, turn, made, made.names))
        return reply

    def _note_session(self, session: str) -> None:
        self.sessions[session] = Session()
        self._made.add(session)

    def _note_render(self, render: str, state: Mapping[str, Any]) -> None:
        url = (state.get("output") or {}).get("url", "") or (state.get("data") or {}).get("outputUrl", "")
        self._renders[url.removeprefix(self.url)] = render

    async def _look(self, session: str, headers: Mapping[str, str]) -> None:
        reply = await self._ask("GET", f"/api/state/nemo_agent/me/{session}/latest", headers, b"")
        state = json.loads(reply.content)["data"]["state"]
        self.sessions[session].draft = json.dumps(state["draft"], separators=(",", ":"), ensure_ascii=False)
        self.sessions[session].videos = state["video_infos"]

    async def _ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        kept = {key: value for key, value in headers.items() if key not in _OF_THE_CONNECTION}
        async with self._http.request(method, f"{self._backend}{url}", headers=kept, data=body or None) as answer:
            kind = answer.headers.get("Content-Type", "application/json")
            return Reply(answer.status, await answer.read(), content_type=kind)


def _session_of(name: str, rest: str, request: Request) -> str:
    match name:
        case "run":
            return str(request.json.get("session_id", ""))
        case "render":
            return str(request.json.get("sessionId", ""))
        case "upload" | "state":
            return rest
    return ""
