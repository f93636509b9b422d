"""Reads a Discord message for the core: whether it is for the bot, its words, its files."""

from __future__ import annotations

import re

import discord

from bots.discord.attachments import handles_of
from bots.discord.places import Anchor, Spot, Way
from core.intents import Edit, Export, Upload, intent_of
from core.messages import Attachment, Incoming


def is_for_us(message: discord.Message, me: discord.ClientUser) -> bool:
    """Never of bots, ourselves among them: two that answer each other never stop."""
    if message.author.bot or message.is_system():
        return False
    if message.guild is None:
        return True
    return me in message.mentions or _names_our_role(message) or _author_of_replied(message) == me.id


def incoming_of(message: discord.Message, me: discord.ClientUser, *, replaces: str = "") -> Incoming:
    """`replaces` is the id under which the message came before it was edited."""
    replied = _replied(message)
    ours = replied if replied and replied.author.id == me.id else None
    edited = f"-{message.edited_at.timestamp():.3f}" if replaces and message.edited_at else ""
    return Incoming(
        id=f"{message.id}{edited}",
        place=Spot(message.channel.id).place,
        sender=str(message.author.id),
        text=_words(message, me),
        attachments=files_of_request(message),
        language=str(message.guild.preferred_locale) if message.guild else "",
        reply_to=str(Anchor(message.id, message.author.id, Way.WRITTEN)),
        replaces=replaces,
        result=str(ours.id) if ours else "",
        result_files=handles_of(ours) if ours and not handles_of(message) else (),
        quoted=_quoted(message),
    )


def _quoted(message: discord.Message) -> str:
    """The words of the messages that it forwards, else of the one that it replies to."""
    replied = _replied(message)
    said = replied.content if replied and not replied.author.bot else ""
    return "\n".join(snapshot.content for snapshot in message.message_snapshots) or said


def files_of_request(message: discord.Message) -> tuple[Attachment, ...]:
    """Its own files, those that it forwards, else those of the message it replies to."""
    own = handles_of(message)
    replied = _replied(message)
    return own or (handles_of(replied) if replied and not replied.author.bot else ())


def hidden_from(me: discord.ClientUser, message: discord.Message, incoming: Incoming) -> str:
    """The key of what is said where Discord hides what a message is about, "" where it does not.

    Without the message content intent it shows words and files of a server's messages only to those whom they mention.
    """
    if message.guild is None or incoming.attachments:
        return ""
    if _is_hollow(message, me):
        return "reply-not-seen"
    wanted = isinstance(intent_of(incoming.text), Edit | Export | Upload) or not incoming.text
    return "file-not-seen" if wanted and _replies_to_what_is_hidden(message, me) else ""


def _is_hollow(message: discord.Message, me: discord.ClientUser) -> bool:
    """Nobody writes a message with nothing in it; stickers are shown to everybody."""
    shown = message.content or message.attachments or message.embeds or message.message_snapshots or message.stickers
    return not shown and me not in message.mentions


def _replies_to_what_is_hidden(message: discord.Message, me: discord.ClientUser) -> bool:
    if message.reference is None or message.reference.type is not discord.MessageReferenceType.reply:
        return False
    replied = message.reference.resolved
    if isinstance(replied, discord.Message):
        return not replied.author.bot and not replied.is_system() and _is_hollow(replied, me)
    return replied is None  # Discord did not look it up


def _words(message: discord.Message, me: discord.ClientUser) -> str:
    names = [rf"<@!?{me.id}>", *(rf"<@&{role.id}>" for role in message.role_mentions)]
    return re.sub("|".join(names), " ", message.content).strip()


def _names_our_role(message: discord.Message) -> bool:
    """People pick the role of the bot's name from the list as easily as the bot."""
    ours = message.guild.self_role if message.guild else None
    return ours is not None and ours in message.role_mentions


def _author_of_replied(message: discord.Message) -> int:
    replied = _replied(message)
    return replied.author.id if replied else 0


def _replied(message: discord.Message) -> discord.Message | None:
    replied = message.reference.resolved if message.reference else None
    return replied if isinstance(replied, discord.Message) else None
