"""Reads a Telegram message for the core: whether it is for the bot, its words, its files. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telegram import Chat, Message, MessageEntity, User

from bots.telegram.attachments import attachment_of, result_replied_to
from bots.telegram.places import spot_of_message
from core.messages import Attachment, Incoming

_COMMAND = re.compile(r"/([a-z0-9_]{1,32})(?:@(\w+))?(?:\s+|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """`command` is "" for plain words. `text` is what is left when the command or the mention is taken off."""

    text: str
    command: str = ""


def told(message: Message, me: User) -> Told | None:
    """What a message says to the bot; None where it is not for us.

    Everything is in a private chat; in a group a command that is ours or nobody's, a reply to the bot, and a mention
    of it. "@bot" is no mention in "@bot2". Links that lie behind words are written as in Markdown.
    """
    text = words_of(message)
    if match := _COMMAND.match(text):
        name, whose = match[1].lower(), match[2]
        if whose and whose.lower() != (me.username or "").lower():
            return None
        return Told(text[match.end() :].strip(), name)
    if message.chat.type == "private":
        return Told(text)
    mentions = _mentions(message, me)
    if mentions:
        return Told(_without(text, mentions))
    replied = message.reply_to_message
    if replied and replied.from_user and replied.from_user.id == me.id:
        return Told(text)
    return None


def words_of(message: Message) -> str:
    """Text or caption, with the links that lie behind its words: "[words](https://…)"."""
    text = message.text or message.caption or ""
    units = text.encode("utf-16-le")  # in which Telegram counts
    for entity in sorted(_entities(message), key=lambda one: one.offset, reverse=True):
        if entity.type == MessageEntity.TEXT_LINK and entity.url:
            start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
            words = units[start:end].decode("utf-16-le", errors="replace")
            units = units[:start] + _masked(words, entity.url).encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le", errors="replace")


def _masked(words: str, url: str) -> str:
    label = re.sub(r"[\[\]\s]+", " ", words).strip()
    return f"[{label}]({url})" if url.count("(") == url.count(")") else f"{label} <{url}>"


def _mentions(message: Message, me: User) -> list[str]:
    wanted = f"@{me.username}".lower()
    return [
        words
        for entity, words in _entities(message).items()
        if (entity.type == MessageEntity.MENTION and words.lower() == wanted)
        or (entity.type == MessageEntity.TEXT_MENTION and entity.user and entity.user.id == me.id)
    ]


def _entities(message: Message) -> Mapping[MessageEntity, str]:
    return message.parse_entities() or message.parse_caption_entities()


def _without(text: str, mentions: list[str]) -> str:
    for words in mentions:
        text = text.replace(words, " ", 1)
    return re.sub(r"[ \t]{2,}", " ", text).strip(" ,:，：\n\t")


def incoming_of(message: Message, me: User, text: str, files: tuple[Attachment, ...]) -> Incoming:
    chat, person = speaks_for(message), message.from_user
    replied = result_replied_to(message, me)
    result_file = attachment_of(replied) if replied and not files else None
    return Incoming(
        id=id_of(message, me),
        place=spot_of_message(message).place,
        sender=str(speaker_of(message)),
        text=text,
        attachments=files,
        language=(person.language_code or "") if person and not chat else "",
        reply_to=str(message.message_id),
        result=str(replied.message_id) if replied else "",
        result_files=(result_file,) if result_file else (),
        quoted=words_of(message.reply_to_message) if message.reply_to_message and not replied else "",
    )


def id_of(message: Message, me: User) -> str:
    """The bot's own number in front: another bot counts its messages anew."""
    return f"{me.id}:{message.chat.id}/{message.message_id}"


def files_of_album(items: Sequence[Message]) -> tuple[Attachment, ...]:
    """One caption is for all of them; where there are several each is for its own."""
    several = sum(bool(item.caption) for item in items) > 1
    found = [attachment_of(item, caption=(item.caption or "") if several else "") for item in items]
    return tuple(each for each in found if each)


def speaker_of(message: Message) -> int:
    """The id of the person, or of the chat that they write as."""
    chat, person = speaks_for(message), message.from_user
    return chat.id if chat else person.id if person else message.chat.id


def speaks_for(message: Message) -> Chat | None:
    """The chat that an anonymous admin or a channel writes as; posts that a channel's group gets by itself do not."""
    return message.sender_chat if not message.is_automatic_forward else None
