"""A chat, or a topic in it, as the key of a place and back."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message

from core.messages import Place

PLATFORM = "telegram"

# The General topic: sends must not name it, chat actions must.
GENERAL = 1


@dataclass(frozen=True, slots=True)
class Spot:
    """`topic` is None outside of forums; `GENERAL` in a forum's first topic."""

    chat: int
    topic: int | None = None

    @property
    def place(self) -> Place:
        return Place(PLATFORM, str(self.chat) if self.topic is None else f"{self.chat}/{self.topic}")

    @property
    def is_private(self) -> bool:
        return self.chat > 0

    @property
    def sends_to(self) -> int | None:
        """The topic that a send names."""
        return None if self.topic == GENERAL else self.topic


def spot_of(place: Place) -> Spot:
    chat, _, topic = place.key.partition("/")
    return Spot(int(chat), int(topic) if topic else None)


def spot_of_message(message: Message) -> Spot:
    """In a group without topics a thread number marks a chain of replies, which is no place of its own."""
    if message.is_topic_message and message.message_thread_id:
        return Spot(message.chat.id, message.message_thread_id)
    return Spot(message.chat.id, GENERAL if message.chat.is_forum and message.chat.id < 0 else None)
