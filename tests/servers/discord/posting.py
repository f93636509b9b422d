"""Messages that the bot posts or edits: read from the request, held to Discord's rules, kept byte for byte."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from aiohttp import web

from tests.servers.discord.answers import (
    Refusal,
    missing_access,
    missing_permissions,
    too_large,
    unknown_message,
)
from tests.servers.discord.hub import Hub, named
from tests.servers.discord.multipart import parts
from tests.servers.discord.payloads import at_of, permissions_of
from tests.servers.discord.world import (
    ATTACH_FILES,
    DM,
    READ_HISTORY,
    SEND_IN_THREADS,
    SEND_MESSAGES,
    THREAD,
    VIEW_CHANNEL,
    Attached,
    Channel,
    File,
    Json,
    Message,
)

LONGEST = 2000
NONCE_SECONDS = 300
EPHEMERAL, COMPONENTS_V2 = 1 << 6, 1 << 15


@dataclass(slots=True)
class Posted:
    """A request's body: its JSON and the files that came with it, by their number."""

    body: Json
    files: dict[int, File] = field(default_factory=dict)


async def read(request: web.Request, limit: int) -> Posted:
    """Raises `Refusal` (413) for a file over `limit` bytes."""
    raw = await request.read()
    if not request.content_type.startswith("multipart/"):
        return Posted(json.loads(raw) if raw else {})
    posted = Posted({})
    for part in parts(raw, request.headers["Content-Type"]):
        if part.name == "payload_json":
            posted.body = json.loads(part.content)
        elif part.name.startswith("files["):
            posted.files[int(part.name[6:-1])] = File(part.filename, part.content, part.content_type)
    if any(file.size > limit for file in posted.files.values()):
        raise too_large()
    return posted


def check_content(body: Json, files: dict[int, File], *, editing: bool = False) -> None:
    """Raises `Refusal` (400) for what no message may be."""
    content = body.get("content")
    if content is not None and len(content) > LONGEST:
        raise Refusal(400, 50035, f"Invalid Form Body: content: Must be {LONGEST} or fewer in length.")
    if int(body.get("flags") or 0) & COMPONENTS_V2:
        if content or body.get("embeds"):
            raise Refusal(400, 50035, "Invalid Form Body: content cannot be used with components v2")
        return
    if not editing and not (content or files or body.get("embeds") or body.get("components") or body.get("poll")):
        raise Refusal(400, 50006, "Cannot send an empty message")
    for row in body.get("components") or []:
        for each in row.get("components", []):
            if not 1 <= len(each.get("custom_id", "x")) <= 100:
                raise Refusal(400, 50035, "Invalid Form Body: custom_id")


def check_may_write(hub: Hub, place: Channel, *, files: bool) -> None:
    """Raises `Refusal` where the bot may not write as itself."""
    if place.deleted:
        raise Refusal(404, 10003, "Unknown Channel")
    if place.guild is None:
        if place.kind != DM:
            raise missing_access()
        if place.recipients[0].blocks_the_bot:
            raise Refusal(403, 50007, "Cannot send messages to this user")
        return
    if not place.guild.installed:
        raise missing_access()
    has = permissions_of(hub.bot, place)
    if not has & VIEW_CHANNEL:
        raise missing_access()
    wanted = SEND_IN_THREADS if place.kind == THREAD else SEND_MESSAGES
    if not has & wanted or (files and not has & ATTACH_FILES):
        raise missing_permissions()


def attached(posted: Posted, kept: list[Attached]) -> list[Attached]:
    """The files of the message: those it names of the ones it has, and the ones that came."""
    listed = posted.body.get("attachments")
    if listed is None:
        return [*kept, *(Attached(file) for file in posted.files.values())]
    by_id = {str(each.id): each for each in kept}
    made = []
    for item in listed:
        if str(item["id"]) in by_id:
            made.append(by_id[str(item["id"])])
        elif int(item["id"]) in posted.files:
            file = posted.files[int(item["id"])]
            made.append(Attached(File(item.get("filename") or file.name, file.content, file.content_type)))
    return made


def pinged(body: Json, replied: Message | None) -> tuple[frozenset[int], bool]:
    """Whom a message of the bot rings for, and whether for everyone."""
    content, allowed = body.get("content") or "", body.get("allowed_mentions")
    everyone = "@everyone" in content or "@here" in content
    if allowed is None:
        return frozenset(named(content) | ({replied.author.id} if replied else set())), everyone
    parse = allowed.get("parse") or []
    users = named(content) if "users" in parse else named(content) & {int(n) for n in allowed.get("users") or []}
    if replied and allowed.get("replied_user"):
        users |= {replied.author.id}
    return frozenset(users), everyone and "everyone" in parse


def new_message(hub: Hub, place: Channel, posted: Posted, **facts: object) -> Message:
    """Posts it, or returns the one that has its nonce already."""
    body = posted.body
    nonce = str(body.get("nonce") or "")
    known = place.nonces.get(nonce, 0) if body.get("enforce_nonce") else 0
    if known and hub.now() - at_of(known) < NONCE_SECONDS:
        return place.messages[known]
    replied = _replied(hub, place, body.get("message_reference"))
    rung, everyone = pinged(body, replied)
    message = Message(
        channel=place,
        author=hub.bot,
        content=body.get("content") or "",
        files=attached(posted, []),
        components=body.get("components") or [],
        flags=int(body.get("flags") or 0),
        reply_to=replied,
        nonce=nonce,
        pinged=rung,
        pinged_everyone=everyone,
        **facts,  # type: ignore[arg-type]
    )
    return hub.post(message)


def _replied(hub: Hub, place: Channel, reference: Json | None) -> Message | None:
    if not reference:
        return None
    if place.guild and not permissions_of(hub.bot, place) & READ_HISTORY:
        raise Refusal(400, 160002, "Cannot reply without permission to read message history")
    found = place.messages.get(int(reference["message_id"]))
    if found is None and reference.get("fail_if_not_exists", True):
        raise Refusal(400, 50035, "Invalid Form Body: message_reference: Unknown message")
    return found


def edit_message(hub: Hub, message: Message, posted: Posted) -> Message:
    body = posted.body
    if "content" in body:
        message.content = body["content"] or ""
    if "components" in body:
        message.components = body["components"] or []
    if "attachments" in body or posted.files:
        message.files = attached(posted, message.files)
    message.pinged, message.pinged_everyone = pinged(body, None)
    was_loading, message.loading = message.loading, False
    message.flags &= ~128
    if was_loading:
        message.history.clear()
    hub.changed(message)
    return message


def own_message(hub: Hub, place: Channel, number: int) -> Message:
    """A message that the bot may edit through its channel. Raises `Refusal`."""
    message = place.messages.get(number)
    if message is None or message.ephemeral_to is not None:
        raise unknown_message()
    if message.author is not hub.bot:
        raise Refusal(403, 50005, "Cannot edit a message authored by another user")
    return message
