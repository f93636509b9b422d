"""What a bot asks of itself and of chats: getMe, the menus, the webhook's state, members, files."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from tests.servers.telegram.calls import Call
from tests.servers.telegram.refusals import Json, bad
from tests.servers.telegram.rooms import Room
from tests.servers.telegram.targets import writable
from tests.servers.telegram.world import World

MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_OF_CHAT = ("chat", "chat_administrators", "chat_member")


def get_me(world: World, call: Call) -> Json:
    return world.bot | world.abilities


def get_file(world: World, call: Call) -> Json:
    if not call.has("file_id"):
        raise bad("file_id not specified")
    return world.files.describe(call.text("file_id"))


def set_commands(world: World, call: Call) -> bool:
    commands = call.object("commands")
    if not isinstance(commands, list):
        raise bad("expected an Array of BotCommand")
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope(world, call)] = commands
    return True


def get_commands(world: World, call: Call) -> list[Json]:
    return world.commands.get(_scope(world, call), [])


def delete_commands(world: World, call: Call) -> bool:
    world.commands.pop(_scope(world, call), None)
    return True


def _scope(world: World, call: Call) -> tuple[str, str]:
    """(scope, language): "default", "all_group_chats", "chat:-100123", …"""
    language = call.text("language_code")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad("invalid language code specified")
    scope = call.object("scope", "BotCommandScope") or {"type": "default"}
    name = str(scope["type"])
    if name in _OF_CHAT:
        name += f":{writable(world, str(scope.get('chat_id', ''))).id}"
        name += f":{scope['user_id']}" if "user_id" in scope else ""
    return name, language


def menu(world: World, room: Room, language: str = "") -> list[str]:
    """The commands somebody in this room is shown: narrow scopes first, in each the own language first."""
    wide = ["all_private_chats"] if room.kind == "private" else ["all_group_chats"]
    for scope in (f"chat:{room.id}", *wide, "default"):
        for tongue in (language, ""):
            if commands := world.commands.get((scope, tongue)):
                return [command["command"] for command in commands]
    return []


def set_webhook(world: World, call: Call) -> bool:
    """Only remembers; `Webhook` delivers. Raises `Refusal`."""
    url, secret = call.text("url"), call.text("secret_token")
    if not url:
        return delete_webhook(world, call)
    if len(secret) > 256:
        raise bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")
    parts = urlsplit(url)
    if not parts.netloc:
        raise bad("invalid webhook URL specified")
    # The cloud demands https and four ports; a loopback server must take what a test listens on.
    world.webhook = {"url": url, "secret": secret, "max_connections": call.number("max_connections", 40)}
    _settle(world, call)
    world.updates.conflict()
    return True


def delete_webhook(world: World, call: Call) -> bool:
    world.webhook = {}
    _settle(world, call)
    return True


def _settle(world: World, call: Call) -> None:
    world.updates.allow(call.object("allowed_updates"))
    if call.flag("drop_pending_updates"):
        world.updates.drop()
    world.updates.webhook = bool(world.webhook)
    world.webhook_changed.set()


def webhook_info(world: World, call: Call) -> Json:
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.updates.pending)}
    if world.webhook:
        info |= {"url": world.webhook["url"], "max_connections": world.webhook["max_connections"]}
        info |= {key: world.webhook[key] for key in ("last_error_date", "last_error_message") if key in world.webhook}
    if world.updates.allowed is not None:
        info["allowed_updates"] = world.updates.allowed
    return info


def get_chat(world: World, call: Call) -> Json:
    room = writable(world, call.text("chat_id"))
    more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _gifts()}
    return room.json | more


def _gifts() -> Json:
    kinds = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return dict.fromkeys(kinds, False)


def get_member(world: World, call: Call) -> Json:
    room = writable(world, call.text("chat_id"))
    user_id = call.number("user_id")
    if user_id == world.bot["id"]:
        return member(world.bot, "member" if room.kind == "private" else room.bot)
    if room.kind == "private" and user_id == room.id:
        return member(world.people[user_id], "member")
    if user_id not in world.people:
        raise bad("user not found")
    return member(world.people[user_id], room.members.get(user_id, "left"))


def get_administrators(world: World, call: Call) -> list[Json]:
    room = writable(world, call.text("chat_id"))
    if room.kind == "private":
        raise bad("there are no administrators in the private chat")
    ranks = ("creator", "administrator")
    found = [member(world.people[user], rank) for user, rank in room.members.items() if rank in ranks]
    return found + ([member(world.bot, room.bot)] if room.bot == "administrator" else [])


def member(user: Json, status: str) -> Json:
    """A ChatMember with the fields its status demands."""
    match status:
        case "creator":
            return {"status": status, "user": user, "is_anonymous": False}
        case "administrator":
            rights = (
                "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members can_promote_members "
                "can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories"
            )
            return {"status": status, "user": user, "can_be_edited": False, "is_anonymous": False} | dict.fromkeys(
                rights.split(), True
            )
        case "kicked":
            return {"status": status, "user": user, "until_date": 0}
        case _:
            return {"status": status, "user": user}


def log_out(world: World, call: Call) -> bool:
    world.logged_out = True
    return True


SETUP: dict[str, Callable[[World, Call], object]] = {
    "getme": get_me,
    "getfile": get_file,
    "setmycommands": set_commands,
    "getmycommands": get_commands,
    "deletemycommands": delete_commands,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": webhook_info,
    "getchat": get_chat,
    "getchatmember": get_member,
    "getchatadministrators": get_administrators,
    "logout": log_out,
    "close": lambda world, call: True,
}
