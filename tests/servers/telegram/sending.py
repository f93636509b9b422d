"""sendMessage, send<Media> and sendMediaGroup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.servers.telegram.calls import Call
from tests.servers.telegram.entities import MOST_CAPTION, MOST_TEXT, Rich, read_text, units
from tests.servers.telegram.markup import reply_markup
from tests.servers.telegram.media import as_content
from tests.servers.telegram.reading import Incoming, read_medium
from tests.servers.telegram.refusals import Json, bad
from tests.servers.telegram.rooms import Room, Standing
from tests.servers.telegram.targets import Target, target
from tests.servers.telegram.telling import told
from tests.servers.telegram.world import World

KINDS = {
    "sendvideo": "video",
    "sendaudio": "audio",
    "sendvoice": "voice",
    "senddocument": "document",
    "sendanimation": "animation",
    "sendvideonote": "video_note",
    "sendphoto": "photo",
    "sendsticker": "sticker",
}
_ALONE = ("audio", "document")


@dataclass(frozen=True, slots=True)
class Body:
    """The content of one message: its fields, and the files that came with it as bytes."""

    fields: Json
    uploaded: tuple[str, ...] = ()


def send_message(world: World, call: Call) -> Json:
    rich = message_text(call)
    where = target(world, call)
    _check_kind(where.room, "text")
    return _sent(world, call, where, [Body(text_fields(rich) | _markup(call))])[0].json


def send_medium(world: World, call: Call) -> Json:
    """Every method that sends one file."""
    kind = KINDS[call.method]
    call.values.setdefault("type", kind)
    where = target(world, call)
    _check_kind(where.room, kind)
    medium = read_medium(world, call, call.values, kind, call.text(kind))
    caption = {} if kind in ("video_note", "sticker") else caption_fields(call.values)
    body = Body(as_content(medium.file, medium.facts) | caption | _markup(call), medium.uploaded)
    return _sent(world, call, where, [body])[0].json


def send_album(world: World, call: Call) -> list[Json]:
    media = call.object("media", "media")
    if not isinstance(media, list):
        raise bad("expected an Array of InputMedia")
    if not 2 <= len(media) <= 10:
        raise bad("media must contain 2-10 items" if len(media) != 1 else "expected at least 2 items in an album")
    kinds = {item.get("type", "") for item in media}
    if (len(kinds) > 1 and kinds & set(_ALONE)) or kinds - {"audio", "document", "photo", "video", "live_photo"}:
        raise bad("can't use the media of the specified type in the album")
    where = target(world, call)
    for kind in kinds:
        _check_kind(where.room, kind)
    group = str(13_000_000_000_000_000 + world.number())
    bodies = [_album_item(world, call, item, group) for item in media]
    return [standing.json for standing in _sent(world, call, where, bodies)]


def _album_item(world: World, call: Call, item: Json, group: str) -> Body:
    medium: Incoming = read_medium(world, call, item, item["type"], item.get("media", ""))
    fields = as_content(medium.file, medium.facts) | caption_fields(item) | {"media_group_id": group}
    return Body(fields, medium.uploaded)


def _check_kind(room: Room, kind: str) -> None:
    if kind in room.forbids:
        raise room.forbids[kind]


def message_text(call: Call) -> Rich:
    if not call.text("text"):
        raise bad("message text is empty")
    rich = read_text(call.text("text"), call.text("parse_mode"), call.object("entities"))
    if not rich.text:
        raise bad("text must be non-empty")
    if units(rich.text) > MOST_TEXT:
        raise bad("message is too long" if call.method == "sendmessage" else "MESSAGE_TOO_LONG")
    return rich


def text_fields(rich: Rich) -> Json:
    return {"text": rich.text, **({"entities": list(rich.entities)} if rich.entities else {})}


def caption_fields(values: Json) -> Json:
    """From a call's own parameters or from one item of an album. Raises `Refusal`."""
    entities = Call("", values).object("caption_entities")
    rich = read_text(str(values.get("caption") or ""), str(values.get("parse_mode") or ""), entities)
    if units(rich.text) > MOST_CAPTION:
        raise bad("message caption is too long")
    if not rich.text:
        return {}
    return {"caption": rich.text, **({"caption_entities": list(rich.entities)} if rich.entities else {})}


def _markup(call: Call) -> Json:
    markup = reply_markup(call)
    return {"reply_markup": markup} if markup else {}


def _sent(world: World, call: Call, where: Target, bodies: list[Body]) -> list[Standing]:
    world.flood.check(where.room.id)
    silent = call.flag("disable_notification")
    sender: Json = {"from": world.bot}
    if where.room.kind == "channel":
        sender = {"sender_chat": where.room.json}
    made = []
    for body in bodies:
        standing = world.put(where.room, sender, {**where.fields, **body.fields}, silent=silent)
        standing.by_bot = True
        standing.uploaded = list(body.uploaded)
        made.append(standing)
    where.room.bot_wrote_last = True
    for standing in made:
        told(world, where.room, standing)
        for heard in world.on_sent:
            heard(where.room, standing)
    return made


SENDING: dict[str, Callable[[World, Call], object]] = {
    "sendmessage": send_message,
    "sendmediagroup": send_album,
    **dict.fromkeys(KINDS, send_medium),
}
