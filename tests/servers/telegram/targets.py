"""Where a call goes: the chat, whether the bot may write there, the topic, the message it replies to."""

from __future__ import annotations

from dataclasses import dataclass

from tests.servers.telegram.calls import Call
from tests.servers.telegram.media import MEDIA
from tests.servers.telegram.refusals import Json, bad, forbidden
from tests.servers.telegram.rooms import Room, Standing
from tests.servers.telegram.world import World

GENERAL = 1


@dataclass(frozen=True, slots=True)
class Target:
    """`fields` are what topic and reply add to the message."""

    room: Room
    fields: Json


def writable(world: World, chat_id: str) -> Room:
    """The chat, in the order of the server's own checks (`Client::check_chat_access`). Raises `Refusal`."""
    room = world.room(chat_id)
    if room.migrated_to:
        raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=room.migrated_to)
    name = "chat" if room.kind == "private" else f"{room.kind} chat"
    match room.bot:
        case "blocked":
            raise forbidden("bot was blocked by the user")
        case "deactivated":
            raise forbidden("user is deactivated")
        case "kicked":
            raise forbidden(f"bot was kicked from the {name}")
        case "left":
            raise forbidden(f"bot is not a member of the {name}")
        case "restricted":
            raise bad("not enough rights to send text messages to the chat")
    return room


def readable(world: World, chat_id: str) -> Room:
    """For asking only: a chat that blocked the bot is still known. Raises `Refusal`."""
    room = world.room(chat_id)
    return room if room.bot == "blocked" else writable(world, chat_id)


def target(world: World, call: Call) -> Target:
    """For everything that is sent. Raises `Refusal`."""
    room = writable(world, call.text("chat_id"))
    thread = _topic(room, call.number("message_thread_id"))
    replied = _replied(room, call)
    if replied is not None:
        thread = thread or (replied.thread if replied.json.get("is_topic_message") else None)
    fields: Json = {}
    if thread:
        fields |= {"message_thread_id": thread, "is_topic_message": True}
    if replied is not None:
        fields["reply_to_message"] = one_level(replied.json)
    return Target(room, fields)


def one_level(message: Json) -> Json:
    """A message as it is quoted in another: what it replied to is left out."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def external(message: Json) -> Json:
    """A message of another chat as it is quoted in one that replies to it. Whose it is and where it stands is said of
    supergroups and channels alone."""
    media = {key: message[key] for key in MEDIA if key in message}
    named = message["chat"]["type"] in ("supergroup", "channel")
    where = {key: message[key] for key in ("chat", "message_id")} if named else {}
    origin = {"type": "hidden_user", "date": message["date"], "sender_user_name": "Somebody"}
    return {"origin": origin, **where, **media}


def _topic(room: Room, thread: int) -> int | None:
    # The General topic is sent to without an id: the server does not find a topic 1.
    if not thread:
        return None
    if not room.forum or thread == GENERAL or thread not in room.topics:
        raise bad("message thread not found")
    if thread in room.closed_topics:
        raise bad("TOPIC_CLOSED")
    return thread


def _replied(room: Room, call: Call) -> Standing | None:
    reply = call.object("reply_parameters", "reply parameters") or {}
    wanted = reply.get("message_id") or call.number("reply_to_message_id")
    if not wanted:
        return None
    standing = room.messages.get(int(wanted))
    if standing is not None and not standing.deleted:
        return standing
    if reply.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def to_edit(world: World, call: Call) -> tuple[Room, Standing]:
    """The bot's own message that a call edits, or one that was sent via the bot. Raises `Refusal`."""
    if call.has("inline_message_id"):
        standing = world.inline.get(call.text("inline_message_id"))
        if standing is None or standing.deleted:
            raise bad("MESSAGE_ID_INVALID")
        return world.rooms[standing.json["chat"]["id"]], standing
    room = writable(world, call.text("chat_id"))
    standing = room.messages.get(call.number("message_id"))
    if standing is None or standing.deleted:
        raise bad("message to edit not found")
    if not standing.by_bot:
        raise bad("message can't be edited")
    return room, standing
