"""The bot's menus: commands by scope and language."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.servers.telegram.calls import Call
from tests.servers.telegram.refusals import Json, bad
from tests.servers.telegram.rooms import Room
from tests.servers.telegram.targets import readable
from tests.servers.telegram.world import World

MOST_COMMANDS = 100
_OF_CHAT = ("chat", "chat_administrators", "chat_member")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


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
        name += f":{readable(world, str(scope.get('chat_id', ''))).id}"
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


MENUS: dict[str, Callable[[World, Call], object]] = {
    "setmycommands": set_commands,
    "getmycommands": get_commands,
    "deletemycommands": delete_commands,
}
