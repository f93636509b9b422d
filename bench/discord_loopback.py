"""The Discord of the tests as a process that also makes the load, and measures what comes back.

python -m bench.discord_loopback PEOPLE

    POST /load {"first", "count", "command", "request"} -> {"acks": [seconds], "answers": [seconds]}
    POST /file {"path", "request"}                      -> {} at once

In a load that many people, from the first named on, use the command in the same moment, each in a channel of their
own. An ack is the time to the first answer to Discord, which it grants three seconds; an answer that to the first
words that stand there.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from aiohttp import web

from tests.servers.discord import DiscordServer, File
from tests.servers.discord.world import Channel, Interaction, Person

LONGEST = 120.0


class Load:
    def __init__(self, discord: DiscordServer, people: int) -> None:
        self._discord = discord
        made = discord.people
        lab = made.guild("Lab", made.person("owner"))
        names = range(people)
        self._people: list[tuple[Person, Channel]] = [(made.person(f"p{n}"), made.channel(lab, f"c{n}")) for n in names]
        lab.members += [person for person, _ in self._people]

    @property
    def routes(self) -> list[web.RouteDef]:
        return [web.post("/load", self._load), web.post("/file", self._file), web.get("/connected", self._connected)]

    async def _load(self, request: web.Request) -> web.Response:
        wish, hub = await request.json(), self._discord.hub
        options = {"request": wish["request"]} if wish["request"] else {}
        used = [
            self._discord.people.slash(person, place, wish["command"], **options)
            for person, place in self._people[wish["first"] : wish["first"] + wish["count"]]
        ]
        waiting = dict.fromkeys(range(len(used)))
        answers: list[float] = []

        def over() -> bool:
            for number in [each for each in waiting if _has_words(used[each])]:
                del waiting[number]
                answers.append(hub.now() - used[number].created)
            return not waiting

        await hub.until(over, LONGEST)
        acks = [each.acked - each.created for each in used if each.acked]
        hub.calls.clear()  # what is kept for tests must not weigh on a measurement
        return web.json_response({"acks": acks, "answers": answers})

    async def _file(self, request: web.Request) -> web.Response:
        wish, (person, place) = await request.json(), self._people[0]
        file = File("long.mp4", Path(wish["path"]), "video/mp4")
        self._discord.people.slash(person, place, "edit", request=wish["request"], file=file)
        return web.json_response({})

    async def _connected(self, request: web.Request) -> web.Response:
        there = any(each.socket for each in self._discord.gateway.sessions.values())
        return web.json_response({"connected": there and bool(self._discord.hub.commands)})


def _has_words(used: Interaction) -> bool:
    return used.original is not None and not used.original.loading


async def serve(people: int) -> None:
    async with DiscordServer(strict=False) as discord:
        app = web.Application()
        app.add_routes(Load(discord, people).routes)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        control = f"http://127.0.0.1:{runner.addresses[0][1]}"
        sys.stdout.write(f"{discord.api_url} {discord.gateway_url} {discord.hub.token} {control}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", type=int)
    asyncio.run(serve(parser.parse_args().people))
