"""Discord's JSON for the things of this world, with every field that discord.py cannot do without."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import quote

from tests.servers.discord.world import (
    ALL,
    DM,
    GROUP_DM,
    MANAGE_GUILD,
    THREAD,
    USUAL,
    Attached,
    Channel,
    Guild,
    Interaction,
    Json,
    Message,
    Person,
    snowflake,
)

LINK_SECONDS = 86_400
_SECRET = b"the loopback's own"
_EMPTY_LISTS = (
    *("emojis", "stickers", "presences", "voice_states", "features"),
    *("stage_instances", "guild_scheduled_events", "soundboard_sounds"),
)
_LONG_AGO = "2020-01-01T00:00:00+00:00"


def iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()


def at_of(number: int) -> float:
    """When a snowflake was made."""
    return ((number >> 22) + 1_420_070_400_000) / 1000


def user(person: Person) -> Json:
    return {
        "id": str(person.id),
        "username": person.name,
        "global_name": person.name.title(),
        "discriminator": "0",
        "avatar": None,
        "bot": person.bot,
        "public_flags": 0,
    }


def member(person: Person, guild: Guild, *, with_user: bool = True, permissions: int | None = None) -> Json:
    made: Json = {
        "roles": [],
        "joined_at": _LONG_AGO,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "nick": None,
        "avatar": None,
        "premium_since": None,
        "pending": False,
        "communication_disabled_until": None,
    }
    if with_user:
        made["user"] = user(person)
    if permissions is not None:
        made["permissions"] = str(permissions)
    return made


def permissions_of(person: Person, channel: Channel) -> int:
    guild = channel.guild
    if guild is None:
        return ALL
    if person.id == guild.owner.id:
        return ALL
    denied = channel.denied if person.bot else channel.denied_to_people
    extra = MANAGE_GUILD if person.id in guild.managers else 0
    return (USUAL | extra) & ~denied


def channel(place: Channel, bot: Person) -> Json:
    newest = max((each.id for each in place.messages.values() if each.ephemeral_to is None), default=None)
    made: Json = {"id": str(place.id), "type": place.kind, "flags": 0, "last_message_id": newest and str(newest)}
    if place.kind in (DM, GROUP_DM):
        return {**made, "recipients": [user(each) for each in place.recipients], "name": place.name or None}
    made |= {"name": place.name, "nsfw": False, "position": 0, "permission_overwrites": _overwrites(place, bot)}
    if place.guild:
        made["guild_id"] = str(place.guild.id)
    if place.kind == THREAD:
        return {**made, **_thread(place)}
    return {**made, "topic": None, "rate_limit_per_user": 0, "parent_id": None}


def _thread(place: Channel) -> Json:
    assert place.parent
    return {
        "parent_id": str(place.parent.id),
        "owner_id": str(place.guild.owner.id) if place.guild else "0",
        "message_count": len(place.messages),
        "member_count": 1,
        "total_message_sent": len(place.messages),
        "rate_limit_per_user": 0,
        "thread_metadata": {
            "archived": place.archived,
            "auto_archive_duration": 1440,
            "archive_timestamp": _LONG_AGO,
            "locked": False,
            "create_timestamp": iso(at_of(place.id)),
        },
    }


def _overwrites(place: Channel, bot: Person) -> list[Json]:
    of_bot = [{"id": str(bot.id), "type": 1, "allow": "0", "deny": str(place.denied)}] if place.denied else []
    if place.guild and place.denied_to_people:
        everybody = {"id": str(place.guild.id), "type": 0, "allow": "0", "deny": str(place.denied_to_people)}
        if not place.denied:
            of_bot = [{"id": str(bot.id), "type": 1, "allow": str(place.denied_to_people), "deny": "0"}]
        return [everybody, *of_bot]
    return of_bot


def guild(server: Guild, channels: list[Channel], bot: Person) -> Json:
    plain = [place for place in channels if place.guild is server and place.kind != THREAD and not place.deleted]
    threads = [place for place in channels if place.guild is server and place.kind == THREAD and not place.archived]
    return {
        "id": str(server.id),
        "name": server.name,
        "owner_id": str(server.owner.id),
        "roles": [_everyone(server)],
        "members": [member(person, server) for person in (bot, *server.members)],
        "member_count": len(server.members) + 1,
        "channels": [channel(place, bot) for place in plain],
        "threads": [channel(place, bot) for place in threads],
        "premium_tier": server.tier,
        "preferred_locale": server.locale,
        "joined_at": _LONG_AGO,
        **{name: [] for name in _EMPTY_LISTS},
        **dict.fromkeys(("icon", "splash", "banner", "description", "afk_channel_id", "rules_channel_id"), None),
        **dict.fromkeys(("system_channel_id", "public_updates_channel_id", "application_id", "vanity_url_code"), None),
        **dict.fromkeys(("verification_level", "default_message_notifications", "explicit_content_filter"), 0),
        **dict.fromkeys(("mfa_level", "system_channel_flags", "nsfw_level"), 0),
        "afk_timeout": 300,
        "large": False,
        "unavailable": False,
        "premium_progress_bar_enabled": False,
    }


def _everyone(server: Guild) -> Json:
    return {
        "id": str(server.id),
        "name": "@everyone",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "permissions": str(USUAL),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def link(base: str, place: Channel, attached: Attached, now: float) -> str:
    """The signed address of an attachment, good for a day."""
    path = f"/attachments/{place.id}/{attached.id}/{quote(attached.file.name)}"
    until = f"{int(now + LINK_SECONDS):x}"
    return f"{base}{path}?ex={until}&is={int(now):x}&hm={signature(place.id, attached.id, until)}"


def signature(channel_id: int, attachment_id: int, until: str) -> str:
    return hmac.new(_SECRET, f"{channel_id}/{attachment_id}/{until}".encode(), hashlib.sha256).hexdigest()


def attachment(base: str, place: Channel, attached: Attached, now: float) -> Json:
    address = link(base, place, attached, now)
    made: Json = {
        "id": str(attached.id),
        "filename": attached.file.name,
        "size": attached.file.size,
        "url": address,
        "proxy_url": address,
        "flags": 0,
    }
    if attached.file.content_type:
        made["content_type"] = attached.file.content_type
    if attached.file.seconds is not None:
        made["duration_secs"] = attached.file.seconds
    if attached.file.voice:
        made["waveform"] = "AAAA"
    if attached.ephemeral:
        made["ephemeral"] = True
    return made


def message(base: str, each: Message, now: float, *, nested: bool = False) -> Json:
    made: Json = {
        "id": str(each.id),
        "channel_id": str(each.channel.id),
        "author": user(each.author),
        "content": each.content,
        "timestamp": iso(at_of(each.id)),
        "edited_timestamp": iso(each.edited) if each.edited else None,
        "tts": False,
        "mention_everyone": each.pinged_everyone,
        "mentions": [],
        "mention_roles": [],
        "attachments": [attachment(base, each.channel, one, now) for one in each.files],
        "embeds": [],
        "pinned": False,
        "type": 19 if each.reply_to else 0,
        "flags": each.flags,
        "components": each.components,
    }
    if each.nonce:
        made["nonce"] = each.nonce
    if each.reactions:
        made["reactions"] = [_reaction(sign, who, each) for sign, who in each.reactions.items()]
    if each.webhook:
        made |= {"webhook_id": str(each.author.id), "application_id": str(each.author.id)}
    if each.reply_to and not nested:
        made["message_reference"] = _reference(each.reply_to, 0)
        made["referenced_message"] = message(base, each.reply_to, now, nested=True)
    if each.forwarded:
        made["message_reference"] = _reference(each.forwarded, 1)
        made["message_snapshots"] = [{"message": _snapshot(base, each.forwarded, now)}]
    return made


def _reaction(sign: str, who: set[int], each: Message) -> Json:
    return {
        "emoji": {"id": None, "name": sign},
        "count": len(who),
        "me": True,
        "me_burst": False,
        "burst_colors": [],
        "count_details": {"burst": 0, "normal": len(who)},
    }


def _reference(of: Message, kind: int) -> Json:
    made: Json = {"type": kind, "message_id": str(of.id), "channel_id": str(of.channel.id)}
    return {**made, "guild_id": str(of.channel.guild.id)} if of.channel.guild else made


def _snapshot(base: str, of: Message, now: float) -> Json:
    full = message(base, of, now, nested=True)
    kept = ("content", "timestamp", "edited_timestamp", "mentions", "mention_roles", "attachments", "embeds")
    return {name: full[name] for name in (*kept, "type", "flags", "components")}


def mentions(each: Message, people: dict[int, Person]) -> list[Json]:
    return [user(people[number]) for number in each.pinged if number in people]


def interaction(base: str, each: Interaction, bot: Person, now: float, upload_limit: int) -> Json:
    place, server = each.channel, each.channel.guild
    made: Json = {
        "id": str(each.id),
        "application_id": str(bot.id),
        "type": each.kind,
        "token": each.token,
        "version": 1,
        "channel_id": str(place.id),
        "channel": channel(place, bot) | {"permissions": str(permissions_of(each.person, place))},
        "locale": each.person.locale,
        "entitlements": [],
        "data": each.data,
        "attachment_size_limit": upload_limit,
        "app_permissions": str(ALL if server is None else USUAL & ~place.denied),
    }
    if each.message:
        made["message"] = message(base, each.message, now)
    if server is None:
        owners = {"1": str(each.person.id)} if each.foreign else {"0": "0", "1": str(each.person.id)}
        context = 2 if place.kind == GROUP_DM or each.foreign else 1
        return {**made, "user": user(each.person), "context": context, "authorizing_integration_owners": owners}
    owners = {"1": str(each.person.id)} if each.foreign else {"0": str(server.id)}
    return {
        **made,
        "guild_id": str(server.id),
        "guild": {"id": str(server.id), "locale": server.locale, "features": []},
        "guild_locale": server.locale,
        "member": member(each.person, server, permissions=permissions_of(each.person, place)),
        "context": 0,
        "authorizing_integration_owners": owners,
    }


def application(bot: Person, *, message_content: bool) -> Json:
    return {
        "id": str(bot.id),
        "name": bot.name,
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": (1 << 19) if message_content else 0,
        "owner": user(Person("operator", id=snowflake())),
        "team": None,
        "summary": "",
        "hook": True,
        "integration_types_config": {"0": {}, "1": {}},
    }
