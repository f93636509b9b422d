"""Messages of ours that stand in a channel: edited while a job runs, and a last way for what may not be said anew."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

import discord

from bots.discord.buttons import view_of
from bots.discord.outgoing import files_of, words_of
from bots.discord.places import Anchor, Way
from bots.discord.retries import until_known
from bots.discord.webhooks import LONGEST_CALL, LONGEST_UPLOAD
from core.language.catalogue import say
from core.messages import Outgoing, Sent

MOST = 10_000


class OwnMessages:
    """Remembers which status message belongs to which request, and which of them has become what it announced."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._statuses: OrderedDict[tuple[int, int], int] = OrderedDict()
        self._kept: OrderedDict[int, None] = OrderedDict()

    def note_status(self, channel: int, request: int, message: int) -> None:
        self._statuses[channel, request] = message
        while len(self._statuses) > MOST:
            self._statuses.popitem(last=False)

    def keep(self, message: int) -> None:
        """It is no status any more, and is not edited again."""
        self._kept[message] = None
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)

    async def edit(self, channel: int, message: int, words: str, view: discord.ui.View | None) -> None:
        """A status that has become a result stays one. Raises the library's errors."""
        if message not in self._kept:
            meant = self._client.get_partial_messageable(channel).get_partial_message(message)
            await meant.edit(content=words, view=view, allowed_mentions=discord.AllowedMentions.none())

    async def take_place(self, channel: int, anchor: Anchor, message: Outgoing) -> Sent | None:
        """Puts a message where the status of its request stands; None where there is none, or it is too long.

        Discord lets a bot edit what is its own also where it may write nothing new.
        """
        own = anchor.message if anchor.way is Way.LOADING else self._statuses.get((channel, anchor.message))
        words = words_of(message)
        if own is None or own in self._kept or len(words) > 1:
            return None
        meant = self._client.get_partial_messageable(channel).get_partial_message(own)

        async def ask() -> discord.Message:
            return await meant.edit(
                content=words[0],
                view=view_of(message.buttons),
                attachments=files_of(message.media),
                allowed_mentions=discord.AllowedMentions.none(),
            )

        longest = LONGEST_UPLOAD if message.media else LONGEST_CALL
        sent = await until_known(ask, longest=longest, media=bool(message.media))
        self.keep(own)
        return Sent(str(own), handles(sent))


def told_why(message: Outgoing) -> Outgoing:
    """The same message, for where nobody expects it."""
    why = say(message.language or "en", "came-by-dm")
    return replace(message, text=f"{why}\n{message.text}".strip())


def handles(sent: discord.Message) -> tuple[str, ...]:
    return tuple(f"{sent.channel.id}/{sent.id}/{each.id}" for each in sent.attachments)
