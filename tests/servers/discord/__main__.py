"""The loopback Discord as a process of its own, steered over HTTP: it outlives every bot that is killed on it."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.servers.discord.server import DiscordServer
from tests.servers.discord.world import Channel, File, Person


class Control:
    """`POST /world {"chats": n}` makes a server with n channels, each with a person of its own, and answers with
    their ids; `POST /slash`, `/write` and `/press` are what people do. What came of it stands in the journal."""

    def __init__(self, discord: DiscordServer) -> None:
        self._discord = discord
        self._people: dict[int, tuple[Person, Channel]] = {}

    def routes(self) -> list[web.RouteDef]:
        posts = {"/world": self.world, "/slash": self.slash, "/write": self.write, "/press": self.press}
        return [web.post(path, handler) for path, handler in posts.items()] + [web.get("/state", self.state)]

    async def world(self, request: web.Request) -> web.Response:
        wish = await request.json()
        people = self._discord.people
        guild = people.guild("Lab", people.person("owner"))
        for number in range(wish["chats"]):
            person = people.person(f"person{number}")
            guild.members.append(person)
            place = people.channel(guild, f"channel-{number}")
            self._people[place.id] = (person, place)
        return web.json_response({"channels": [str(number) for number in self._people]})

    async def slash(self, request: web.Request) -> web.Response:
        """`{"channel", "command", "options", "files": {option: path}}`; 409 while nobody is connected."""
        wish = await request.json()
        if not self._connected():
            return web.json_response({"error": "no bot is connected"}, status=409)
        person, place = self._people[int(wish["channel"])]
        options: dict[str, Any] = dict(wish.get("options", {}))
        options |= {name: _file(path) for name, path in wish.get("files", {}).items()}
        used = self._discord.people.slash(person, place, wish["command"], **options)
        return web.json_response({"interaction": str(used.id)})

    async def write(self, request: web.Request) -> web.Response:
        """`{"channel", "text", "files": [path]}`, with a mention of the bot. Kept for a bot that is away."""
        wish = await request.json()
        person, place = self._people[int(wish["channel"])]
        text = f"{self._discord.people.mention} {wish['text']}"
        message = self._discord.people.write(person, place, text, *(_file(path) for path in wish.get("files", [])))
        return web.json_response({"message": str(message.id)})

    async def press(self, request: web.Request) -> web.Response:
        """`{"channel", "message", "label"}`"""
        wish = await request.json()
        person, place = self._people[int(wish["channel"])]
        used = self._discord.people.press(person, place.messages[int(wish["message"])], wish["label"])
        return web.json_response({"interaction": str(used.id)})

    async def state(self, request: web.Request) -> web.Response:
        hub, gateway = self._discord.hub, self._discord.gateway
        facts = {"connected": self._connected(), "identifies": gateway.identifies, "resumes": gateway.resumes}
        return web.json_response({**facts, "complaints": hub.complaints, "commands": len(hub.commands)})

    def _connected(self) -> bool:
        return any(each.socket is not None for each in self._discord.gateway.sessions.values())


def _file(path: str) -> File:
    kinds = {".mp4": "video/mp4", ".mp3": "audio/mpeg", ".wav": "audio/wav", ".png": "image/png"}
    return File(Path(path).name, Path(path), kinds.get(Path(path).suffix, ""))


async def main(port: int, journal: Path) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with DiscordServer(journal, port=port, strict=False) as discord:
        app = web.Application()
        app.add_routes(Control(discord).routes())
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        facts = {
            "api": discord.api_url,
            "gateway": discord.gateway_url,
            "token": discord.hub.token,
            "control": f"http://127.0.0.1:{runner.addresses[0][1]}",
        }
        print(json.dumps(facts), flush=True)  # noqa: T201 - the one line that whoever started it reads
        await stopped.wait()
        await runner.cleanup()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--journal", type=Path, required=True)
    wish = parser.parse_args()
    asyncio.run(main(wish.port, wish.journal))
