"""How people write: texts, files of every kind, albums, replies, edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.servers.telegram.chats import Chat
from tests.servers.telegram.entities import read_text, units
from tests.servers.telegram.files import Content
from tests.servers.telegram.media import Facts, as_content
from tests.servers.telegram.privacy import reaches
from tests.servers.telegram.refusals import Json
from tests.servers.telegram.rooms import Room, Standing
from tests.servers.telegram.targets import external, one_level
from tests.servers.telegram.telling import told
from tests.servers.telegram.world import World

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
_TYPES = {
    "video": ("video.mp4", "video/mp4"),
    "audio": ("song.mp3", "audio/mpeg"),
    "voice": ("", "audio/ogg"),
    "video_note": ("", ""),
    "animation": ("animation.mp4", "video/mp4"),
    "document": ("file.bin", "application/octet-stream"),
    "photo": ("", ""),
    "sticker": ("", "image/webp"),
}
_HIDDEN = {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}
_FACTS = Facts(width=320, height=180, duration=3)


@dataclass(frozen=True, slots=True)
class Item:
    """One file of a message. `name` and `mime` None are the kind's usual ones, "" for a client that says none."""

    kind: str
    content: Content
    caption: str = ""
    name: str | None = None
    mime: str | None = None
    facts: Facts = _FACTS


