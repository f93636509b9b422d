"""REST for channels, messages, reactions, threads and the files behind signed links."""

from __future__ import annotations

from urllib.parse import unquote

from aiohttp import web

from tests.servers.discord import payloads
from tests.servers.discord.answers import Refusal, answer, missing_access, missing_permissions, nothing, unknown_channel
from tests.servers.discord.hub import Hub
from tests.servers.discord.posting import (
    check_content,
    check_may_write,
    edit_message,
    new_message,
    own_message,
    read,
)
from tests.servers.discord.world import CREATE_THREADS, DM, READ_HISTORY, THREAD, VIEW_CHANNEL, Channel, Person


class ChannelsApi:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def routes(self) -> list[web.RouteDef]:
        message = "/channels/{channel}/messages/{message}"
        return [
            web.get("/channels/{channel}", self.channel),
            web.get("/channels/{channel}/messages", self.history),
            web.post("/channels/{channel}/messages", self.post),
            web.get(message, self.message),
            web.patch(message, self.edit),
            web.delete(message, self.delete),
            web.put(message + "/reactions/{sign}/@me", self.react),
            web.delete(message + "/reactions/{sign}/@me", self.unreact),
            web.post(message + "/threads", self.start_thread),
            web.post("/channels/{channel}/threads", self.start_thread),
            web.patch("/channels/{channel}", self.change_channel),
            web.post("/channels/{channel}/typing", self.typing),
            web.post("/users/@me/channels", self.open_dm),
        ]

    def seen(self, request: web.Request) -> Channel:
        """The channel of the path, if the bot can see it. Raises `Refusal`."""
        place = self._hub.channels.get(int(request.match_info["channel"]))
        if place is None or place.deleted:
            raise unknown_channel()
        if place.guild and not place.guild.installed:
            raise missing_access()
        if not payloads.permissions_of(self._hub.bot, place) & VIEW_CHANNEL:
            raise missing_access()
        return place

    def read(self, request: web.Request) -> Channel:
        """The channel of the path, if the bot may read what was written in it. Raises `Refusal`."""
        place = self.seen(request)
        if place.guild and not payloads.permissions_of(self._hub.bot, place) & READ_HISTORY:
            raise missing_access()
        return place

    async def channel(self, request: web.Request) -> web.Response:
        return answer(payloads.channel(self.seen(request), self._hub.bot))

    async def history(self, request: web.Request) -> web.Response:
        place, query = self.read(request), request.query
        found = [each for each in place.messages.values() if each.ephemeral_to is None and not each.loading]
        if "after" in query:
            found = [each for each in found if each.id > int(query["after"])]
        if "before" in query:
            found = [each for each in found if each.id < int(query["before"])]
        newest_first = sorted(found, key=lambda each: -each.id)
        limit = int(query.get("limit", 50))
        page = newest_first[-limit:] if "after" in query else newest_first[:limit]
        return answer([self._hub.shown(each) for each in page])

    async def message(self, request: web.Request) -> web.Response:
        place = self.read(request)
        found = place.messages.get(int(request.match_info["message"]))
        if found is None or found.ephemeral_to is not None:
            raise Refusal(404, 10008, "Unknown Message")
        return answer(self._hub.shown(found))

    async def post(self, request: web.Request) -> web.Response:
        posted = await read(request, self._hub.upload_limit)
        place = self._hub.channels.get(int(request.match_info["channel"]))
        if place is None:
            raise unknown_channel()
        check_may_write(self._hub, place, files=bool(posted.files))
        check_content(posted.body, posted.files)
        return answer(self._hub.shown(new_message(self._hub, place, posted)))

    async def edit(self, request: web.Request) -> web.Response:
        posted = await read(request, self._hub.upload_limit)
        message = own_message(self._hub, self.seen(request), int(request.match_info["message"]))
        check_content(posted.body, posted.files, editing=True)
        return answer(self._hub.shown(edit_message(self._hub, message, posted)))

    async def delete(self, request: web.Request) -> web.Response:
        place = self.seen(request)
        message = own_message(self._hub, place, int(request.match_info["message"]))
        del place.messages[message.id]
        self._hub.happened("delete", id=str(message.id), channel=str(place.id))
        return nothing()

    async def react(self, request: web.Request) -> web.Response:
        return self._reaction(request, put=True)

    async def unreact(self, request: web.Request) -> web.Response:
        return self._reaction(request, put=False)

    def _reaction(self, request: web.Request, *, put: bool) -> web.Response:
        place, sign = self.read(request), unquote(request.match_info["sign"])
        message = place.messages.get(int(request.match_info["message"]))
        if message is None:
            raise Refusal(404, 10008, "Unknown Message")
        who = message.reactions.setdefault(sign, set())
        (who.add if put else who.discard)(self._hub.bot.id)
        if not who:
            del message.reactions[sign]
        self._hub.happened("reaction", id=str(message.id), sign=sign, put=put)
        return nothing()

    async def start_thread(self, request: web.Request) -> web.Response:
        parent, body = self.seen(request), (await read(request, 0)).body
        if parent.guild is None or parent.kind == THREAD:
            raise Refusal(400, 50024, "Cannot execute action on this channel type")
        if not payloads.permissions_of(self._hub.bot, parent) & CREATE_THREADS:
            raise missing_permissions()
        number = request.match_info.get("message")
        if number and int(number) in self._hub.channels:
            raise Refusal(400, 160004, "A thread has already been created for this message")
        thread = Channel(THREAD, body["name"], parent.guild, parent)
        if number:
            thread.id = int(number)
        self._hub.channels[thread.id] = thread
        made = payloads.channel(thread, self._hub.bot)
        self._hub.dispatch("THREAD_CREATE", {**made, "newly_created": True}, parent.guild)
        self._hub.happened("thread", id=str(thread.id), name=thread.name)
        return answer(made, 201)

    async def change_channel(self, request: web.Request) -> web.Response:
        place, body = self.seen(request), (await read(request, 0)).body
        place.archived = bool(body.get("archived", place.archived))
        place.name = body.get("name", place.name)
        return answer(payloads.channel(place, self._hub.bot))

    async def typing(self, request: web.Request) -> web.Response:
        place = self._hub.channels.get(int(request.match_info["channel"]))
        if place is None:
            raise unknown_channel()
        check_may_write(self._hub, place, files=False)
        self._hub.happened("typing", channel=str(place.id))
        return nothing()

    async def open_dm(self, request: web.Request) -> web.Response:
        person = self._hub.people.get(int((await read(request, 0)).body["recipient_id"]))
        if person is None:
            raise Refusal(404, 10013, "Unknown User")
        return answer(payloads.channel(dm_with(self._hub, person), self._hub.bot))


