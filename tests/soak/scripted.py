"""The adapter of the scripted chat platform: as thin as one can be, and complete."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
from aiohttp import web

from bots.platform import Rooms
from bots.platforms import Known
from core.errors import MissingFile, PlatformDown, SendUnknown
from core.messages import Attachment, Incoming, Limits, Mark, Outgoing, Place, Sent
from core.store import StorageTrouble

log = logging.getLogger(__name__)
NAME = "scripted"
VARIABLE = "SCRIPTED_URL"
_LIMITS = Limits(text=4096, caption=1024, download=None, upload=None, edit_every=0.5)


class ScriptedMessenger:
    platform = NAME

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    def limits(self, place: Place) -> Limits:
        return _LIMITS

    async def send(self, place: Place, message: Outgoing) -> Sent:
        facts = {
            "chat": place.key,
            "text": message.text,
            "tone": message.tone.value,
            "key": message.key,
            "reply_to": message.reply_to,
            "buttons": [asdict(button) for button in message.buttons],
        }
        files = [("file", (file.name, file.path.read_bytes())) for file in message.media]
        try:
            answer = await self._http.post("/send", files=[("message", (None, json.dumps(facts))), *files])
        except httpx.ConnectError as error:
            raise PlatformDown from error
        except httpx.TransportError as error:
            raise SendUnknown from error
        body = answer.json()
        return Sent(body["id"], tuple(body["files"]))

    async def edit(self, place: Place, message_id: str, message: Outgoing) -> None:
        await self._do("/edit", {"chat": place.key, "id": message_id, "text": message.text})

    async def set_buttons(self, place: Place, message_id: str, message: Outgoing) -> None:
        pass

    async def fetch(self, attachment: Attachment, to: Path) -> Path:
        try:
            async with self._http.stream("GET", "/file", params={"handle": attachment.handle}) as answer:
                if answer.status_code != 200:
                    raise MissingFile(name=attachment.name)
                with to.open("wb") as file:
                    async for chunk in answer.aiter_bytes():
                        file.write(chunk)
        except httpx.TransportError as error:
            raise PlatformDown from error
        return to

    async def link(self, attachment: Attachment) -> str:
        """Files are handed over as they are."""
        return ""

    async def typing(self, place: Place) -> None:
        pass

    async def mark(self, place: Place, message_id: str, mark: Mark) -> None:
        await self._do("/mark", {"chat": place.key, "id": message_id, "mark": mark.value})

    async def _do(self, path: str, facts: dict[str, str]) -> None:
        try:
            await self._http.post(path, json=facts)
        except httpx.TransportError as error:
            raise PlatformDown from error


class Scripted:
    """Implements `bots.platform.Platform`."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self.messenger = ScriptedMessenger(http)

    def routes(self, rooms: Rooms) -> Sequence[web.RouteDef]:
        return ()

    @asynccontextmanager
    async def listening(self, rooms: Rooms) -> AsyncIterator[None]:
        task = asyncio.create_task(self._listen(rooms))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _listen(self, rooms: Rooms) -> None:
        while True:
            try:
                answer = await self._http.get("/poll", timeout=30)
                for message in answer.json()["messages"]:
                    await rooms.assistant.handle(_incoming(message))
                    # Acknowledged only now, when its row is committed.
                    await self._http.post("/ack", json={"ids": [message["id"]]})
            except (httpx.HTTPError, StorageTrouble) as error:
                log.warning("listening: %s", type(error).__name__)
                await asyncio.sleep(0.2)


def _incoming(message: dict[str, Any]) -> Incoming:
    path = Path(message["file"]) if message.get("file") else None
    files = (Attachment(str(path), path.name, path.stat().st_size),) if path else ()
    return Incoming(
        id=message["id"],
        place=Place(NAME, message["chat"]),
        sender=message["sender"],
        text=message["text"],
        attachments=files,
        language="en",
        reply_to=message["id"],
    )


@asynccontextmanager
async def open_scripted() -> AsyncIterator[Scripted]:
    async with httpx.AsyncClient(base_url=os.environ[VARIABLE], timeout=20) as http:
        yield Scripted(http)


SCRIPTED = Known(NAME, VARIABLE, is_set=VARIABLE in os.environ, open=open_scripted)
