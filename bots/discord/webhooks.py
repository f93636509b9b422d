"""What is sent by an interaction's own webhook: the only way where the bot is not a member, and for hidden answers."""

from __future__ import annotations

from typing import Any

import discord

from bots.discord.buttons import view_of
from bots.discord.errors import is_token_over
from bots.discord.live_interactions import FOLLOWUPS, LiveInteraction, LiveInteractions
from bots.discord.outgoing import files_of, mentioning, words_of
from bots.discord.places import MessageId
from core.messages import Outgoing, Place, Sent, Tone

# The result must find a place among the few that are left.
_KEPT_FOR_THE_RESULT = 1


class Webhooks:
    """All return None or False where the token is over, so that another way can be taken."""

    def __init__(self, client: discord.Client, live: LiveInteractions) -> None:
        self._client = client
        self._live = live

    async def edit_original(
        self, live: LiveInteraction, words: str, view: discord.ui.View | None, files: list[discord.File]
    ) -> bool:
        try:
            await self._webhook(live).edit_message(
                live.original,
                content=words,
                view=view,
                attachments=files,
                allowed_mentions=discord.AllowedMentions.none(),
            )
        except discord.HTTPException as error:
            if not is_token_over(error):
                raise
            return False
        return True

    async def answer(self, live: LiveInteraction, message: Outgoing) -> Sent | None:
        """Into the message that is thinking, else as a follow-up."""
        person = live.person if message.tone is Tone.RESULT and not live.hidden else 0
        words = words_of(message, before=f"<@{person}> " if person else "")
        if live.loading:
            live.loading = False
            files = files_of(message.media) if len(words) == 1 else []
            if not await self.edit_original(live, words[0], view_of(message.buttons), files):
                return None
            if len(words) == 1:
                return Sent(str(MessageId(live.original, webhook=True)))
            words = words[1:]
        return await self._follow_up(live, message, words, person)

    async def edit(self, place: Place, message: int, words: str, view: discord.ui.View | None) -> None:
        """Nothing happens after the fifteen minutes: nobody can edit it any more."""
        live = self._live.guest_in(place)
        if live is None:
            return
        try:
            await self._webhook(live).edit_message(
                message, content=words, view=view, allowed_mentions=discord.AllowedMentions.none()
            )
        except discord.HTTPException as error:
            if not is_token_over(error) and error.code != 10008:  # a message of an earlier interaction
                raise

    async def _follow_up(self, live: LiveInteraction, message: Outgoing, words: list[str], person: int) -> Sent | None:
        kept = 0 if message.tone is Tone.RESULT else _KEPT_FOR_THE_RESULT
        if live.guest and live.followups + len(words) > FOLLOWUPS - kept:
            return None
        *first, last = words
        common: dict[str, Any] = {"ephemeral": live.hidden, "allowed_mentions": mentioning(person), "wait": True}
        webhook = self._webhook(live)
        try:
            for each in first:
                await webhook.send(each, **common)
            if view := view_of(message.buttons):
                common["view"] = view
            sent = await webhook.send(last, files=files_of(message.media), **common)
        except discord.HTTPException as error:
            if not is_token_over(error):
                raise
            return None
        live.followups += len(words)
        return Sent(str(MessageId(sent.id, webhook=True)))

    def _webhook(self, live: LiveInteraction) -> discord.Webhook:
        data: Any = {"id": live.application, "type": discord.WebhookType.application.value, "token": live.token}
        return discord.Webhook.from_state(data=data, state=self._client._connection)
