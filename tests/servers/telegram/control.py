"""The server driven from another process: people act, faults strike and chats are read, over HTTP.

POST /control/person   {"name", "language"}                       -> {"id"}
POST /control/group    {"title", "people": [id], "kind": "group" | "supergroup" | "forum"} -> {"id"}
POST /control/send     {"person", "text", "chat", "reply_to"}     -> {"message_id"}
POST /control/file     {"person", "kind", "path", "caption", "name", "mime", "chat"} -> {"message_id"}
POST /control/press    {"person", "label", "message_id", "chat"}  -> {"id"}
POST /control/fault    fields of `Fault`
GET  /control/chat/ID  -> {"transcript": [line], "messages": [{"id", "text", "buttons", "files", …}]}
GET  /control/state    -> {"pending", "confirmed", "calls", "violations"}
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiohttp import web

from tests.servers.telegram.chats import Chat
from tests.servers.telegram.faults import Fault, Kind
from tests.servers.telegram.files import Generated
from tests.servers.telegram.media import file_of
from tests.servers.telegram.people import Item, Person
from tests.servers.telegram.refusals import Json
from tests.servers.telegram.rooms import Standing
from tests.servers.telegram.server import TelegramServer


class Control:
    def __init__(self, server: TelegramServer) -> None:
        self._server = server
        self._world = server.world

    @property
    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/control/person", self._person),
            web.post("/control/group", self._group),
            web.post("/control/send", self._send),
            web.post("/control/file", self._file),
            web.post("/control/press", self._press),
            web.post("/control/fault", self._fault),
            web.get("/control/chat/{id}", self._chat),
            web.get("/control/state", self._state),
        ]

    async def _person(self, request: web.Request) -> web.Response:
        return web.json_response({"id": self._server.person(**await request.json()).id})

    async def _group(self, request: web.Request) -> web.Response:
        wish = await request.json()
        people = [self._found(number) for number in wish["people"]]
        make = {"supergroup": self._server.supergroup, "forum": self._server.forum}.get(
            wish["kind"], self._server.group
        )
        return web.json_response({"id": make(wish["title"], *people).id})

    async def _send(self, request: web.Request) -> web.Response:
        wish = await request.json()
        to = self._to(wish)
        reply_to = to.message(wish["reply_to"]) if to and wish.get("reply_to") else None
        return _sent(self._found(wish["person"]).send(wish["text"], to=to, reply_to=reply_to))

    async def _file(self, request: web.Request) -> web.Response:
        wish = await request.json()
        content = Generated(wish["size"]) if "size" in wish else Path(wish["path"])
        item = Item(wish["kind"], content, wish.get("caption", ""), wish.get("name"), wish.get("mime"))
        return _sent(self._found(wish["person"]).send_file(item, to=self._to(wish)))

    async def _press(self, request: web.Request) -> web.Response:
        wish = await request.json()
        to = self._to(wish) or self._found(wish["person"]).chat
        standing = to.message(wish["message_id"]) if wish.get("message_id") else None
        return web.json_response({"id": self._found(wish["person"]).press(wish["label"], standing, to=to).id})

    async def _fault(self, request: web.Request) -> web.Response:
        wish = await request.json()
        self._server.fail(Fault(**{**wish, "kind": Kind(wish["kind"])}))
        return web.json_response({})

    async def _chat(self, request: web.Request) -> web.Response:
        chat = Chat(self._world, self._world.rooms[int(request.match_info["id"])])
        messages = [self._shown(standing) for standing in chat.shown]
        return web.json_response({"transcript": chat.transcript, "messages": messages})

    async def _state(self, request: web.Request) -> web.Response:
        state: dict[str, Any] = {
            "pending": len(self._world.updates.pending),
            "confirmed": len(self._world.updates.confirmed),
            "calls": len(self._world.calls),
            "violations": self._server.violations,
        }
        return web.json_response(state)

    def _shown(self, standing: Standing) -> Json:
        stored = self._world.files.find(file_of(standing.json))
        file = {"sha256": stored.sha256, "size": stored.size, "name": stored.name} if stored else None
        keep = {"id": standing.id, "text": standing.text, "buttons": standing.buttons, "edits": standing.edits}
        return keep | {"reply_to": standing.reply_to, "file": file, "silent": standing.silent}

    def _found(self, number: int) -> Person:
        return Person(self._world, self._world.people[number])

    def _to(self, wish: Json) -> Chat | None:
        return Chat(self._world, self._world.rooms[wish["chat"]], wish.get("thread")) if wish.get("chat") else None


def _sent(standing: Standing) -> web.Response:
    return web.json_response({"message_id": standing.id})
