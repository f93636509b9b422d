"""Everything that answers or signs: callback and inline queries, chat actions, reactions."""

from __future__ import annotations

from collections.abc import Callable

from tests.servers.telegram.calls import Call
from tests.servers.telegram.refusals import TOO_OLD, Json, bad
from tests.servers.telegram.targets import GENERAL, writable
from tests.servers.telegram.world import World

ACTIONS = frozenset(
    (
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    )
)
# Those a bot may use in every chat (ReactionTypeEmoji of the specification).
REACTIONS = frozenset(
    "👍👎🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡❤"
)
MOST_CALLBACK = 200
MOST_RESULTS = 50


def answer_callback(world: World, call: Call) -> bool:
    query = call.text("callback_query_id")
    if query not in world.pressed or world.pressed[query] is not None:
        raise bad(TOO_OLD)
    if len(call.text("text")) > MOST_CALLBACK:
        raise bad("MESSAGE_TOO_LONG")
    world.pressed[query] = {key: call.values[key] for key in ("text", "show_alert", "url") if call.has(key)}
    world.stir()
    return True


def answer_inline(world: World, call: Call) -> bool:
    query = call.text("inline_query_id")
    if query not in world.asked or world.asked[query] is not None:
        raise bad(TOO_OLD)
    results = call.object("results") or []
    if len(results) > MOST_RESULTS:
        raise bad("RESULTS_TOO_MUCH")
    seen: set[str] = set()
    for result in results:
        _check_result(world, result, seen)
    personal = call.flag("is_personal")
    world.asked[query] = {"results": results, "is_personal": personal, "cache_time": call.number("cache_time", 300)}
    if call.has("button"):
        world.asked[query] = {**(world.asked[query] or {}), "button": call.object("button")}
    world.stir()
    return True


def _check_result(world: World, result: Json, seen: set[str]) -> None:
    if not 1 <= len(str(result.get("id", "")).encode()) <= 64:
        raise bad("RESULT_ID_INVALID")
    if result["id"] in seen:
        raise bad("RESULT_ID_DUPLICATE")
    seen.add(result["id"])
    handle = next((result[key] for key in result if key.endswith("_file_id")), None)
    if handle is not None and world.files.find(handle) is None:
        raise bad("wrong file identifier/HTTP URL specified")


def prepare_inline(world: World, call: Call) -> Json:
    """savePreparedInlineMessage: what a Mini App's share sheet offers."""
    if call.number("user_id") not in world.people:
        raise bad("user not found")
    result = call.object("result")
    _check_result(world, result, set())
    number = f"p{world.number()}"
    world.prepared[number] = result
    return {"id": number, "expiration_date": int(world.clock.now()) + 600}


def send_action(world: World, call: Call) -> bool:
    room = writable(world, call.text("chat_id"))
    action = call.text("action").lower()
    if action not in ACTIONS:
        raise bad("wrong parameter action in request")
    thread = call.number("message_thread_id")
    # Unlike a message, an action is shown in the General topic by its id.
    if thread and (not room.forum or (thread != GENERAL and thread not in room.topics)):
        raise bad("message thread not found")
    room.actions.append((world.clock.now(), action, thread or None))
    world.stir()
    return True


def set_reaction(world: World, call: Call) -> bool:
    room = writable(world, call.text("chat_id"))
    standing = room.messages.get(call.number("message_id"))
    if standing is None or standing.deleted:
        raise bad("message to react not found")
    reactions = [str(reaction.get("emoji", "")) for reaction in call.object("reaction", "reaction types") or []]
    if len(reactions) > 1:
        raise bad("too many reactions specified")
    if any(emoji.rstrip("\ufe0f") not in REACTIONS for emoji in reactions):
        raise bad("REACTION_INVALID")
    standing.reactions = reactions
    world.tell(room, f"{world.bot['first_name']} reacts {''.join(reactions) or 'no more'} to “{standing.text[:30]}”")
    return True


ANSWERING: dict[str, Callable[[World, Call], object]] = {
    "answercallbackquery": answer_callback,
    "answerinlinequery": answer_inline,
    "savepreparedinlinemessage": prepare_inline,
    "sendchataction": send_action,
    "setmessagereaction": set_reaction,
}
