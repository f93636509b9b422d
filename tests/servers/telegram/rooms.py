"""What stands on the server: people, chats and their messages. State without rules."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Literal

from tests.servers.telegram.refusals import Json, Refusal

Kind = Literal["private", "group", "supergroup", "channel"]


@dataclass
class Standing:
    """A message as it stands now. `edits` counts the bot's, `seen` are its earlier texts."""

    json: Json
    silent: bool = False
    edits: int = 0
    earlier: list[str] = field(default_factory=list)
    reactions: list[str] = field(default_factory=list)
    deleted: bool = False
    by_bot: bool = False
    uploaded: list[str] = field(default_factory=list)  # ids of the files that came with it as bytes

    @property
    def id(self) -> int:
        return int(self.json["message_id"])

    @property
    def text(self) -> str:
        return str(self.json.get("text", self.json.get("caption", "")))

    @property
    def buttons(self) -> list[str]:
        return [button["text"] for row in self.keyboard for button in row]

    @property
    def keyboard(self) -> list[list[Json]]:
        rows: list[list[Json]] = self.json.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def reply_to(self) -> int | None:
        replied = self.json.get("reply_to_message")
        return int(replied["message_id"]) if replied else None

    @property
    def thread(self) -> int | None:
        return self.json.get("message_thread_id")


@dataclass
class Room:
    """One chat as the bot sees it. `bot` is the bot's membership; for a private chat "member" or "blocked". `forbids`
    are kinds of messages that may not be sent in it ("video"), each with the refusal that is answered."""

    id: int
    kind: Kind
    title: str
    username: str = ""
    forum: bool = False
    bot: str = "member"
    forbids: dict[str, Refusal] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)  # user id -> status
    topics: dict[int, str] = field(default_factory=dict)
    closed_topics: set[int] = field(default_factory=set)
    messages: dict[int, Standing] = field(default_factory=dict)
    migrated_to: int | None = None
    bot_wrote_last: bool = False
    transcript: list[str] = field(default_factory=list)
    actions: list[tuple[float, str, int | None]] = field(default_factory=list)  # chat actions: when, which, topic

    @property
    def json(self) -> Json:
        if self.kind == "private":
            name = {"first_name": self.title, **({"username": self.username} if self.username else {})}
            return {"id": self.id, "type": "private", **name}
        more = {**({"username": self.username} if self.username else {}), **({"is_forum": True} if self.forum else {})}
        return {"id": self.id, "type": self.kind, "title": self.title, **more}

    @property
    def of_bot(self) -> list[Standing]:
        """The bot's messages that stand, in order."""
        return [standing for standing in self.messages.values() if standing.by_bot and not standing.deleted]


class Ids:
    """Message ids: counted per chat in supergroups and channels, over all other chats together."""

    def __init__(self) -> None:
        self._common = itertools.count(1)
        self._own: dict[int, itertools.count[int]] = {}

    def next(self, room: Room) -> int:
        if room.kind in ("private", "group"):
            return next(self._common)
        return next(self._own.setdefault(room.id, itertools.count(1)))
