"""Who may use the bot: one rule, asked on every path by which somebody can reach us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Access(StrEnum):
    EVERYONE = "everyone"
    LISTED = "listed"  # the listed people anywhere, and everybody in the listed chats
    ADMINS = "admins"  # who is in charge of the chat; in a chat of two only the listed


@dataclass(frozen=True, slots=True)
class Asker:
    """Who wants something, and where. `chats` are all names that the place goes by: a topic's or a thread's own, its
    chat's, its server's. `admin` is whether the person is in charge there."""

    person: str
    chats: frozenset[str] = frozenset()
    admin: bool = False


# The key under which adapters keep a chat's own rule.
ACCESS = "access"


@dataclass(frozen=True, slots=True)
class AccessRule:
    """`people` and `chats` are the platform's ids as it writes them."""

    access: Access = Access.EVERYONE
    people: frozenset[str] = frozenset()
    chats: frozenset[str] = frozenset()

    def of_chat(self, chosen: Mapping[str, str]) -> AccessRule:
        """What a chat's people in charge chose for it, to be asked besides this one: so they may narrow it and not
        widen it, and cannot shut out the listed people."""
        admins = chosen.get(ACCESS) == Access.ADMINS
        return AccessRule(Access.ADMINS if admins else Access.EVERYONE, people=self.people)

    def allows(self, asker: Asker) -> bool:
        match self.access:
            case Access.EVERYONE:
                return True
            case Access.LISTED:
                return asker.person in self.people or bool(asker.chats & self.chats)
            case Access.ADMINS:
                return asker.admin or asker.person in self.people
