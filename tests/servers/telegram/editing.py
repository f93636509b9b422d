"""editMessageText, …Caption, …Media, …ReplyMarkup, deleteMessage(s): a text stays a text, an unchanged edit fails."""

from __future__ import annotations

from collections.abc import Callable

from tests.servers.telegram.calls import Call
from tests.servers.telegram.markup import reply_markup
from tests.servers.telegram.media import MEDIA, as_content, kind_of
from tests.servers.telegram.reading import read_medium
from tests.servers.telegram.refusals import NOT_MODIFIED, Json, bad
from tests.servers.telegram.rooms import Room, Standing
from tests.servers.telegram.sending import caption_fields, message_text, text_fields
from tests.servers.telegram.targets import to_edit, writable
from tests.servers.telegram.telling import told
from tests.servers.telegram.world import World

_WORDS = ("text", "entities", "caption", "caption_entities")
KEPT_FOR_DELETING = 48 * 3600


def edit_text(world: World, call: Call) -> Json | bool:
    rich = message_text(call)
    room, standing = to_edit(world, call)
    if kind_of(standing.json):
        raise bad("there is no text in the message to edit")
    return _edited(world, call, room, standing, text_fields(rich), drop=_WORDS)


def edit_caption(world: World, call: Call) -> Json | bool:
    fields = caption_fields(call.values)
    room, standing = to_edit(world, call)
    if not kind_of(standing.json):
        raise bad("there is no caption in the message to edit")
    return _edited(world, call, room, standing, fields, drop=_WORDS)


def edit_media(world: World, call: Call) -> Json | bool:
    said = call.object("media", "input media")
    if not isinstance(said, dict):
        raise bad("media is not specified")
    room, standing = to_edit(world, call)
    if call.has("inline_message_id") and call.uploads:
        raise bad("can't upload new file for an inline message: use a file_id or an URL")
    medium = read_medium(world, call, said, said["type"], said.get("media", ""))
    standing.uploaded += medium.uploaded
    fields = as_content(medium.file, medium.facts) | caption_fields(said)
    return _edited(world, call, room, standing, fields, drop=(*_WORDS, *MEDIA))


def edit_markup(world: World, call: Call) -> Json | bool:
    room, standing = to_edit(world, call)
    return _edited(world, call, room, standing, {}, drop=())


def _edited(
    world: World, call: Call, room: Room, standing: Standing, fields: Json, *, drop: tuple[str, ...]
) -> Json | bool:
    """An edit without a keyboard takes the keyboard away, as on the real server."""
    markup = reply_markup(call)
    kept = {key: value for key, value in standing.json.items() if key not in (*drop, "reply_markup", "edit_date")}
    changed = kept | fields | ({"reply_markup": markup} if markup else {})
    # A refused edit costs as much as a good one.
    world.flood.check(room.id)
    if changed == {key: value for key, value in standing.json.items() if key != "edit_date"}:
        raise bad(NOT_MODIFIED)
    standing.earlier.append(standing.text)
    standing.json = {**changed, "edit_date": int(world.clock.now())}
    standing.edits += 1
    told(world, room, standing, verb="edits")
    return True if call.has("inline_message_id") else standing.json


def delete_message(world: World, call: Call) -> bool:
    _delete(world, writable(world, call.text("chat_id")), call.number("message_id"))
    return True


def delete_messages(world: World, call: Call) -> bool:
    """Messages that are not found are skipped."""
    room = writable(world, call.text("chat_id"))
    for message_id in call.object("message_ids"):
        if (standing := room.messages.get(int(message_id))) and not standing.deleted:
            _delete(world, room, standing.id)
    return True


def _delete(world: World, room: Room, message_id: int) -> None:
    standing = room.messages.get(message_id)
    if standing is None or standing.deleted:
        raise bad("message to delete not found")
    may = standing.by_bot or room.kind == "private" or room.bot == "administrator"
    if not may or world.clock.now() - standing.json["date"] > KEPT_FOR_DELETING:
        raise bad("message can't be deleted")
    standing.deleted = True
    world.tell(room, f"{world.bot['first_name']} deletes: {standing.text}")


EDITING: dict[str, Callable[[World, Call], object]] = {
    "editmessagetext": edit_text,
    "editmessagecaption": edit_caption,
    "editmessagemedia": edit_media,
    "editmessagereplymarkup": edit_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
}
