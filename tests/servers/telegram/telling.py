"""The transcript: what stands in a chat, in lines that can be read aloud."""

from __future__ import annotations

from tests.servers.telegram.media import kind_of
from tests.servers.telegram.refusals import Json
from tests.servers.telegram.rooms import Room, Standing
from tests.servers.telegram.world import World


def told(world: World, room: Room, standing: Standing, verb: str = "") -> None:
    """Writes a message into its room's transcript."""
    marks = [mark for mark in (_topic(room, standing), _replying(room, standing)) if mark]
    silent = " (silent)" if standing.silent and not verb else ""
    head = f"{who(standing.json)}{''.join(f' {mark}' for mark in marks)}{f' {verb}' if verb else ''}{silent}"
    world.tell(room, f"{head}: {what(standing)}")


def who(message: Json) -> str:
    if "sender_chat" in message:
        return str(message["sender_chat"].get("title", "?"))
    return str(message.get("from", {}).get("first_name", "?"))


def what(standing: Standing) -> str:
    parts = [medium(standing.json), standing.text]
    if standing.buttons:
        parts.append(" ".join(f"[{label}]" for label in standing.buttons))
    return " ".join(part for part in parts if part)


def medium(message: Json) -> str:
    """For example «video talk.mp4 320x180 0:03 with thumbnail»."""
    kind = kind_of(message)
    if not kind:
        return ""
    held = message[kind][-1] if kind == "photo" else message[kind]
    words = [kind, held.get("file_name", "")]
    if "width" in held:
        words.append(f"{held['width']}x{held['height']}")
    if "duration" in held:
        words.append(f"{held['duration'] // 60}:{held['duration'] % 60:02}")
    if "thumbnail" in held:
        words.append("with thumbnail")
    return f"«{' '.join(word for word in words if word)}»"


def _topic(room: Room, standing: Standing) -> str:
    thread = standing.thread if standing.json.get("is_topic_message") else None
    return f"in #{room.topics.get(thread, thread)}" if thread else ""


def _replying(room: Room, standing: Standing) -> str:
    if standing.reply_to is None:
        return ""
    replied = room.messages.get(standing.reply_to)
    quoted = (what(replied) if replied else "?").splitlines()[0][:30]
    return f"to “{quoted}”"
