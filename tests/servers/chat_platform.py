"""A chat platform as a process of its own: it outlives every bot that is killed on it, and writes everything down.

Messages are handed out by long poll, again and again until they are acknowledged. Every send, edit and mark is a
line in the journal before it is answered; some answers are dropped after that, as networks do. Started again on
its journal it goes on where it was.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import random
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import BodyPartReader, web

POLL_SECONDS = 10.0
AGAIN_SECONDS = 1.0


class ChatPlatform:
    """`drops` is the share of sends whose answer never comes although the message stands."""

    def __init__(self, journal: Path, *, drops: float = 0.0, seed: int = 0) -> None:
        before = journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []
        self._journal = journal.open("a", encoding="utf-8")
        self._drops = drops
        self._chance = random.Random(seed)
        self._waiting: dict[str, dict[str, Any]] = {}
        self._handed_out: dict[str, float] = {}
        self._news = asyncio.Event()
        self._number = 0
        for line in before:
            self._remember(json.loads(line))

    def _remember(self, noted: dict[str, Any]) -> None:
        match noted["event"]:
            case "asked":
                self._waiting[noted["id"]] = noted
            case "acknowledged":
                self._waiting.pop(noted["id"], None)
            case "sent":
                self._number = int(noted["id"])

    def close(self) -> None:
        self._journal.close()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/say", self.say),
            web.get("/poll", self.poll),
            web.post("/ack", self.ack),
            web.get("/file", self.file),
            web.post("/send", self.send),
            web.post("/edit", self.edit),
            web.post("/mark", self.mark),
        ]

    # --- a person's side

    async def say(self, request: web.Request) -> web.Response:
        """`{"id", "chat", "sender", "text", "file": path}`"""
        message = await request.json()
        self._waiting[message["id"]] = message
        self._note("asked", **message)
        self._news.set()
        return web.json_response({})

    # --- the bot's side

    async def poll(self, request: web.Request) -> web.Response:
        due = self._due()
        if not due:
            self._news.clear()
            try:
                async with asyncio.timeout(min(POLL_SECONDS, AGAIN_SECONDS)):
                    await self._news.wait()
            except TimeoutError:
                pass
            due = self._due()
        for message in due:
            self._handed_out[message["id"]] = time.monotonic()
        return web.json_response({"messages": due})

    def _due(self) -> list[dict[str, Any]]:
        # Handed out again when nobody acknowledged it in time: whoever took it is gone. What came later in the same
        # chat waits for that, as platforms keep a chat's order.
        now = time.monotonic()
        due, held = [], set()
        for message in self._waiting.values():
            if message["chat"] in held:
                continue
            if now - self._handed_out.get(message["id"], -1e9) > AGAIN_SECONDS:
                due.append(message)
            else:
                held.add(message["chat"])
        return due[:20]

    async def ack(self, request: web.Request) -> web.Response:
        for message_id in (await request.json())["ids"]:
            self._note("acknowledged", id=message_id)
            self._waiting.pop(message_id, None)
        return web.json_response({})

    async def file(self, request: web.Request) -> web.FileResponse:
        return web.FileResponse(Path(request.query["handle"]))

    async def send(self, request: web.Request) -> web.Response:
        facts: dict[str, Any] = {}
        files: list[dict[str, Any]] = []
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            content = await part.read()
            if part.name == "message":
                facts = json.loads(content)
            else:
                digest = hashlib.sha256(content).hexdigest()
                files.append({"name": part.filename, "size": len(content), "sha256": digest})
        self._number += 1
        self._note("sent", id=str(self._number), files=files, **facts)
        if self._chance.random() < self._drops and request.transport:
            self._note("dropped", id=str(self._number))
            request.transport.close()
        return web.json_response({"id": str(self._number), "files": [file["sha256"] for file in files]})

    async def edit(self, request: web.Request) -> web.Response:
        self._note("edited", **await request.json())
        return web.json_response({})

    async def mark(self, request: web.Request) -> web.Response:
        self._note("marked", **await request.json())
        return web.json_response({})

    def _note(self, event: str, **facts: Any) -> None:
        self._journal.write(json.dumps({"event": event, "at": time.time(), **facts}, ensure_ascii=False) + "\n")
        self._journal.flush()


async def main(journal: Path, port: int, drops: float, seed: int) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with served(ChatPlatform(journal, drops=drops, seed=seed), port) as address:
        print(address, flush=True)  # noqa: T201 - read by whoever started it
        await stopped.wait()


@asynccontextmanager
async def served(platform: ChatPlatform, port: int = 0) -> AsyncIterator[str]:
    """Yields the platform's address."""
    app = web.Application(client_max_size=1 << 30)
    app.add_routes(platform.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
        platform.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--journal", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--drops", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=0)
    wish = parser.parse_args()
    asyncio.run(main(wish.journal, wish.port, wish.drops, wish.seed))
