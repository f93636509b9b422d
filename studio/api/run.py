"""POST /run_sse: a message to the agent, answered by a stream."""

from __future__ import annotations

import asyncio
import contextlib

from aiohttp import web

from studio.accounts import Accounts
from studio.agent.script import Close
from studio.agent.turns import Frames, Turns
from studio.api.responses import Json, json_body
from studio.errors import no_credits, not_understood
from studio.settings import StudioSettings
from studio.switches import Switches

_LONGEST = 8000  # characters of a message; the rest is not read
_HEADERS = {"Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


class RunApi:
    def __init__(self, accounts: Accounts, turns: Turns, settings: StudioSettings, switches: Switches) -> None:
        self._accounts = accounts
        self._turns = turns
        self._settings = settings
        self._switches = switches

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/run_sse", self.run)]

    async def run(self, request: web.Request) -> web.StreamResponse:
        account = self._accounts.of_token(request.headers.get("Authorization", ""))
        body = await json_body(request)
        session_id = body.get("session_id", body.get("sessionId", ""))
        session = self._accounts.session(account, str(session_id))
        if self._switches.refuses_run:
            raise no_credits()
        frames = self._turns.start(account, session, _text(body))
        response = web.StreamResponse(headers=_HEADERS)
        await response.prepare(request)
        # A client that has gone is no error: the turn goes on without it and shows in the state.
        with contextlib.suppress(ConnectionError):
            if await self._relay(frames, response):
                _break(request)
            await response.write_eof()
        return response

    async def _relay(self, frames: Frames, response: web.StreamResponse) -> bool:
        """Passes frames on, with heartbeats while there are none. True if the stream is to break off."""
        every = self._switches.heartbeat_every or self._settings.heartbeat_every
        beat = f"{self._switches.heartbeat.value}\n\n".encode()
        while True:
            try:
                async with asyncio.timeout(every):
                    frame = await frames.get()
            except TimeoutError:
                frame = beat
            if isinstance(frame, Close):
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
