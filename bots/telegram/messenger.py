"""Sends to Telegram: `core.ports.Messenger` over the Bot API, with only the token."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ChatAction

from bots.telegram.attachments import Downloads
from bots.telegram.buttons import keyboard
from bots.telegram.errors import KindRefused, NothingNew, NotSent
from bots.telegram.outgoing import (
    ALBUM,
    goes_as_document,
    goes_together,
    handle_of,
    send_album,
    send_as_document,
    send_file,
)
from bots.telegram.places import PLATFORM, Spot, spot_of
from bots.telegram.retries import SOON_SECONDS, Calls
from bots.telegram.sharing import share_button
from core.errors import ChatGone, CutroomError, MediaRefused, PlatformDown
from core.language.catalogue import say
from core.messages import Attachment, Limits, Mark, MediaFile, MediaKind, Outgoing, Place, Sent, Tone

log = logging.getLogger(__name__)

TEXT_UNITS, CAPTION_UNITS = 4096, 1024
PRIVATE_SECONDS, GROUP_SECONDS = 3.0, 5.0
BUSY_SECONDS, BUSY_TIMES = 4.5, 60
_MARKS = {Mark.SEEN: "👀", Mark.DONE: "👍", Mark.FAILED: "😢"}
_WITH_ITS_SOUND = {MediaKind.VIDEO, MediaKind.AUDIO}
_ACTIONS = {MediaKind.VIDEO: ChatAction.UPLOAD_VIDEO, MediaKind.AUDIO: ChatAction.UPLOAD_VOICE}


class TelegramMessenger:
    """`download` and `upload` are the server's limits in bytes."""

    platform = PLATFORM

    def __init__(self, bot: Bot, calls: Calls, downloads: Downloads, *, download: int, upload: int) -> None:
        self._bot = bot
        self._downloads = downloads
        self._sizes = (download, upload)
        self.calls = calls

    def limits(self, place: Place) -> Limits:
        every = PRIVATE_SECONDS if spot_of(place).is_private else GROUP_SECONDS
        return Limits(TEXT_UNITS, CAPTION_UNITS, *self._sizes, every, ALBUM)

    async def send(self, place: Place, message: Outgoing) -> Sent:
        """What cannot be said in a group any more goes to whoever asked for it, if they have ever talked to the bot."""
        spot = spot_of(place)
        try:
            return await self._send(spot, message)
        except ChatGone as closed:
            if message.tone is Tone.STATUS or spot.is_private or not message.person.isdecimal():
                raise
            return await self._in_private(Spot(int(message.person)), message, closed)

    async def _in_private(self, spot: Spot, message: Outgoing, closed: ChatGone) -> Sent:
        """Raises `closed` where there is no such way."""
        log.info("a group is closed (%s): sent to whoever asked", type(closed).__name__)
        why = Outgoing(say(message.language or "en", "came-by-dm"), Tone.STATUS)
        try:
            await self._send(spot, why)
            sent = await self._send(spot, replace(message, reply_to=""))
        except (ChatGone, MediaRefused, NotSent) as error:
            raise closed from error
        return Sent("", sent.files)  # nothing stands in the group that could be replied to

    async def _send(self, spot: Spot, message: Outgoing) -> Sent:
        if not message.media:
            sent = await self.calls.call(spot, lambda chat: self._send_text(chat, spot, message))
            return Sent(str(sent.message_id))
        return await self._send_media(spot, message)

    async def edit(self, place: Place, message_id: str, message: Outgoing) -> None:
        spot = spot_of(place)

        async def ask(chat: int) -> object:
            return await self._bot.edit_message_text(
                message.text,
                chat_id=chat,
                message_id=int(message_id),
                reply_markup=keyboard(message.buttons),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )

        try:
            await self.calls.call(spot, ask, longest=SOON_SECONDS)
        except (NothingNew, NotSent, PlatformDown) as reason:
            log.debug("not edited: %s", reason)

    async def set_buttons(self, place: Place, message_id: str, message: Outgoing) -> None:
        spot = spot_of(place)
        markup = self._keyboard(message)

        async def ask(chat: int) -> object:
            return await self._bot.edit_message_reply_markup(
                chat_id=chat, message_id=int(message_id), reply_markup=markup
            )

        try:
            await self.calls.call(spot, ask, longest=SOON_SECONDS)
        except (NothingNew, NotSent, PlatformDown) as reason:
            log.debug("the buttons stay as they are: %s", reason)

    async def fetch(self, attachment: Attachment, to: Path) -> Path:
        return await self._downloads.fetch(attachment, to)

    async def link(self, attachment: Attachment) -> str:
        """None that could be handed on: its addresses carry the bot's token."""
        return ""

    async def typing(self, place: Place) -> None:
        await self._act(spot_of(place), ChatAction.TYPING)

    async def mark(self, place: Place, message_id: str, mark: Mark) -> None:
        spot = spot_of(place)
        await self.calls.call(
            spot,
            lambda chat: self._bot.set_message_reaction(chat, int(message_id), _MARKS[mark]),
            longest=SOON_SECONDS,
        )

    # --- what is sent

    async def _send_text(self, chat: int, spot: Spot, message: Outgoing) -> Message:
        return await self._bot.send_message(
            chat,
            message.text,
            link_preview_options=_preview(message),
            reply_markup=self._keyboard(message),
            **_common(spot, message),
        )

    def _keyboard(self, message: Outgoing) -> InlineKeyboardMarkup | None:
        """A result can be shared, also where it is a link alone."""
        if not (message.media or message.link or message.result):
            return keyboard(message.buttons)
        name = message.media[0].name if message.media else ""
        return keyboard(message.buttons, share_button(self._bot.bot, name, message.result, message.language))

    async def _send_media(self, spot: Spot, message: Outgoing) -> Sent:
        async with self._busy(spot, _ACTIONS.get(message.media[0].kind, ChatAction.UPLOAD_DOCUMENT)):
            if goes_together(message.media):
                return await self._send_as_album(spot, message)
            if len(message.media) > 1 and {file.kind for file in message.media} != _WITH_ITS_SOUND:
                raise MediaRefused("no album holds these together")  # each is worth as much as the first
            return await self._send_one_by_one(spot, message)

    async def _send_one_by_one(self, spot: Spot, message: Outgoing) -> Sent:
        first, *others = message.media
        markup = self._keyboard(message)
        common = _common(spot, message)
        sent = await self._send_file(spot, first, caption=message.text, reply_markup=markup, **common)
        standing = [sent]
        for file in others:
            standing += await self._send_beside(spot, sent, file)
        return _sent(standing)

    async def _send_file(self, spot: Spot, file: MediaFile, **how: Any) -> Message:
        """As what it is, else as a document: some chats forbid films, and some films are none to the server."""
        try:
            return await self.calls.call(spot, lambda chat: send_file(self._bot, file, chat_id=chat, **how), media=True)
        except KindRefused as refusal:
            if goes_as_document(file):
                raise
            log.info("not taken as it is (%s): sent as a document", refusal)
        return await self.calls.call(
            spot, lambda chat: send_as_document(self._bot, file, chat_id=chat, **how), media=True
        )

    async def _send_beside(self, spot: Spot, first: Message, file: MediaFile) -> list[Message]:
        """A second file of a result rings no second time, and is not worth the first."""
        common = {"message_thread_id": spot.sends_to, "disable_notification": True}
        reply = ReplyParameters(first.message_id, allow_sending_without_reply=True)
        try:
            return [await self._send_file(spot, file, reply_parameters=reply, **common)]
        except CutroomError as error:
            log.warning("a second file was not sent: %s", type(error).__name__)
            return []

    async def _send_as_album(self, spot: Spot, message: Outgoing) -> Sent:
        """An album can hold no buttons: they stand under a few words below it."""
        common = _common(spot, message)
        album = await self.calls.call(
            spot,
            lambda chat: send_album(self._bot, message.media, message.text, chat_id=chat, **common),
            media=True,
        )
        await self._send_below(spot, album[0], message)
        return _sent(album)

    async def _send_below(self, spot: Spot, first: Message, message: Outgoing) -> None:
        """Without them the album is still what was waited for."""
        below = replace(
            message, text=say(message.language or "en", "what-next"), reply_to=str(first.message_id), tone=Tone.STATUS
        )
        try:
            await self.calls.call(spot, lambda chat: self._send_text(chat, spot, below), longest=SOON_SECONDS)
        except CutroomError as error:
            log.warning("the buttons of an album were not sent: %s", type(error).__name__)

    @asynccontextmanager
    async def _busy(self, spot: Spot, action: str) -> AsyncIterator[None]:
        """Shows that something is on its way. It lasts five seconds, so it is said again, and not for ever."""

        async def act() -> None:
            for _ in range(BUSY_TIMES):
                await self._act(spot, action)
                await asyncio.sleep(BUSY_SECONDS)

        task = asyncio.create_task(act())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _act(self, spot: Spot, action: str) -> None:
        try:
            await self.calls.call(
                spot,
                lambda chat: self._bot.send_chat_action(chat, action, message_thread_id=spot.topic),
                longest=1.0,
            )
        except CutroomError as error:
            log.debug("no chat action: %s", error)


def _preview(message: Outgoing) -> LinkPreviewOptions:
    """A result that is only a link is shown by the link's page. Other links are not what a message is about."""
    if message.tone is Tone.RESULT and message.link:
        return LinkPreviewOptions(url=message.link, prefer_large_media=True)
    return LinkPreviewOptions(is_disabled=True)


def _sent(standing: Sequence[Message]) -> Sent:
    ids = tuple(str(each.message_id) for each in standing)
    return Sent(ids[0], tuple(handle_of(each) for each in standing), ids)


def _common(spot: Spot, message: Outgoing) -> dict[str, Any]:
    reply = ReplyParameters(int(message.reply_to), allow_sending_without_reply=True) if message.reply_to else None
    return {
        "message_thread_id": spot.sends_to,
        "reply_parameters": reply,
        # What rings is what was waited for; news of the work is silent.
        "disable_notification": message.tone is Tone.STATUS,
    }