def dm_with(hub: Hub, person: Person) -> Channel:
    for place in hub.channels.values():
        if place.kind == DM and place.recipients == [person]:
            return place
    place = Channel(DM, recipients=[person])
    hub.channels[place.id] = place
    return place


class Files:
    """The content delivery side: what a signed link leads to, until it expires."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.fetched: list[str] = []
        self.forbidden = False

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/attachments/{channel}/{attachment}/{name}", self.file)]

    async def file(self, request: web.Request) -> web.StreamResponse:
        place, number, until = int(request.match_info["channel"]), int(request.match_info["attachment"]), ""
        until = request.query.get("ex", "")
        self.fetched.append(request.path)
        signed = request.query.get("hm") == payloads.signature(place, number, until)
        if self.forbidden or not signed or int(until, 16) < self._hub.now():
            return web.Response(status=404, text="This content is no longer available.")
        for message in self._hub.channels[place].messages.values():
            for each in message.files:
                if each.id == number:
                    return _served(each.file.content, each.file.content_type)
        return web.Response(status=404, text="This content is no longer available.")


def _served(content: object, kind: str) -> web.StreamResponse:
    headers = {"Content-Type": kind or "application/octet-stream"}
    if isinstance(content, bytes):
        return web.Response(body=content, headers=headers)
    return web.FileResponse(content, headers=headers)  # type: ignore[arg-type]
