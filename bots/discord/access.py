"""Who may use the bot on Discord: the operator's rule and the choice of a server's managers, checked everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import discord

from bots.discord.places import PLATFORM, guild_scope
from core.access import ACCESS, Access, AccessRule, Asker
from core.store import KeyValues

CHANNELS, THREADS, LANGUAGE, UPLOAD = "channels", "threads", "language", "upload-mb"
MOST_CHANNELS = 50
ON = "on"


@dataclass(frozen=True, slots=True)
class Choices:
    """`channels` are ids, () for all of them. `threads` gives each project a thread of its own. `language` "" is each
    person's own. `upload_mb` is the most that a result posted there may weigh, None for what Discord takes."""

    access: Access = Access.EVERYONE
    channels: tuple[str, ...] = ()
    threads: bool = False
    language: str = ""
    upload_mb: int | None = None

    @classmethod
    def of(cls, kept: Mapping[str, str]) -> Self:
        upload = kept.get(UPLOAD, "")
        return cls(
            Access.ADMINS if kept.get(ACCESS) == Access.ADMINS else Access.EVERYONE,
            tuple(kept.get(CHANNELS, "").split()),
            kept.get(THREADS) == ON,
            kept.get(LANGUAGE, ""),
            int(upload) if upload.isdecimal() and int(upload) else None,
        )

    def with_channel(self, channel: str) -> tuple[str, ...]:
        """Named once it is listened to, named again it is not."""
        if channel in self.channels:
            return tuple(each for each in self.channels if each != channel)
        return (*self.channels, channel)[-MOST_CHANNELS:]

    def upload(self, most: int) -> int:
        """In bytes, where Discord takes `most`."""
        return min(most, self.upload_mb << 20) if self.upload_mb else most


@dataclass(frozen=True, slots=True)
class Admission:
    """`refused` is the key of what is said to who may not, "" for who may. `chosen` is what the server chose where it
    comes from; the defaults in DMs."""

    refused: str
    chosen: Choices


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """`rule` is the operator's. A server's own managers may narrow it, not widen it."""

    store: KeyValues
    rule: AccessRule

    async def admit(self, what: discord.Interaction | discord.Message, *, anywhere: bool = False) -> Admission:
        """`anywhere` asks about the person alone."""
        kept = await self.store.values(PLATFORM, guild_scope(what.guild.id)) if what.guild else {}
        asker, chosen = asker_of(what), Choices.of(kept)
        if not (self.rule.allows(asker) and self.rule.of_chat(kept).allows(asker)):
            return Admission("not-allowed", chosen)
        elsewhere = not anywhere and chosen.channels and not asker.chats & set(chosen.channels)
        return Admission("not-here" if elsewhere else "", chosen)


def asker_of(what: discord.Interaction | discord.Message) -> Asker:
    """A thread goes by its channel's name too, and everything by its server's."""
    channel, person = what.channel, what.user if isinstance(what, discord.Interaction) else what.author
    names = {getattr(channel, "id", None), getattr(channel, "parent_id", None), what.guild and what.guild.id}
    return Asker(str(person.id), frozenset(str(name) for name in names if name), admin=manages(what))


def manages(what: discord.Interaction | discord.Message) -> bool:
    """Whether the person is in charge of the server."""
    if what.guild is None:
        return False
    if isinstance(what, discord.Interaction):
        return what.permissions.manage_guild
    return isinstance(what.author, discord.Member) and what.author.guild_permissions.manage_guild