@dataclass(frozen=True, slots=True)
class Writer:
    """`chat` is the private chat with the bot; it exists from the first message on."""

    world: World
    json: Json

    @property
    def id(self) -> int:
        return int(self.json["id"])

    @property
    def chat(self) -> Chat:
        room = self.world.rooms.get(self.id)
        if room is None:
            room = self.world.add_room("private", self.json["first_name"], self.id)
            room.username = self.json.get("username", "")
        return Chat(self.world, room)

    # --- writing

    def start(self, payload: str = "", to: Chat | None = None) -> Standing:
        """What a deep link sends: t.me/bot?start=… in private, ?startgroup=… in a group."""
        command = "/start" if to is None else f"/start@{self.world.bot['username']}"
        return self.send(f"{command} {payload}".strip(), to=to)

    def send(
        self,
        text: str,
        *,
        to: Chat | None = None,
        reply_to: Standing | None = None,
        anonymous: bool = False,
        via: bool = False,
        elsewhere: Standing | None = None,
        quote: str = "",
        story: bool = False,
        behind: dict[str, str] | None = None,
    ) -> Standing:
        """A text. `anonymous` writes as the group itself; `via` is sent through the bot's inline mode. `elsewhere` is a
        message of another chat that it replies to, `quote` the part of it that is meant; `story` replies to a story.
        `behind` are addresses that lie behind words of the text."""
        rich = read_text(text, "", [_link_behind(text, words, url) for words, url in (behind or {}).items()])
        body: Json = {"text": rich.text, **({"entities": list(rich.entities)} if rich.entities else {})}
        if via:
            body["via_bot"] = self.world.bot
        if elsewhere is not None:
            body["external_reply"] = external(elsewhere.json)
        if quote:
            body["quote"] = {"text": quote, "position": 0, "is_manual": True}
        if story:
            body["reply_to_story"] = {"chat": self.chat.room.json, "id": 7}
        return self._say(body, to=to, reply_to=reply_to, anonymous=anonymous)

    def send_file(
        self, item: Item, *, to: Chat | None = None, reply_to: Standing | None = None, forwarded: bool = False
    ) -> Standing:
        body = self._body(item)
        if forwarded:
            body["forward_origin"] = _HIDDEN
        return self._say(body, to=to, reply_to=reply_to)

    def send_video(self, content: Content, caption: str = "", **more: object) -> Standing:
        """`more`: name, mime, facts of the file; to, reply_to, forwarded of the message. So are the next ones."""
        return self._one("video", content, caption, more)

    def send_audio(self, content: Content, caption: str = "", **more: object) -> Standing:
        return self._one("audio", content, caption, more)

    def send_voice(self, content: Content, caption: str = "", **more: object) -> Standing:
        return self._one("voice", content, caption, more)

    def send_video_note(self, content: Content, **more: object) -> Standing:
        return self._one("video_note", content, "", more)

    def send_animation(self, content: Content, caption: str = "", **more: object) -> Standing:
        return self._one("animation", content, caption, more)

    def send_document(self, content: Content, caption: str = "", **more: object) -> Standing:
        return self._one("document", content, caption, more)

    def send_photo(self, content: Content, caption: str = "", **more: object) -> Standing:
        return self._one("photo", content, caption, more)

    def send_sticker(self, content: Content = b"sticker", **more: object) -> Standing:
        return self._one("sticker", content, "", more)

    def send_album(self, items: Sequence[Item], *, to: Chat | None = None, forwarded: bool = False) -> list[Standing]:
        """Each item is an update of its own; nothing says which is the last."""
        group = str(13_000_000_000_000_000 + self.world.number())
        return [self.send_late(item, group, to=to, forwarded=forwarded) for item in items]

    def send_late(self, item: Item, group: str, *, to: Chat | None = None, forwarded: bool = False) -> Standing:
        """One more item of an album that is known by its `media_group_id`."""
        origin = {"forward_origin": _HIDDEN} if forwarded else {}
        return self._say({**self._body(item), **origin, "media_group_id": group}, to=to)

    def edit(self, standing: Standing, text: str, *, to: Chat | None = None) -> None:
        """Changes the words of an own message."""
        room = (to or self.chat).room
        key = "text" if "text" in standing.json else "caption"
        rich = read_text(text, "")
        entities = "entities" if key == "text" else "caption_entities"
        json = {name: value for name, value in standing.json.items() if name != entities}
        changed = {key: rich.text, **({entities: list(rich.entities)} if rich.entities else {})}
        standing.json = {**json, **changed, "edit_date": int(self.world.clock.now())}
        told(self.world, room, standing, verb="edits")
        kind = "edited_channel_post" if room.kind == "channel" else "edited_message"
        if reaches(self.world, room, standing.json):
            self.world.updates.add(kind, standing.json)

    def delete(self, standing: Standing, *, to: Chat | None = None) -> None:
        """No bot is told of it."""
        standing.deleted = True
        self.world.tell((to or self.chat).room, f"{self.json['first_name']} deletes: {standing.text}")

    # --- inside

    def _one(self, kind: str, content: Content, caption: str, more: dict[str, object]) -> Standing:
        of_item = {key: more.pop(key) for key in ("name", "mime", "facts") if key in more}
        return self.send_file(Item(kind, content, caption, **of_item), **more)  # type: ignore[arg-type]

    def _body(self, item: Item) -> Json:
        name, mime = _TYPES[item.kind]
        name = name if item.name is None else item.name
        mime = mime if item.mime is None else item.mime
        stored = self.world.files.keep(item.content, item.kind, name, mime)
        rich = read_text(item.caption, "")
        body = as_content(stored, item.facts)
        if rich.text:
            body |= {"caption": rich.text}
        if rich.entities:
            body |= {"caption_entities": list(rich.entities)}
        return body

    def _say(
        self, body: Json, *, to: Chat | None = None, reply_to: Standing | None = None, anonymous: bool = False
    ) -> Standing:
        chat = to or self.chat
        room = chat.room
        thread: Json = {"message_thread_id": chat.thread, "is_topic_message": True} if chat.thread else {}
        if reply_to is not None:
            thread["reply_to_message"] = one_level(reply_to.json)
            if room.kind == "supergroup" and not room.forum:
                # In groups without topics the id marks a thread of replies.
                thread["message_thread_id"] = reply_to.json.get("message_thread_id", reply_to.id)
        standing = self.world.put(room, self._sender(room, anonymous=anonymous), {**thread, **body})
        told(self.world, room, standing)
        if reaches(self.world, room, standing.json):
            self.world.updates.add("channel_post" if room.kind == "channel" else "message", standing.json)
        room.bot_wrote_last = False
        return standing

    def _sender(self, room: Room, *, anonymous: bool) -> Json:
        if room.kind == "channel":
            return {"sender_chat": room.json}
        if anonymous:
            return {"from": ANONYMOUS, "sender_chat": room.json}
        return {"from": self.json}


def _link_behind(text: str, words: str, url: str) -> Json:
    offset = units(text[: text.index(words)])
    return {"type": "text_link", "offset": offset, "length": units(words), "url": url}
