"""A Bot API server on loopback, and the people who talk to its bot.

async with TelegramServer() as telegram:
    anna = telegram.person("Anna")
    ... start a bot on telegram.url with telegram.token ...
    anna.send_video(path, "extract the audio as mp3")
    result, = await anna.chat.receives()
    print(anna.chat.read_aloud())
"""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from core.ports import Clock
from tests.servers.telegram.calls import Call
from tests.servers.telegram.chats import Chat
from tests.servers.telegram.faults import Fault, Faults
from tests.servers.telegram.people import Person
from tests.servers.telegram.refusals import Json
from tests.servers.telegram.rooms import Room
from tests.servers.telegram.serving import Counter
from tests.servers.telegram.spec import Spec
from tests.servers.telegram.updates import Updates
from tests.servers.telegram.webhook import Webhook
from tests.servers.telegram.world import TOKEN, World


class TelegramServer:
    """`local` is a server with --local: files of any size, by their path on this disk and not over HTTP; with
    `elsewhere` by their path in that folder of another machine, below which HTTP serves them.

    Every request is checked against the specification where `API_SPEC_DIR` names it: see `violations`.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        local: bool = False,
        elsewhere: str = "",
        port: int = 0,
        clock: Clock | None = None,
        journal: Path | None = None,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="telegram-")
        self._port = port
        self.world = World(Path(self._folder.name), token=token, local=local, elsewhere=elsewhere, clock=clock)
        self.world.journal = journal
        self.faults = Faults()
        self._counter = Counter(self.world, self.faults, Spec.find())
        self.webhook = Webhook(self.world)
        self.extra_routes: list[web.RouteDef] = []

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 31)
        app.add_routes([*self._counter.routes, *self.extra_routes])
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._delivering = asyncio.create_task(self.webhook.run())
        return self

    async def __aexit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self._delivering.cancel()
        with suppress(asyncio.CancelledError):
            await self._delivering
        self.world.updates.conflict()
        await self._runner.cleanup()
        self._folder.cleanup()

    # --- who and where

    @property
    def token(self) -> str:
        return self.world.token

    @property
    def updates(self) -> Updates:
        return self.world.updates

    @property
    def violations(self) -> list[str]:
        """What requests had that the specification does not know; [] where there is no specification."""
        return self._counter.violations

    def person(self, name: str, *, language: str = "en", username: str = "") -> Person:
        json: Json = {"id": 500_000 + self.world.number(), "is_bot": False, "first_name": name}
        json |= {"language_code": language} if language else {}
        json |= {"username": username} if username else {}
        self.world.people[json["id"]] = json
        return Person(self.world, json)

    def group(self, title: str, *people: Person) -> Chat:
        """A basic group; the first person is its creator. The bot is told that it was added."""
        return self._assembly(self.world.add_room("group", title), people)

    def supergroup(self, title: str, *people: Person) -> Chat:
        return self._assembly(self.world.add_room("supergroup", title), people)

    def forum(self, title: str, *people: Person) -> Chat:
        """A supergroup with topics; the chat itself is the General topic."""
        return self._assembly(self.world.add_room("supergroup", title, forum=True), people)

    def channel(self, title: str, owner: Person) -> Chat:
        room = self.world.add_room("channel", title, bot="administrator")
        room.members[owner.id] = "creator"
        return Chat(self.world, room)

    def topic(self, forum: Chat, name: str) -> Chat:
        """One more topic of a forum, or of a private chat with a bot that has them."""
        if forum.room.kind == "private":
            forum.room.forum = self.world.abilities["has_topics_enabled"] = True
        thread = self.world.number() + 100
        forum.room.topics[thread] = name
        return Chat(self.world, forum.room, thread)

    def migrate(self, group: Chat) -> Chat:
        """A group becomes a supergroup: another id, a service message in each, and an error at the old one."""
        old = group.room
        new = self.world.add_room("supergroup", old.title, bot=old.bot, members=dict(old.members))
        before = self.world.put(old, {"from": self._creator(old)}, {"migrate_to_chat_id": new.id})
        self.world.updates.add("message", before.json)
        after = self.world.put(new, {"from": self._creator(old)}, {"migrate_from_chat_id": old.id})
        old.migrated_to = new.id
        self.world.updates.add("message", after.json)
        self.world.tell(old, f"(the group is now the supergroup {new.id})")
        self.world.tell(new, f"(the supergroup was the group {old.id})")
        return Chat(self.world, new)

    def fail(self, fault: Fault) -> None:
        self.faults.add(fault)

    # --- what was asked

    def asked(self, method: str) -> list[Call]:
        """The calls of a method so far, as they came."""
        return [call for call in self.world.calls if call.method == method.lower()]

    def _assembly(self, room: Room, people: tuple[Person, ...]) -> Chat:
        for index, person in enumerate(people):
            room.members[person.id] = "member" if index else "creator"
        chat = Chat(self.world, room)
        if people:
            added = self.world.put(room, {"from": people[0].json}, {"new_chat_members": [self.world.bot]})
            people[0]._membership(room, "left", "member")
            self.world.updates.add("message", added.json)
        return chat

    def _creator(self, room: Room) -> Json:
        return self.world.people[next(iter(room.members))]
