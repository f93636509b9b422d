"""The adapter's own names: where a conversation is, which message is meant, and what an answer belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from core.messages import Place

PLATFORM = "discord"


@dataclass(frozen=True, slots=True)
class Spot:
    """A channel, a thread or a DM that the bot is in; with `guest`, one that it is not in, where only the person of
    that id brought it along."""

    channel: int
    guest: int = 0

    @classmethod
    def of(cls, place: Place) -> Self:
        channel, _, guest = place.key.partition("/")
        return cls(int(channel), int(guest or 0))

    @property
    def place(self) -> Place:
        return Place(PLATFORM, f"{self.channel}/{self.guest}" if self.guest else str(self.channel))


def guild_scope(guild: int) -> str:
    """What a server's managers chose is kept under it."""
    return f"guild/{guild}"


def application_scope(application: int) -> str:
    """What the bot keeps for itself is kept under it."""
    return f"application/{application}"


class Way(StrEnum):
    """How an answer reaches what it answers."""

    REPLY = "reply"  # in reply to a message of the bot's, or to one whose writer is not known
    WRITTEN = "written"  # in reply to the message in which the person asked
    LOADING = "loading"  # into the message that says that the bot is thinking
    HIDDEN = "hidden"  # for the eyes of one person
    NAMED = "named"  # in a thread of its own, in reply to nothing: the result names the person


@dataclass(frozen=True, slots=True)
class Anchor:
    """What stands in `Incoming.reply_to`. `person` asked; 0 where that is not known."""

    message: int
    person: int = 0
    way: Way = Way.REPLY

    @classmethod
    def of(cls, reply_to: str) -> Self | None:
        """None for "", and for anything that we did not write."""
        parts = reply_to.split("/")
        if len(parts) == 1 and parts[0].isdecimal():
            return cls(int(parts[0]))
        if len(parts) == 3 and parts[0].isdecimal() and parts[1].isdecimal() and parts[2] in set(Way):
            return cls(int(parts[0]), int(parts[1]), Way(parts[2]))
        return None

    @property
    def is_theirs(self) -> bool:
        """Whether `message` is a person's, and none of ours."""
        return self.way is Way.WRITTEN or not self.person

    def __str__(self) -> str:
        return f"{self.message}/{self.person}/{self.way}" if self.person else str(self.message)


@dataclass(frozen=True, slots=True)
class MessageId:
    """A message of ours: in its place's channel, in another one (`channel`), or on an interaction's webhook."""

    message: int
    channel: int = 0
    webhook: bool = False

    @classmethod
    def of(cls, text: str) -> Self:
        """Raises `ValueError` for what is none of ours."""
        where, _, number = text.rpartition("/")
        if where == "webhook":
            return cls(int(number), webhook=True)
        return cls(int(number), channel=int(where or 0))

    def __str__(self) -> str:
        if self.webhook:
            return f"webhook/{self.message}"
        return f"{self.channel}/{self.message}" if self.channel else str(self.message)
