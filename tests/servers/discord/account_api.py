"""REST for the bot's own account, its commands, its gateway's address, and the guilds it is in."""

from __future__ import annotations

import json

from aiohttp import web

from tests.servers.discord import payloads
from tests.servers.discord.answers import Refusal, answer, missing_access
from tests.servers.discord.hub import Hub
from tests.servers.discord.world import Guild, Json, snowflake

COMMANDS_A_DAY = 200


class AccountApi:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.shards = 1

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/users/@me", self.me),
            web.get("/users/{user}", self.user),
            web.get("/oauth2/applications/@me", self.application),
            web.get("/applications/@me", self.application),
            web.get("/gateway", self.gateway),
            web.get("/gateway/bot", self.gateway_bot),
            web.get("/applications/{app}/commands", self.commands),
            web.put("/applications/{app}/commands", self.sync),
            web.get("/guilds/{guild}", self.guild),
            web.get("/guilds/{guild}/members/{user}", self.member),
            web.get("/guilds/{guild}/channels", self.channels),
        ]

    async def me(self, request: web.Request) -> web.Response:
        return answer(payloads.user(self._hub.bot) | {"verified": True, "mfa_enabled": False, "flags": 0})

    async def user(self, request: web.Request) -> web.Response:
        found = self._hub.people.get(int(request.match_info["user"]))
        if found is None:
            raise Refusal(404, 10013, "Unknown User")
        return answer(payloads.user(found))

    async def application(self, request: web.Request) -> web.Response:
        granted = self._hub.message_content_granted
        return answer(payloads.application(self._hub.bot, message_content=granted))

    def _address(self) -> str:
        return self._hub.base.replace("http", "ws", 1) + "/gateway"

    async def gateway(self, request: web.Request) -> web.Response:
        return answer({"url": self._address()})

    async def gateway_bot(self, request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
        return answer({"url": self._address(), "shards": self.shards, "session_start_limit": limit})

    async def commands(self, request: web.Request) -> web.Response:
        return answer(self._hub.commands)

    async def sync(self, request: web.Request) -> web.Response:
        wanted: list[Json] = json.loads(await request.read())
        known = {(each["name"], each.get("type", 1)): each["id"] for each in self._hub.commands}
        self._hub.commands = [self._command(each, known) for each in wanted]
        self._hub.syncs += 1
        self._hub.happened("sync", names=[each["name"] for each in self._hub.commands])
        return answer(self._hub.commands)

    def _command(self, wanted: Json, known: dict[tuple[str, int], str]) -> Json:
        kind = wanted.get("type", 1)
        return {
            "default_member_permissions": None,
            "nsfw": False,
            "description": "",
            **wanted,
            "type": kind,
            "id": known.get((wanted["name"], kind), str(snowflake())),
            "application_id": str(self._hub.bot.id),
            "version": str(snowflake()),
        }

    def _joined(self, request: web.Request) -> Guild:
        found = self._hub.guilds.get(int(request.match_info["guild"]))
        if found is None:
            raise Refusal(404, 10004, "Unknown Guild")
        if not found.installed:
            raise missing_access()
        return found

    async def guild(self, request: web.Request) -> web.Response:
        return answer(payloads.guild(self._joined(request), list(self._hub.channels.values()), self._hub.bot))

    async def channels(self, request: web.Request) -> web.Response:
        guild = self._joined(request)
        mine = [place for place in self._hub.channels.values() if place.guild is guild]
        return answer([payloads.channel(place, self._hub.bot) for place in mine])

    async def member(self, request: web.Request) -> web.Response:
        guild, number = self._joined(request), int(request.match_info["user"])
        everybody = {each.id: each for each in (self._hub.bot, *guild.members)}
        if number not in everybody:
            raise Refusal(404, 10007, "Unknown Member")
        return answer(payloads.member(everybody[number], guild))
