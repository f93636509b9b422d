"""Who may use the bot on Telegram: the operator's rule and the chat's own, checked for every kind of update."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from telegram import Bot, Chat, ChatMember, User
from telegram.error import TelegramError

from bots.telegram.places import PLATFORM
from core.access import Access, AccessRule, Asker
from core.ports import Clock
from core.store import KeyValues

REMEMBERED_SECONDS = 300.0
FORMERLY = "formerly"
_IN_CHARGE = (ChatMember.ADMINISTRATOR, ChatMember.OWNER)


@dataclass(slots=True)
class Doorkeeper:
    """`rule` is the operator's. A chat's own people in charge may narrow it, not widen it."""

    bot: Bot
    store: KeyValues
    clock: Clock
    rule: AccessRule
    _known: dict[tuple[int, int], tuple[float, bool]] = field(default_factory=dict)

    async def lets_in(self, person: User | None, chat: Chat | None, speaks_for: Chat | None = None) -> bool:
        """`chat` is None for inline queries; `speaks_for` is the chat that an anonymous person writes as."""
        chosen = await self._chosen(chat)
        own = self.rule.of_chat(chosen)
        needs_admin = Access.ADMINS in (self.rule.access, own.access)
        admin = needs_admin and await self.is_in_charge(person, chat, speaks_for)
        asker = _asker(person, chat, speaks_for, chosen.get(FORMERLY, ""), admin=admin)
        return self.rule.allows(asker) and own.allows(asker)

    async def is_in_charge(self, person: User | None, chat: Chat | None, speaks_for: Chat | None) -> bool:
        if chat is None or chat.type == Chat.PRIVATE:
            return False
        if speaks_for is not None:  # only who is in charge can write as the chat itself
            return speaks_for.id == chat.id
        return person is not None and await self._asked(chat.id, person.id)

    async def _asked(self, chat: int, person: int) -> bool:
        when, known = self._known.get((chat, person), (-math.inf, False))
        if self.clock.monotonic() - when < REMEMBERED_SECONDS:
            return known
        try:
            found = (await self.bot.get_chat_member(chat, person)).status in _IN_CHARGE
        except TelegramError:
            return False
        self._known[chat, person] = (self.clock.monotonic(), found)
        return found

    async def _chosen(self, chat: Chat | None) -> dict[str, str]:
        if chat is None or chat.type == Chat.PRIVATE:
            return {}
        return await self.store.values(PLATFORM, str(chat.id))


async def remember_move(store: KeyValues, old: int, new: int) -> None:
    """A group was given another id; the operator's lists name it by the one that it had."""
    await store.set_values(PLATFORM, str(new), {FORMERLY: str(old)})


def _asker(person: User | None, chat: Chat | None, speaks_for: Chat | None, formerly: str, *, admin: bool) -> Asker:
    name = str(speaks_for.id if speaks_for else person.id if person else "")
    chats = {str(each.id) for each in (chat, speaks_for) if each} | ({formerly} if formerly else set())
    return Asker(name, frozenset(chats), admin=admin)
