"""Which messages of a group reach the bot, by Telegram's rules for bots in privacy mode."""

from __future__ import annotations

import re

from tests.servers.telegram.refusals import Json
from tests.servers.telegram.rooms import Room
from tests.servers.telegram.world import World

_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(?:@(\w+))?")
SERVICE = ("new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id")


def reaches(world: World, room: Room, message: Json) -> bool:
    """Bots get commands addressed to them, bare commands if they wrote last, replies to their messages, messages
    sent via them, service messages; administrators and bots without privacy mode get everything."""
    if room.migrated_to or room.bot in ("kicked", "left", "blocked", "deactivated"):
        return False
    if room.kind in ("private", "channel") or room.bot == "administrator":
        return True
    if world.abilities["can_read_all_group_messages"] or any(key in message for key in SERVICE):
        return True
    if message.get("via_bot", {}).get("id") == world.bot["id"]:
        return True
    if message.get("reply_to_message", {}).get("from", {}).get("id") == world.bot["id"]:
        return True
    command = _COMMAND.match(str(message.get("text", message.get("caption", ""))))
    if command is None:
        return False
    if command[1]:
        return bool(command[1].lower() == world.bot["username"].lower())
    return room.bot_wrote_last
