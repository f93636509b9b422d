"""Sends to Discord: `core.ports.Messenger` over REST, with only the bot's token."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import discord

from bots.discord.attachments import Downloads
from bots.discord.buttons import view_of
from bots.discord.detours import OwnMessages, handles, told_why
from bots.discord.errors import NOT_ALLOWED, in_our_words, is_no_reply
from bots.discord.live_interactions import LiveInteraction, LiveInteractions
from bots.discord.outgoing import TEXT, files_of, mentioning, words_of
from bots.discord.places import PLATFORM, Anchor, MessageId, Spot, Way
from bots.discord.retries import until_known
from bots.discord.webhooks import LONGEST_CALL, LONGEST_UPLOAD, Webhooks
from core.errors import ChatGone, CutroomError, MayNotWrite, MediaRefused, SendUnknown
from core.messages import Album, Attachment, Limits, Mark, Outgoing, Place, Sent, Tone

log = logging.getLogger(__name__)

# Edits are limited a channel, about five in five seconds (undocumented).
EDIT_EVERY = 2.0
# Attachments of a message, of any types.
ALBUM = Album(most=10)
_SIGNS = {Mark.SEEN: "👀", Mark.DONE: "✅", Mark.FAILED: "❌"}


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
        self._own = OwnMessages(client)

    def limits(self, place: Place) -> Limits:
        upload = self._live.upload(Spot.of(place).channel) or self._upload
        return Limits(text=TEXT, caption=TEXT, download=None, upload=upload, edit_every=EDIT_EVERY, album=ALBUM)

    async def send(self, place: Place, message: Outgoing) -> Sent:
        """What has no key is given one, so that it is the same message when it is sent again."""
        message = message if message.key else replace(message, key=secrets.token_hex(12))
        spot, anchor = Spot.of(place), Anchor.of(message.reply_to)
        live = self._live.answered_by(anchor.message) if anchor and anchor.person else None
        if anchor and anchor.way is Way.HIDDEN:
            return await self._privately(live, anchor.person, message)
        if spot.guest:
            return await self._as_guest(place, spot.guest, message)
        try:
            if live and live.loading:
                return await self._into_loading(spot, live, message)
            return await self._post(spot.channel, message, anchor)
        except (MayNotWrite, MediaRefused) as error:
            if message.tone is Tone.STATUS or await self._takes_words(spot.channel, error):
                raise
            return await self._by_a_detour(spot, anchor, live, message)

    async def edit(self, place: Place, message_id: str, message: Outgoing) -> None:
        meant = MessageId.of(message_id)
        words, view = words_of(message)[0], view_of(message.buttons)
        with in_our_words():
            async with asyncio.timeout(LONGEST_CALL):
                if meant.webhook:
                    await self._webhooks.edit(place, meant.message, words, view)
                else:
                    await self._own.edit(meant.channel or Spot.of(place).channel, meant.message, words, view)

    async def set_buttons(self, place: Place, message_id: str, message: Outgoing) -> None:
        meant, view = MessageId.of(message_id), view_of(message.buttons)
        with in_our_words():
            async with asyncio.timeout(LONGEST_CALL):
                if meant.webhook:
                    await self._webhooks.set_buttons(place, meant.message, view)
                else:
                    where = self._client.get_partial_messageable(meant.channel or Spot.of(place).channel)
                    await where.get_partial_message(meant.message).edit(view=view)

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
        if spot.guest or anchor is None or not anchor.is_theirs:
            return
        meant = self._client.get_partial_messageable(spot.channel).get_partial_message(anchor.message)
        with suppress(discord.HTTPException, discord.RateLimited, TimeoutError, OSError):
            async with asyncio.timeout(LONGEST_CALL):
                await meant.add_reaction(_SIGNS[mark])
                if mark is not Mark.SEEN:
                    await meant.remove_reaction(_SIGNS[Mark.SEEN], discord.Object(self._me))

    @property
    def _me(self) -> int:
        return self._client.user.id if self._client.user else 0

    # --- the ways a message goes

    async def _post(self, channel: int, message: Outgoing, anchor: Anchor | None = None) -> Sent:
        """A message of the bot's own in a channel that it is in, in reply to what was asked where it may reply."""
        if anchor is None or anchor.way is Way.NAMED:
            return await self._say(channel, message, anchor, reply=False)
        try:
            return await self._say(channel, message, anchor, reply=True)
        except discord.HTTPException as error:
            if not is_no_reply(error):
                raise
            return await self._say(channel, message, anchor, reply=False)

    async def _say(self, channel: int, message: Outgoing, anchor: Anchor | None, *, reply: bool) -> Sent:
        """All of it, again and again under the same nonces while it is not known whether it stands."""
        media = bool(message.media)

        async def ask() -> discord.Message:
            return await self._say_once(channel, message, anchor, reply=reply)

        longest = LONGEST_UPLOAD if media else LONGEST_CALL
        sent = await until_known(ask, longest=longest, media=media, patient=message.tone is not Tone.STATUS)
        if message.tone is Tone.STATUS and anchor and anchor.message:
            self._own.note_status(channel, anchor.message, sent.id)
        return Sent(str(sent.id), handles(sent))

    async def _say_once(
        self, channel: int, message: Outgoing, anchor: Anchor | None, *, reply: bool
    ) -> discord.Message:
        rings = message.tone is Tone.RESULT
        named = anchor.person if anchor and rings and not (reply and anchor.is_theirs) else 0
        *first, last = words_of(message, before=f"<@{named}> " if named else "")
        where = self._client.get_partial_messageable(channel)
        common: dict[str, Any] = {
            "allowed_mentions": mentioning(named, replied=rings and not named),
            "silent": message.tone is Tone.STATUS,
            # A result that is only a link is shown by the link's page; beside a file it would be shown twice.
            "suppress_embeds": message.tone is not Tone.RESULT or bool(message.media),
        }
        if anchor and reply:
            common["reference"] = discord.MessageReference(
                message_id=anchor.message, channel_id=channel, fail_if_not_exists=False
            )
        for number, words in enumerate(first):
            await where.send(words, nonce=nonce_of(message.key, f"before-{number}"), **common)
            common.pop("reference", None)
        if view := view_of(message.buttons):
            common["view"] = view
        return await where.send(last, files=files_of(message.media), nonce=nonce_of(message.key), **common)

    async def _into_loading(self, spot: Spot, live: LiveInteraction, message: Outgoing) -> Sent:
        """The message that says "thinking" becomes what is said. Through the channel it can be edited for ever."""
        words = words_of(message)
        if not await self._webhooks.into_loading(live, words[0], message, message.media):
            return await self._post(spot.channel, message, Anchor(live.original, live.person))
        where = self._client.get_partial_messageable(spot.channel)
        for number, rest in enumerate(words[1:]):
            more = partial(where.send, rest, nonce=nonce_of(message.key, f"after-{number}"), suppress_embeds=True)
            await until_known(more, longest=LONGEST_CALL)
        return Sent(str(live.original))

    async def _privately(self, live: LiveInteraction | None, person: int, message: Outgoing) -> Sent:
        """For one person's eyes; in their DMs where the interaction is over."""
        if live:
            try:
                if sent := await self._webhooks.answer(live, message):
                    return sent
            except SendUnknown:
                log.info("it is not known whether a hidden answer arrived, so it is said in DMs")
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

        async def ask() -> discord.DMChannel:
            return await self._client.create_dm(discord.Object(person))

        channel = await until_known(ask, longest=LONGEST_CALL, patient=message.tone is not Tone.STATUS)
        sent = await self._post(channel.id, message)
        return Sent(str(MessageId(int(sent.id), channel=channel.id)), sent.files)

    # --- where the channel is closed

    async def _takes_words(self, channel: int, error: CutroomError) -> bool:
        """Whether only the files of a message were refused. Discord says the same where nothing may be written, and
        shows the difference by whether we may type."""
        if isinstance(error, MayNotWrite):
            return False
        if str(error) != NOT_ALLOWED:
            return True
        try:
            with in_our_words():
                await self._client.get_partial_messageable(channel).typing()
        except CutroomError as refusal:
            return not isinstance(refusal, MayNotWrite)
        return True

    async def _by_a_detour(
        self, spot: Spot, anchor: Anchor | None, live: LiveInteraction | None, message: Outgoing
    ) -> Sent:
        """Where the channel takes no new message of ours: by the interaction that is still alive, in a message of
        ours that stands there, or in the DMs of whoever asked."""
        if live and (sent := await self._unless_refused(self._webhooks.answer(live, message))):
            self._own.keep(MessageId.of(sent.id).message)
            return sent
        if anchor and (sent := await self._unless_refused(self._own.take_place(spot.channel, anchor, message))):
            return sent
        return await self._in_dm(anchor.person if anchor else 0, told_why(message))

    async def _unless_refused(self, saying: Coroutine[Any, Any, Sent | None]) -> Sent | None:
        try:
            return await saying
        except (CutroomError, discord.HTTPException) as error:
            log.info("another way is taken: %s", type(error).__name__)
            return None


def nonce_of(key: str, part: str = "") -> str:
    """At most 25 characters, as Discord takes them."""
    return hashlib.sha256(f"{key}\n{part}".encode()).hexdigest()[:25]
