"""A small editing backend on loopback that does what a test tells it: the NemoVideo API with scripted answers.

    async with FakeCloud() as cloud:
        cloud.turns.append(Turn("Added a title. Click the Export button."))
        cloud.replies["credits"].append(Reply.coded(2001, http=False))
        ... talk to cloud.url ...
        assert cloud.requests[-1].endpoint == "run"

Without a script it works: tokens, sessions, uploads, turns that commit a timeline, renders that are finished
after `polls` looks and serve `media` from another origin than the API's.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from aiohttp import BodyPartReader, web

from tests.servers.faults import Fault, answer_wrongly, plain
from tests.servers.frames import said, used_tool
from tests.servers.script import Cut, Drop, Poll, Reply, Request, Session, Taken, Turn, Upload

SKILL_HEADERS = ("x-skill-source", "x-skill-version", "x-skill-platform")


class FakeCloud:
    """Endpoints by name: token, session, run, upload, credits, state, render, poll, cancel, restore, download, media.

    `replies[name]` are given before anything of its own, one a request, and `broken[name]` for as long as it is there;
    a reply that is None lets one of its own pass; `faults` strike before those. `expired` holds tokens to refuse.
    `on_request` is told of every request before it is answered. `taken` are the turns that reached the agent, which is
    what costs. After the answer to the call that `leaves_after` names, by endpoint and number, connections are refused
    until `come_back`.
    """

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.replies: dict[str, list[Reply | None]] = defaultdict(list)
        self.broken: dict[str, Reply] = {}
        self.faults: list[Fault] = []
        self.on_request: Callable[[Request], None] = lambda request: None
        self.leaves_after: tuple[str, int] | None = None
        self.requests: list[Request] = []
        self.taken: list[Taken] = []
        self.uploads: list[Upload] = []
        self.sessions: dict[str, Session] = {}
        self.renders: dict[str, int] = {}  # id -> looks left until it is finished
        self.cancelled: list[str] = []
        self.expired: set[str] = set()
        self.polls = 1
        self.poll_shape = Poll.FLAT
        self.media: bytes = b"\x00\x00\x00\x18ftypmp42" + b"media" * 100
        self.media_type = "video/mp4"
        self.credits = {"available": 100, "frozen": 0, "total": 100}
        self.token = "nmv_usr_test"
        self.user_id = "anon_abc123"
        self.started = asyncio.Event()  # set whenever a turn begins
        self._opened: set[str] = set()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 30)
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await self._site.start()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        (_, self._port), (_, cdn) = self._runner.addresses
        self.url, self.cdn = f"http://127.0.0.1:{self._port}", f"http://127.0.0.1:{cdn}"
        return self

    async def leave(self) -> None:
        """From now on connections are refused; what is under way goes on."""
        await self._site.stop()

    async def come_back(self) -> None:
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await self._site.start()

    async def __aexit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        await self._runner.cleanup()

    def asked(self, endpoint: str) -> list[Request]:
        return [request for request in self.requests if request.endpoint == endpoint]

    def open_session(self, session_id: str = "5529798706024415232", draft: str = "{}") -> str:
        self.sessions[session_id] = Session(draft)
        self._opened.add(session_id)
        return session_id

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        name, rest = route_of(request.method, request.path)
        kept = await self._keep(name, request)
        self.on_request(kept)
        response = await self._respond(name, rest, kept, request)
        if self.leaves_after == (name, len(self.asked(name))):
            self.leaves_after = None
            await self.leave()
            response.force_close()
        return response

    async def _respond(self, name: str, rest: str, kept: Request, request: web.Request) -> web.StreamResponse:
        if striking := [fault for fault in self.faults if fault.strikes(name)]:
            return await answer_wrongly(request, striking[0], lambda: self._whole(name, rest, kept))
        if name in self.broken:
            return plain(self.broken[name])
        if reply := self._scripted(name):
            if reply.does:
                self._answer(name, rest, kept)
            return await _given(request, reply)
        if refused := self._refusal(name, kept):
            return plain(refused)
        if name == "run":
            return await self._run(request, kept)
        return plain(self._answer(name, rest, kept))

    def _scripted(self, name: str) -> Reply | None:
        return self.replies[name].pop(0) if self.replies[name] else None

    def _whole(self, name: str, rest: str, kept: Request) -> Reply:
        """Does what is asked for. Its answer, which of a turn are all its events at once."""
        if name in self.broken:
            return self.broken[name]
        if reply := self._scripted(name):
            return reply
        if refused := self._refusal(name, kept):
            return refused
        return self._run_at_once(kept) if name == "run" else self._answer(name, rest, kept)

    async def _keep(self, name: str, request: web.Request) -> Request:
        if request.content_type == "multipart/form-data":
            await self._take(request)
        headers = {key.lower(): value for key, value in request.headers.items()}
        body = b"" if request.content_type == "multipart/form-data" else await request.read()
        kept = Request(name, request.method, str(request.url), request.rel_url.raw_path, headers, body)
        self.requests.append(kept)
        return kept

    async def _take(self, request: web.Request) -> None:
        form = await request.multipart()
        while (part := await form.next()) is not None:
            assert isinstance(part, BodyPartReader)
            kind = part.headers.get("Content-Type", "")
            data = bytes(await part.read())
            self.uploads.append(Upload(part.filename or "", kind, part.name or "", data))

    def _refusal(self, name: str, request: Request) -> Reply | None:
        if name in ("token", "media"):
            return None
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not token or token in self.expired:
            return Reply.coded(1001, http=False)
        missing = [header for header in SKILL_HEADERS if header not in request.headers]
        return Reply.coded(402, http=True) if name == "render" and missing else None

    def _answer(self, name: str, rest: str, request: Request) -> Reply:
        match name:
            case "token":
                return self._anonymous(request)
            case "session":
                opened = self.open_session(str(5529798706024415232 + len(self._opened)))
                return _good({"task_id": "task_1", "session_id": opened, "user_id": self.user_id})
            case "credits":
                return _good(self.credits)
            case "upload" | "state":
                return self._of_session(name, rest, request)
            case _:
                return self._of_render(name, rest, request)

    def _anonymous(self, request: Request) -> Reply:
        if not request.headers.get("x-client-id"):
            return Reply.coded(400, http=True)
        expires = "2099-03-18T00:00:00Z"
        return _good({"token": self.token, "user_id": self.user_id, "expires_at": expires, "credits": 100})

    def _of_session(self, name: str, session_id: str, request: Request) -> Reply:
        session = self.sessions.get(session_id)
        if session is None:
            return Reply.coded(1002, http=False)
        if name == "upload":
            urls = json.loads(request.body)["urls"] if request.body else [f"up://{self.uploads[-1].name}"]
            new = [{"filename": url.rpartition("/")[2], "file_type": "video", "cdn_url": url} for url in urls]
            session.videos += new
            return _good({"files": new, "session_state_applied": True})
        made = f'"video_infos":{json.dumps(session.videos)},"generated_media":{session.generated}'
        state = f'{{"draft":{session.read()},{made}}}'
        return Reply(body=f'{{"code":0,"data":{{"session_id":"{session_id}","state":{state}}}}}'.encode())

    def _of_render(self, name: str, render_id: str, request: Request) -> Reply:
        match name:
            case "render":
                made = str(request.json["id"])
                self.renders[made] = self.polls
                return Reply(body={"success": True, "data": {"id": made, "status": "pending", "progress": 5}})
            case "cancel":
                self.cancelled.append(render_id)
                return Reply(body={"success": True})
            case "restore":  # the studio's alone
                return Reply(body={"success": True})
            case "poll" if render_id in self.renders:
                self.renders[render_id] -= 1
                return Reply(body=self._progress(render_id, done=self.renders[render_id] < 0))
            case "media" | "download" if render_id.removesuffix(".mp4") in self.renders:
                return Reply(body=self.media, content_type=self.media_type)
        return Reply.coded(404, http=True)

    def _progress(self, render_id: str, *, done: bool) -> dict[str, object]:
        status: dict[str, object] = {"status": "completed" if done else "processing", "progress": 100 if done else 45}
        url = f"{self.cdn}/media/{render_id}.mp4"
        match self.poll_shape:
            case Poll.FLAT:
                return {"taskId": render_id, **status, **({"output": {"url": url}} if done else {})}
            case Poll.WRAPPED:
                return {"success": True, "data": {"id": render_id, **status, **({"outputUrl": url} if done else {})}}
            case Poll.BARE:
                return {"taskId": render_id, **status}
            case Poll.CODED:
                return {"code": 0, "data": {**status, **({"outputUrl": url} if done else {})}}

    async def _run(self, request: web.Request, kept: Request) -> web.StreamResponse:
        session = self.sessions.get(str(kept.json["session_id"]))
        if session is None:
            return plain(_NO_SESSION)
        turn = self._turn_of(session, kept)
        if turn.reply:
            return plain(turn.reply)
        stream = web.StreamResponse(headers={"Content-Type": turn.content_type})
        await stream.prepare(request)
        if turn.raw is None and turn.tools:
            await stream.write(used_tool(turn.dialect))
        if turn.hold:
            await stream.write(b": working\n\n")
            await _held(turn.hold, turn.beat_seconds, stream)
        if turn.drop is Drop.BEFORE:
            return _cut(request, stream)
        session.commit(turn)
        self.broken |= turn.breaks
        if turn.raw is not None or turn.text:
            await stream.write(turn.raw if turn.raw is not None else said(turn.text, turn.dialect))
        if turn.drop is Drop.AFTER:
            return _cut(request, stream)
        await stream.write_eof()
        return stream

    def _run_at_once(self, kept: Request) -> Reply:
        session = self.sessions.get(str(kept.json["session_id"]))
        if session is None:
            return _NO_SESSION
        turn = self._turn_of(session, kept)
        if turn.reply:
            return turn.reply
        session.commit(turn)
        self.broken |= turn.breaks
        events = used_tool(turn.dialect) if turn.raw is None and turn.tools else b""
        words = turn.raw if turn.raw is not None else said(turn.text, turn.dialect) if turn.text else b""
        return Reply(body=events + words, content_type=turn.content_type)

    def _turn_of(self, session: Session, kept: Request) -> Turn:
        turn = self.turns.pop(0) if self.turns else Turn()
        self.started.set()
        if not turn.reply:
            self.taken.append(Taken(kept.said, turn, session, session.names))
        return turn


_NO_SESSION = Reply(404, {"detail": "Session not found"})


def route_of(method: str, path: str) -> tuple[str, str]:
    """An endpoint's name and the id in its path."""
    last = path.rstrip("/").rpartition("/")[2]
    before = path.rstrip("/").split("/")[-2:-1]
    fixed = {
        "/api/auth/anonymous-token": "token",
        "/api/tasks/me/with-session/nemo_agent": "session",
        "/run_sse": "run",
        "/api/credits/balance/simple": "credits",
        "/api/render/proxy/lambda": "render",
    }
    if path in fixed:
        return fixed[path], ""
    if last in ("latest", "cancel", "download", "restore"):
        return {"latest": "state"}.get(last, last), before[0]
    for prefix, name in (("/api/upload-video/", "upload"), ("/api/render/proxy/lambda/", "poll"), ("/media/", "media")):
        if path.startswith(prefix):
            return name, last
    return f"{method} {path}", ""


def _good(data: object) -> Reply:
    return Reply(body={"code": 0, "data": data})


async def _given(request: web.Request, reply: Reply) -> web.StreamResponse:
    if reply.cut is None:
        return plain(reply)
    stream = web.StreamResponse(status=reply.status, headers={"Content-Type": reply.content_type})
    if reply.cut is Cut.WITHIN:
        stream.content_length = 2 * len(reply.content)
        await stream.prepare(request)
        await stream.write(reply.content)
    return _cut(request, stream)


async def _held(until: asyncio.Event, beat_seconds: float, stream: web.StreamResponse) -> None:
    while not until.is_set():
        with suppress(TimeoutError):
            async with asyncio.timeout(beat_seconds or None):
                await until.wait()
        if not until.is_set():
            await stream.write(b'data: {"type":"heartbeat"}\n\n')


def _cut(request: web.Request, stream: web.StreamResponse) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return stream
