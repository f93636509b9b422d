"""What a bot asks of itself and of chats: getMe, its profile, the webhook's state, members, files."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from tests.servers.telegram.calls import Call
from tests.servers.telegram.refusals import Json, bad
from tests.servers.telegram.targets import readable
from tests.servers.telegram.world import World


def get_me(world: World, call: Call) -> Json:
    return world.bot | world.abilities


def get_file(world: World, call: Call) -> Json:
    if not call.has("file_id"):
        raise bad("file_id not specified")
    return world.files.describe(call.text("file_id"))


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
    room = readable(world, call.text("chat_id"))
    more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _gifts()}
    described: Json = room.json | more
    return described


def _gifts() -> Json:
    kinds = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return dict.fromkeys(kinds, False)


def get_member(world: World, call: Call) -> Json:
    room = readable(world, call.text("chat_id"))
    user_id = call.number("user_id")
    if user_id == world.bot["id"]:
        return member(world.bot, "member" if room.kind == "private" else room.bot)
    if room.kind == "private" and user_id == room.id:
        return member(world.people[user_id], "member")
    if user_id not in world.people:
        raise bad("user not found")
    return member(world.people[user_id], room.members.get(user_id, "left"))


def get_administrators(world: World, call: Call) -> list[Json]:
    room = readable(world, call.text("chat_id"))
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


def member_count(world: World, call: Call) -> int:
    return len(readable(world, call.text("chat_id")).members) + 1


def leave_chat(world: World, call: Call) -> bool:
    readable(world, call.text("chat_id")).bot = "left"
    return True


def set_profile(world: World, call: Call) -> bool:
    """setMyName, setMyDescription, setMyShortDescription: by language."""
    world.profile[call.method, call.text("language_code")] = call.values
    return True


def log_out(world: World, call: Call) -> bool:
    world.logged_out = True
    return True


SETUP: dict[str, Callable[[World, Call], object]] = {
    "getme": get_me,
    "getfile": get_file,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": webhook_info,
    "getchat": get_chat,
    "getchatmember": get_member,
    "getchatadministrators": get_administrators,
    "getchatmembercount": member_count,
    "leavechat": leave_chat,
    "setmyname": set_profile,
    "setmydescription": set_profile,
    "setmyshortdescription": set_profile,
    "setchatmenubutton": set_profile,
    "logout": log_out,
    "close": lambda world, call: True,
}
