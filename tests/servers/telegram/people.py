"""The other side of the glass: people who write, press buttons, ask inline, block and move."""

from __future__ import annotations

from dataclasses import dataclass

from tests.servers.telegram.chats import Asked, Chat, Press
from tests.servers.telegram.media import Facts, as_content
from tests.servers.telegram.refusals import Json
from tests.servers.telegram.rooms import Room, Standing
from tests.servers.telegram.setup import member
from tests.servers.telegram.writing import Item, Writer

__all__ = ["Item", "Person"]


@dataclass(frozen=True, slots=True)
class Person(Writer):
    """`chat` is the private chat with the bot; it exists from the first message on."""

    # --- buttons and inline mode

    def press(
        self, label: str, standing: Standing | None = None, *, to: Chat | None = None, old: bool = False
    ) -> Press:
        """Presses a button of a message of the bot's: of the newest that has it. `old`: the server no longer has
        the message."""
        chat = to or self.chat
        if standing is None:
            standing = next(one for one in reversed(chat.shown) if label in one.buttons)
        button = next(one for row in standing.keyboard for one in row if one["text"] == label)
        return self.press_data(button["callback_data"], standing, to=chat, old=old)

    def press_data(self, data: str, standing: Standing, *, to: Chat | None = None, old: bool = False) -> Press:
        """A callback with any data: a client can be made to send what no button holds."""
        chat = to or self.chat
        query = str(self.world.number() + 4_382_000_000_000_000_000)
        self.world.pressed[query] = None
        message = {"chat": chat.room.json, "message_id": standing.id, "date": 0} if old else standing.json
        labels = {one.get("callback_data"): one["text"] for row in standing.keyboard for one in row}
        self.world.tell(chat.room, f"{self.json['first_name']} presses [{labels.get(data, data)}]")
        content = {"id": query, "from": self.json, "message": message, "chat_instance": "1", "data": data}
        self.world.updates.add("callback_query", content)
        return Press(self.world, query)

    def ask_inline(self, query: str, chat_type: str = "sender") -> Asked:
        number = str(self.world.number() + 77_000_000_000)
        self.world.asked[number] = None
        content = {"id": number, "from": self.json, "query": query, "offset": "", "chat_type": chat_type}
        self.world.updates.add("inline_query", content)
        return Asked(self.world, number)

    def choose(self, result: Json, to: Chat, query: str = "") -> Standing:
        """Sends an inline result into a chat, where it stands as this person's message via the bot."""
        handle = next((result[key] for key in result if key.endswith("_file_id")), "")
        stored = self.world.files.find(handle)
        body: Json = as_content(stored, Facts()) if stored else {"text": str(result.get("title", ""))}
        content = result.get("input_message_content") or {}
        body |= {"text": content["message_text"]} if "message_text" in content else {}
        body |= {"caption": result["caption"]} if result.get("caption") else {}
        if result.get("reply_markup"):
            body |= {"reply_markup": result["reply_markup"]}
        standing = self._say({**body, "via_bot": self.world.bot}, to=to)
        chosen: Json = {"result_id": result["id"], "from": self.json, "query": query}
        if result.get("reply_markup"):
            inline_id = f"AAE{self.world.number()}"
            self.world.inline[inline_id] = standing
            chosen["inline_message_id"] = inline_id
        self.world.updates.add("chosen_inline_result", chosen)
        return standing

    # --- coming and going

    def block(self) -> None:
        self.chat.room.bot = "blocked"
        self._membership(self.chat.room, "member", "kicked")

    def unblock(self) -> None:
        self.chat.room.bot = "member"
        self._membership(self.chat.room, "kicked", "member")

    def remove_bot(self, chat: Chat) -> None:
        before, chat.room.bot = chat.room.bot, "kicked"
        self.world.tell(chat.room, f"{self.json['first_name']} removes {self.world.bot['first_name']}")
        self._membership(chat.room, before, "kicked")

    def _membership(self, room: Room, old: str, new: str) -> None:
        bot = self.world.bot
        content = {"chat": room.json, "from": self.json, "date": int(self.world.clock.now())}
        change = {"old_chat_member": member(bot, old), "new_chat_member": member(bot, new)}
        self.world.updates.add("my_chat_member", content | change)
