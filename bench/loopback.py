"""The Bot API server of the tests as a process that also makes the load, and measures what comes back.

    POST /load  {"chats", "rounds", "text", "last", "pause"} -> {"first": [seconds], "wall": seconds}
    POST /crowd {"count", "text"}                   -> {} at once
    POST /video {"path", "caption"}                 -> {"chat"}

In a load, every chat sends its text, waits until a message of the bot's holds `last` ("" takes any), and sends
again, `pause` seconds later. `first` is the time from each sending to the bot's first message in that chat.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from pathlib import Path

from aiohttp import web

from tests.servers.telegram import Person, TelegramServer
from tests.servers.telegram.rooms import Room, Standing


class Talker:
    """One chat of a load."""

    def __init__(self, person: Person, text: str, last: str, pause: float) -> None:
        self._person = person
        self._text = text
        self._last = last
        self._pause = pause
        self._done = asyncio.Event()
        self._sent_at: float | None = None
        self.first: list[float] = []

    async def talk(self, rounds: int) -> None:
        for _ in range(rounds):
            self._done.clear()
            self._sent_at = time.perf_counter()
            self._person.send(self._text)
            async with asyncio.timeout(120):
                await self._done.wait()
            await asyncio.sleep(self._pause)

    def hear(self, standing: Standing) -> None:
        if self._sent_at is not None:
            self.first.append(time.perf_counter() - self._sent_at)
            self._sent_at = None
        if self._last in standing.text:
            self._done.set()


class Load:
    def __init__(self, server: TelegramServer) -> None:
        self._server = server
        self._talkers: dict[int, Talker] = {}
        server.world.on_sent.append(self._heard)

    @property
    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/load", self._load),
            web.post("/crowd", self._crowd),
            web.post("/video", self._video),
        ]

    def _heard(self, room: Room, standing: Standing) -> None:
        talker = self._talkers.get(room.id)
        if talker is not None:
            talker.hear(standing)

    async def _load(self, request: web.Request) -> web.Response:
        wish = await request.json()
        people = [self._server.person(f"P{number}") for number in range(wish["chats"])]
        talkers = {person.id: Talker(person, wish["text"], wish["last"], wish["pause"]) for person in people}
        self._talkers = talkers
        started = time.perf_counter()
        await asyncio.gather(*(talker.talk(wish["rounds"]) for talker in talkers.values()))
        wall = time.perf_counter() - started
        first = [seconds for talker in talkers.values() for seconds in talker.first]
        self._server.world.calls.clear()  # what is kept for tests must not weigh on a measurement
        return web.json_response({"first": first, "wall": wall})

    async def _crowd(self, request: web.Request) -> web.Response:
        wish = await request.json()
        for number in range(wish["count"]):
            self._server.person(f"C{number}").send(wish["text"])
        return web.json_response({})

    async def _video(self, request: web.Request) -> web.Response:
        wish = await request.json()
        person = self._server.person("Anna")
        person.send_video(Path(wish["path"]), wish["caption"], name="long.mp4")
        return web.json_response({"chat": person.id})


async def serve(*, local: bool) -> None:
    server = TelegramServer(local=local)
    server.extra_routes += Load(server).routes
    async with server:
        sys.stdout.write(f"{server.url} {server.token}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--local", action="store_true")
    asyncio.run(serve(local=parser.parse_args().local))
