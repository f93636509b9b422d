"""Everything that stands on one server, and how news of it spreads."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Callable
from pathlib import Path

from core.ports import Clock, SystemClock
from tests.servers.telegram.calls import Call
from tests.servers.telegram.files import FileShelf
from tests.servers.telegram.flood import Flood
from tests.servers.telegram.refusals import Json, bad
from tests.servers.telegram.rooms import Ids, Kind, Room, Standing
from tests.servers.telegram.updates import Updates

TOKEN = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK"


class World:
    """State and its bookkeeping; the rules are in the modules that are called after them."""

    def __init__(
        self,
        folder: Path,
        *,
        token: str = TOKEN,
        local: bool = False,
        elsewhere: str = "",
        clock: Clock | None = None,
    ) -> None:
        self.clock = clock or SystemClock()
        self.token = token
        self.files = FileShelf(folder, local=local, elsewhere=elsewhere)
        self.updates = Updates(self.clock.now)
        self.flood = Flood(self.clock.now)
        self.bot: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Cutroom",
            "username": "cutroom_bot",
        }
        self.abilities: Json = {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
        }
        self.rooms: dict[int, Room] = {}
        self.people: dict[int, Json] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], Json] = {}
        self.inline: dict[str, Standing] = {}  # inline message id -> the message a person sent via the bot
        self.prepared: dict[str, Json] = {}
        self.pressed: dict[str, Json | None] = {}  # callback query id -> what it was answered with
        self.asked: dict[str, Json | None] = {}  # inline query id -> its answer
        self.webhook: Json = {}
        self.webhook_changed = asyncio.Event()
        self.logged_out = False
        self.on_sent: list[Callable[[Room, Standing], None]] = []  # called with each new message of the bot's
        self.calls: list[Call] = []
        self.journal: Path | None = None
        self._ids = Ids()
        self._numbers = itertools.count(1)
        self._waiting: list[tuple[Callable[[], object], asyncio.Future[None]]] = []
        self.updates.on_confirmed = self.stir

    # --- people and rooms

    def number(self) -> int:
        return next(self._numbers)

    def add_room(self, kind: Kind, title: str, room_id: int | None = None, **more: object) -> Room:
        if room_id is None:
            number = self.number()
            room_id = -(4000 + number) if kind == "group" else -(1_000_000_000_000 + 2000 + number)
        room = Room(room_id, kind, title, **more)  # type: ignore[arg-type]
        self.rooms[room.id] = room
        return room

    def room(self, chat_id: str) -> Room:
        """Raises `Refusal` where there is no such chat."""
        if not chat_id:
            raise bad("chat_id is empty")
        if chat_id.startswith("@"):
            found = [room for room in self.rooms.values() if room.username.lower() == chat_id[1:].lower()]
        else:
            try:
                found = [self.rooms[int(chat_id)]]
            except (ValueError, KeyError):
                found = []
        if not found:
            raise bad("chat not found")
        return found[0]

    # --- messages

    def put(self, room: Room, sender: Json, body: Json, *, silent: bool = False) -> Standing:
        """A new message in a room. `sender` are its `from` and `sender_chat` fields."""
        message = {
            "message_id": self._ids.next(room),
            **sender,
            "chat": room.json,
            "date": int(self.clock.now()),
            **body,
        }
        standing = Standing(message, silent=silent)
        room.messages[standing.id] = standing
        return standing

    # --- news

    def tell(self, room: Room, line: str) -> None:
        """Writes a line into a room's transcript and wakes whoever waits for something to happen."""
        room.transcript.append(line)
        self.note("line", chat=room.id, line=line)
        self.stir()

    def stir(self) -> None:
        for condition, waiting in list(self._waiting):
            if not waiting.done() and condition():
                waiting.set_result(None)

    async def until(self, condition: Callable[[], object], timeout: float = 90) -> None:
        """Returns when `condition` holds; looked at after everything that happens. Raises `TimeoutError`."""
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (condition, waiting)
        self._waiting.append(entry)
        self.stir()
        try:
            async with asyncio.timeout(timeout):
                await waiting
        finally:
            self._waiting.remove(entry)

    def note(self, event: str, **values: object) -> None:
        """One line of the journal, written through at once: a journal is read while the server runs."""
        if self.journal is not None:
            with self.journal.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"at": time.time(), "event": event, **values}, ensure_ascii=False) + "\n")
