"""Sends to Discord: `core.ports.Messenger` over REST, with only the bot's token."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

import discord

from bots.discord.attachments import Downloads
from bots.discord.buttons import view_of
from bots.discord.errors import in_our_words
from bots.discord.live_interactions import LiveInteraction, LiveInteractions
from bots.discord.outgoing import TEXT, files_of, mentioning, words_of
from bots.discord.places import PLATFORM, Anchor, MessageId, Spot, Way
from bots.discord.webhooks import Webhooks
from core.errors import ChatGone
from core.messages import Album, Attachment, Limits, Mark, Outgoing, Place, Sent, Tone

log = logging.getLogger(__name__)

# Edits are limited a channel, about five in five seconds (undocumented).
EDIT_EVERY = 2.0
# Attachments of a message, of any types.
ALBUM = Album(most=10)
_SIGNS = {Mark.SEEN: "👀", Mark.DONE: "✅", Mark.FAILED: "❌"}
_LONGEST_CALL = 60.0
_LONGEST_UPLOAD = 600.0


class DiscordMessenger:
    """`client` is logged in and need not be connected. `upload` is what a message may carry where nothing better is
    known, in bytes."""

    platform = PLATFORM

    def __init__(self, client: discord.Client, downloads: Downloads, live: LiveInteractions, upload: int) -> None:
        self._client = client
        self._downloads = downloads
        self._live = live
        self._upload = upload
        self._webhooks = Webhooks(client, live)

    def limits(self, place: Place) -> Limits:
        upload = self._live.upload(Spot.of(place).channel) or self._upload
        return Limits(text=TEXT, caption=TEXT, download=None, upload=upload, edit_every=EDIT_EVERY, album=ALBUM)

    async def send(self, place: Place, message: Outgoing) -> Sent:
        spot, anchor = Spot.of(place), Anchor.of(message.reply_to)
        live = self._live.answered_by(anchor.message) if anchor and anchor.person else None
        with in_our_words(media=bool(message.media)):
            async with asyncio.timeout(_LONGEST_UPLOAD if message.media else _LONGEST_CALL):
                if anchor and anchor.way is Way.HIDDEN:
                    return await self._privately(live, anchor.person, message)
                if spot.guest:
                    return await self._as_guest(place, spot.guest, message)
                if live and live.loading:
                    return await self._into_loading(spot, live, message)
                return await self._post(spot.channel, message, anchor)

    async def edit(self, place: Place, message_id: str, message: Outgoing) -> None:
        meant = MessageId.of(message_id)
        words, view = words_of(message)[0], view_of(message.buttons)
        with in_our_words():
            async with asyncio.timeout(_LONGEST_CALL):
                if meant.webhook:
                    await self._webhooks.edit(place, meant.message, words, view)
                else:
                    channel = meant.channel or Spot.of(place).channel
                    await self._edit(channel, meant.message, words, view)

    async def fetch(self, attachment: Attachment, to: Path) -> Path:
        return await self._downloads.fetch(attachment, to)

    async def link(self, attachment: Attachment) -> str:
        return await self._downloads.link(attachment)

    async def typing(self, place: Place) -> None:
        spot = Spot.of(place)
        if not spot.guest:
            with in_our_words():
                await self._client.get_partial_messageable(spot.channel).typing()

    async def mark(self, place: Place, message_id: str, mark: Mark) -> None:
        """A sign costs nobody anything: where it may not be put, there is none."""
        spot, anchor = Spot.of(place), Anchor.of(message_id)
        if spot.guest or anchor is None or anchor.person:
            return
        meant = self._client.get_partial_messageable(spot.channel).get_partial_message(anchor.message)
        with suppress(discord.HTTPException, discord.RateLimited, TimeoutError, OSError):
            async with asyncio.timeout(_LONGEST_CALL):
                await meant.add_reaction(_SIGNS[mark])
                if mark is not Mark.SEEN:
                    await meant.remove_reaction(_SIGNS[Mark.SEEN], discord.Object(self._me))

    @property
    def _me(self) -> int:
        return self._client.user.id if self._client.user else 0

    # --- the ways a message goes

    async def _post(self, channel: int, message: Outgoing, anchor: Anchor | None = None) -> Sent:
        """A message of the bot's own in a channel that it is in."""
        rings = message.tone is Tone.RESULT
        person = anchor.person if anchor and rings else 0
        *first, last = words_of(message, before=f"<@{person}> " if person else "")
        where = self._client.get_partial_messageable(channel)
        common: dict[str, Any] = {
            "allowed_mentions": mentioning(person, replied=rings and not person),
            "silent": message.tone is Tone.STATUS,
            "suppress_embeds": message.tone is not Tone.RESULT,
        }
        if anchor and anchor.way is not Way.NAMED:
            reference = discord.MessageReference(
                message_id=anchor.message, channel_id=channel, fail_if_not_exists=False
            )
            common["reference"] = reference
        for number, words in enumerate(first):
            await where.send(words, nonce=nonce_of(message.key, f"before-{number}"), **common)
            common.pop("reference", None)
        if view := view_of(message.buttons):
            common["view"] = view
        sent = await where.send(last, files=files_of(message.media), nonce=nonce_of(message.key), **common)
        return Sent(str(sent.id), handles(sent))

    async def _into_loading(self, spot: Spot, live: LiveInteraction, message: Outgoing) -> Sent:
        """The message that says "thinking" becomes what is said. Through the channel it can be edited for ever."""
        live.loading = False
        words, view = words_of(message), view_of(message.buttons)
        files = files_of(message.media)
        if not await self._webhooks.edit_original(live, words[0], view, files):
            return await self._post(spot.channel, message, Anchor(live.original, live.person))
        for rest in words[1:]:
            await self._client.get_partial_messageable(spot.channel).send(rest, suppress_embeds=True)
        return Sent(str(live.original))

    async def _edit(self, channel: int, message: int, words: str, view: discord.ui.View | None) -> None:
        meant = self._client.get_partial_messageable(channel).get_partial_message(message)
        await meant.edit(content=words, view=view, allowed_mentions=discord.AllowedMentions.none())

    async def _privately(self, live: LiveInteraction | None, person: int, message: Outgoing) -> Sent:
        """For one person's eyes; in their DMs where the interaction is over."""
        if live and (sent := await self._webhooks.answer(live, message)):
            return sent
        return await self._in_dm(person, message)

    async def _as_guest(self, place: Place, person: int, message: Outgoing) -> Sent:
        """Where the bot is no member only an interaction lets it speak; then the person's DMs are left."""
        live = self._live.guest_in(place)
        if live and (sent := await self._webhooks.answer(live, message)):
            return sent
        return await self._in_dm(person, message)

    async def _in_dm(self, person: int, message: Outgoing) -> Sent:
        if not person:
            raise ChatGone("nobody to write to")
        channel = await self._client.create_dm(discord.Object(person))
        sent = await self._post(channel.id, message)
        return Sent(str(MessageId(int(sent.id), channel=channel.id)), sent.files)


def handles(sent: discord.Message) -> tuple[str, ...]:
    return tuple(f"{sent.channel.id}/{sent.id}/{each.id}" for each in sent.attachments)


def nonce_of(key: str, part: str = "") -> str:
    """At most 25 characters, as Discord takes them; one of its own for what is never said again."""
    return hashlib.sha256(f"{key}\n{part}".encode()).hexdigest()[:25] if key else secrets.token_hex(12)
