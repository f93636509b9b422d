"""POST /run_sse: sends a message to the agent and streams the turn."""

from __future__ import annotations

import asyncio
import contextlib

from aiohttp import web

from studio.accounts import Accounts
from studio.agent.turns import End, Frames, Turns
from studio.api.responses import Json, json_body
from studio.errors import not_understood
from studio.settings import StudioSettings

_LONGEST = 8000  # characters of a message; the rest is not read
# Whether the words may answer the open question: its id, or "none". The published requests have no such header.
ANSWERS = "X-Cutroom-Answers"
_BEAT = b'data: {"type":"heartbeat"}\n\n'
_HEADERS = {"Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


class RunApi:
    def __init__(self, accounts: Accounts, turns: Turns, settings: StudioSettings) -> None:
        self._accounts = accounts
        self._turns = turns
        self._settings = settings

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/run_sse", self.run)]

    async def run(self, request: web.Request) -> web.StreamResponse:
        account = self._accounts.of_token(request.headers.get("Authorization", ""))
        body = await json_body(request)
        session_id = body.get("session_id", body.get("sessionId", ""))
        session = self._accounts.session(account, str(session_id))
        frames = self._turns.start(account, session, _text(body), request.headers.get(ANSWERS))
        response = web.StreamResponse(headers=_HEADERS)
        await response.prepare(request)
        # A client that has gone is no error: the turn goes on without it and shows in the state.
        with contextlib.suppress(ConnectionError):
            if await self._relay(frames, response):
                _break(request)
            await response.write_eof()
        return response

    async def _relay(self, frames: Frames, response: web.StreamResponse) -> bool:
        """Passes frames on, with heartbeats while there are none. Returns whether the stream is to be broken off."""
        while True:
            try:
                async with asyncio.timeout(self._settings.heartbeat_every):
                    frame = await frames.get()
            except TimeoutError:
                frame = _BEAT
            if isinstance(frame, End):
                return frame.broken
            await response.write(frame)


def _break(request: web.Request) -> None:
    if request.transport:
        request.transport.abort()
    raise ConnectionResetError


def _text(body: Json) -> str:
    message = body.get("new_message", body.get("newMessage"))
    parts = message.get("parts") if isinstance(message, dict) else None
    if not isinstance(parts, list):
        raise not_understood("The message has no parts.")
    texts = [part.get("text") for part in parts if isinstance(part, dict)]
    return "\n".join(text for text in texts if isinstance(text, str))[:_LONGEST]
