"""The gateway: identify, heartbeat, dispatch, and every way in which a connection can end and be taken up again."""

from __future__ import annotations

import asyncio
import json
import uuid
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.servers.discord import payloads
from tests.servers.discord.hub import Hub
from tests.servers.discord.world import MESSAGE_CONTENT, Guild, Json

GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 9, 1 << 12
HEARTBEAT_MS = 41_250


@dataclass(slots=True)
class Session:
    """What a client was sent, so that a resumed one gets what it missed."""

    intents: int
    shard: tuple[int, int]
    socket: web.WebSocketResponse | None
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    sequence: int = 0
    sent: list[Json] = field(default_factory=list)


class Gateway:
    """`identifies` and `resumes` count what clients did. While `deaf` nothing new is delivered, only kept."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.sessions: dict[str, Session] = {}
        self.identifies = 0
        self.resumes = 0
        self.refuse_resumes = False
        self.deaf = False
        self._outbox: asyncio.Queue[tuple[Session, Json]] = asyncio.Queue()
        hub.dispatch = self.dispatch

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/gateway", self.connect), web.get("/gateway/", self.connect)]

    # --- what is pushed

    def dispatch(self, name: str, data: Json, guild: Guild | None) -> None:
        """To every session that has the guild on its shard and the intent for it."""
        for session in self.sessions.values():
            if guild and (not guild.installed or (guild.id >> 22) % session.shard[1] != session.shard[0]):
                continue
            if guild is None and session.shard[0] != 0:
                continue
            if (seen := self._as_seen(session, name, data, guild)) is not None:
                self._push(session, name, seen)

    def _as_seen(self, session: Session, name: str, data: Json, guild: Guild | None) -> Json | None:
        if not name.startswith("MESSAGE_"):
            return data
        if not session.intents & (GUILD_MESSAGES if guild else DIRECT_MESSAGES):
            return None
        return data if guild is None or session.intents & MESSAGE_CONTENT else self._without_content(data)

    def _without_content(self, data: Json) -> Json:
        """Whose message it is and whom it names decides, also of the message that it replies to."""
        if replied := data.get("referenced_message"):
            data = {**data, "referenced_message": self._without_content(replied)}
        own = data["author"]["id"] == str(self._hub.bot.id)
        named = any(each["id"] == str(self._hub.bot.id) for each in data["mentions"])
        if own or named:
            return data
        hidden: Json = {"content": "", "attachments": [], "embeds": [], "components": []}
        shown = {**data, **hidden}
        shown.pop("message_snapshots", None)
        return shown

    def _push(self, session: Session, name: str, data: Json) -> None:
        session.sequence += 1
        frame = {"op": 0, "t": name, "s": session.sequence, "d": data}
        session.sent.append(frame)
        if not self.deaf:
            self._outbox.put_nowait((session, frame))

    async def deliver_for_ever(self) -> None:
        """One sender for all, so that frames keep their order."""
        while True:
            session, frame = await self._outbox.get()
            if session.socket is not None and not session.socket.closed:
                try:
                    await session.socket.send_str(json.dumps(frame, ensure_ascii=False))
                except (ConnectionError, RuntimeError):
                    session.socket = None

    async def push_raw(self, frame: Json) -> None:
        """Something that no real gateway sends, to see what a client makes of it."""
        for session in self.sessions.values():
            session.sequence += 1
            if session.socket:
                await session.socket.send_str(json.dumps({**frame, "s": session.sequence}))

    # --- how a connection ends

    def drop(self) -> None:
        """The line breaks: no close frame."""
        for session in self.sessions.values():
            if session.socket is not None and (request := getattr(session.socket, "_req", None)):
                request.transport.abort()
                session.socket = None

    async def close_with(self, code: int) -> None:
        for session in self.sessions.values():
            if session.socket is not None:
                await session.socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        await self._control({"op": 7, "d": None})

    async def invalidate(self, *, resumable: bool = False, shard: int | None = None) -> None:
        """Sessions are void: of one shard, or of all."""
        if not resumable:
            self.refuse_resumes = True
        await self._control({"op": 9, "d": resumable}, shard)

    async def _control(self, frame: Json, shard: int | None = None) -> None:
        for session in self.sessions.values():
            if session.socket is not None and shard in (None, session.shard[0]):
                await session.socket.send_str(json.dumps(frame))

    # --- a client

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=None)
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": 10, "d": {"heartbeat_interval": HEARTBEAT_MS, "_trace": []}}))
        session: Session | None = None
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            told = json.loads(frame.data)
            match told["op"]:
                case 1:
                    await socket.send_str(json.dumps({"op": 11, "d": None}))
                case 2:
                    session = await self._identify(socket, told["d"])
                case 6:
                    session = await self._resume(socket, told["d"])
                case 8:
                    self._members(session, told["d"])
                case _:
                    pass
        if session is not None and session.socket is socket:
            session.socket = None
        return socket

    async def _identify(self, socket: web.WebSocketResponse, wish: Json) -> Session | None:
        self.identifies += 1
        self.refuse_resumes = False
        if wish["token"] != self._hub.token:
            await socket.close(code=4004, message=b"Authentication failed.")
            return None
        if wish["intents"] & MESSAGE_CONTENT and not self._hub.message_content_granted:
            await socket.close(code=4014, message=b"Disallowed intent(s).")
            return None
        shard = tuple(wish.get("shard") or (0, 1))
        for old in [each for each in self.sessions.values() if each.shard == shard]:
            del self.sessions[old.id]
        session = Session(wish["intents"], shard, socket)
        self.sessions[session.id] = session
        self._welcome(session)
        self._hub.happened("identify", shard=list(shard))
        return session

    def _welcome(self, session: Session) -> None:
        mine = [
            each
            for each in self._hub.guilds.values()
            if each.installed and (each.id >> 22) % session.shard[1] == session.shard[0]
        ]
        flags = (1 << 19) if self._hub.message_content_granted else 0
        ready = {
            "v": 10,
            "user": payloads.user(self._hub.bot) | {"verified": True, "mfa_enabled": False, "flags": 0},
            "guilds": [{"id": str(each.id), "unavailable": True} for each in mine],
            "private_channels": [],
            "relationships": [],
            "session_id": session.id,
            "resume_gateway_url": self._hub.base.replace("http", "ws", 1) + "/gateway",
            "shard": list(session.shard),
            "application": {"id": str(self._hub.bot.id), "flags": flags},
        }
        self._push(session, "READY", ready)
        for each in mine:
            made = payloads.guild(each, list(self._hub.channels.values()), self._hub.bot)
            self._push(session, "GUILD_CREATE", made)

    async def _resume(self, socket: web.WebSocketResponse, wish: Json) -> Session | None:
        session = self.sessions.get(wish["session_id"])
        if session is None or self.refuse_resumes or wish["token"] != self._hub.token:
            await socket.send_str(json.dumps({"op": 9, "d": False}))
            return None
        self.resumes += 1
        session.socket = socket
        for frame in [each for each in session.sent if each["s"] > wish["seq"]]:
            await socket.send_str(json.dumps(frame, ensure_ascii=False))
        self._push(session, "RESUMED", {})
        self._hub.happened("resume")
        return session

    def _members(self, session: Session | None, wish: Json) -> None:
        guild = self._hub.guilds.get(int(wish["guild_id"]))
        if session is None or guild is None:
            return
        everybody = [payloads.member(each, guild) for each in (self._hub.bot, *guild.members)]
        chunk = {"guild_id": str(guild.id), "members": everybody, "chunk_index": 0, "chunk_count": 1}
        self._push(session, "GUILD_MEMBERS_CHUNK", {**chunk, "nonce": wish.get("nonce"), "not_found": []})
