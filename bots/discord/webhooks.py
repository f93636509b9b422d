"""What is sent by an interaction's own webhook: the only way where the bot is not a member, and for hidden answers."""

from __future__ import annotations

from typing import Any

import discord

from bots.discord.buttons import view_of
from bots.discord.errors import is_token_over
from bots.discord.live_interactions import FOLLOWUPS, LiveInteraction, LiveInteractions
from bots.discord.outgoing import files_of, mentioning, words_of
from bots.discord.places import MessageId
from bots.discord.retries import OneTry, until_known
from core.errors import SendUnknown
from core.messages import MediaFile, Outgoing, Place, Sent, Tone

# The result must find a place among the few that are left.
_KEPT_FOR_THE_RESULT = 1
LONGEST_CALL, LONGEST_UPLOAD = 60.0, 600.0


class Webhooks:
    """All return None or False where the token is over, so that another way can be taken."""

    def __init__(self, client: discord.Client, live: LiveInteractions) -> None:
        self._client = client
        self._live = live

    async def edit_original(
        self,
        live: LiveInteraction,
        words: str,
        view: discord.ui.View | None,
        media: tuple[MediaFile, ...],
        *,
        patient: bool = True,
    ) -> bool:
        """An edit may be repeated: it is, until its outcome is known."""

        async def ask() -> bool:
            try:
                await self._webhook(live).edit_message(
                    live.original,
                    content=words,
                    view=view,
                    attachments=files_of(media),
                    allowed_mentions=discord.AllowedMentions.none(),
                )
            except discord.HTTPException as error:
                if not is_token_over(error):
                    raise
                return False
            return True

        return await until_known(ask, longest=_longest(media), media=bool(media), patient=patient)

    async def answer(self, live: LiveInteraction, message: Outgoing) -> Sent | None:
        """Into the message that is thinking, else as a follow-up."""
        person = live.person if message.tone is Tone.RESULT and not live.hidden else 0
        words = words_of(message, before=f"<@{person}> " if person else "")
        if live.loading:
            media = message.media if len(words) == 1 else ()
            if not await self.into_loading(live, words[0], message, media):
                return None
            if len(words) == 1:
                return Sent(str(MessageId(live.original, webhook=True)))
            words = words[1:]
        return await self._follow_up(live, message, words, person)

    async def into_loading(
        self, live: LiveInteraction, words: str, message: Outgoing, media: tuple[MediaFile, ...]
    ) -> bool:
        """The message that is thinking says `words` now. It goes on thinking where that failed."""
        live.loading, known = False, False
        try:
            patient = message.tone is not Tone.STATUS
            said = await self.edit_original(live, words, view_of(message.buttons), media, patient=patient)
            known = True
        finally:
            live.loading = not known
        return said

    async def edit(self, place: Place, message: int, words: str, view: discord.ui.View | None) -> None:
        await self._edit(place, message, content=words, view=view, allowed_mentions=discord.AllowedMentions.none())

    async def set_buttons(self, place: Place, message: int, view: discord.ui.View | None) -> None:
        await self._edit(place, message, view=view)

    async def _edit(self, place: Place, message: int, **what: Any) -> None:
        """Nothing happens after the fifteen minutes: nobody can edit it any more."""
        live = self._live.guest_in(place)
        if live is None:
            return
        try:
            await self._webhook(live).edit_message(message, **what)
        except discord.HTTPException as error:
            if not is_token_over(error) and error.code != 10008:  # a message of an earlier interaction
                raise

    async def _follow_up(self, live: LiveInteraction, message: Outgoing, words: list[str], person: int) -> Sent | None:
        kept = 0 if message.tone is Tone.RESULT else _KEPT_FOR_THE_RESULT
        if live.guest and live.followups + len(words) > FOLLOWUPS - kept:
            return None
        *first, last = words
        common: dict[str, Any] = {"ephemeral": live.hidden, "allowed_mentions": mentioning(person), "wait": True}
        try:
            for each in first:
                await self._say_once(live, each, common, ())
            if view := view_of(message.buttons):
                common["view"] = view
            sent = await self._say_once(live, last, common, message.media)
        except discord.HTTPException as error:
            if not is_token_over(error):
                raise
            return None
        except SendUnknown:
            if first or live.hidden or live.pressed or message.tone is Tone.STATUS:
                raise
            return await self._in_original(live, message, last)
        live.followups += len(words)
        return Sent(str(MessageId(sent.id, webhook=True)))

    async def _say_once(
        self, live: LiveInteraction, words: str, common: dict[str, Any], media: tuple[MediaFile, ...]
    ) -> discord.WebhookMessage:
        """Raises `SendUnknown` where it may have been said: it would be said twice, and there are few of them."""
        webhook = self._webhook(live)
        webhook.session = OneTry(webhook.session)  # type: ignore[assignment]

        async def ask() -> discord.WebhookMessage:
            sent: discord.WebhookMessage = await webhook.send(words, files=files_of(media), **common)
            return sent

        return await until_known(ask, longest=_longest(media), media=bool(media), patient=False)

    async def _in_original(self, live: LiveInteraction, message: Outgoing, words: str) -> Sent | None:
        """What may not have arrived as a follow-up stands in the first answer, which can be edited again and again."""
        if not await self.edit_original(live, words, view_of(message.buttons), message.media):
            return None
        live.followups += 1  # it may have arrived
        return Sent(str(MessageId(live.original, webhook=True)))

    def _webhook(self, live: LiveInteraction) -> discord.Webhook:
        data: Any = {"id": live.application, "type": discord.WebhookType.application.value, "token": live.token}
        return discord.Webhook.from_state(data=data, state=self._client._connection)


def _longest(media: tuple[MediaFile, ...]) -> float:
    return LONGEST_UPLOAD if media else LONGEST_CALL
