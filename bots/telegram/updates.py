"""Routes each update to the assistant, to a setting or to sharing. When it returns, everything is saved."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.error import TelegramError

from bots.platform import Rooms
from bots.telegram.access import Doorkeeper
from bots.telegram.albums import Albums
from bots.telegram.attachments import attachments_of
from bots.telegram.commands import words_of
from bots.telegram.incoming import Told, files_of_album, id_of, incoming_of, speaks_for, told
from bots.telegram.messenger import TelegramMessenger
from bots.telegram.places import PLATFORM, Spot, spot_of, spot_of_message
from bots.telegram.settings import PREFIX, ChatSettings
from bots.telegram.sharing import Sharing
from core.chat.buttons import PressCancel, PressChoice, PressInstead, PressOffer, PressRetry, read_press
from core.errors import CutroomError, SendUnknown
from core.intents import links_in
from core.language.catalogue import say
from core.messages import Attachment, Incoming
from core.store import StorageTrouble

log = logging.getLogger(__name__)


@dataclass(slots=True)
class UpdateHandler:
    """`take` returns when an update may be confirmed. Raises `StorageTrouble`: then it may not."""

    me: User
    rooms: Rooms
    messenger: TelegramMessenger
    doorkeeper: Doorkeeper
    sharing: Sharing
    settings: ChatSettings
    albums: Albums = field(init=False)

    def __post_init__(self) -> None:
        self.albums = Albums(self.rooms.store, self.doorkeeper.bot, self.doorkeeper.clock, self._album)

    async def take(self, update: Update) -> None:
        if update.inline_query:
            query = update.inline_query
            allowed = await self.doorkeeper.lets_in(query.from_user, None)
            await (self.sharing.answer(query) if allowed else self.sharing.refuse(query))
        elif update.callback_query:
            await self._pressed(update.callback_query)
        elif message := update.message or update.channel_post:
            await self._message(message, update)
        elif edited := update.edited_message or update.edited_channel_post:
            await self._edited(edited)

    # --- messages

    async def _message(self, message: Message, update: Update) -> None:
        if message.migrate_to_chat_id:
            await self.messenger.calls.moved(message.chat.id, message.migrate_to_chat_id)
            return
        if message.migrate_from_chat_id:  # the first message of the new chat: what follows finds everything there
            await self.messenger.calls.moved(message.migrate_from_chat_id, message.chat.id)
            return
        await self.albums.end_before(message)
        if message.media_group_id:
            await self.albums.add(message)
        elif (words := told(message, self.me)) is not None:
            await self._asked(message, words, attachments_of(message, self.me))

    async def _edited(self, message: Message) -> None:
        words = told(message, self.me)
        if words is None or not words.text or words.command not in ("", "edit"):
            return
        if not await self._lets_in(message):
            return
        first = id_of(message, self.me)
        incoming = incoming_of(message, self.me, words.text, attachments_of(message, self.me))
        when = int(message.edit_date.timestamp()) if message.edit_date else 0
        await self.rooms.assistant.handle(replace(incoming, id=f"{first}/{when}", replaces=first))

    async def _album(self, items: Sequence[Message]) -> None:
        addressed = [(item, words) for item in items if (words := told(item, self.me)) is not None]
        if addressed:
            first, words = next(((i, w) for i, w in addressed if w.text), addressed[0])
            await self._asked(first, self._of_album(words, items), files_of_album(items), first=items[0])

    def _of_album(self, words: Told, items: Sequence[Message]) -> Told:
        """A late item has no words of its own: those of its album are meant."""
        if words.text or any(item.caption for item in items):
            return words
        return Told(self.albums.caption_of(items[0]), words.command)

    async def _asked(
        self, message: Message, words: Told, files: tuple[Attachment, ...], first: Message | None = None
    ) -> None:
        incoming = incoming_of(message, self.me, words.text, files)
        if first is not None:
            incoming = replace(incoming, id=id_of(first, self.me))
        if not await self._lets_in(message):
            await self.rooms.assistant.tell(incoming, "not-allowed")
        elif words.command:
            await self._commanded(message, words, incoming)
        elif message.sticker:
            await self.rooms.assistant.tell(incoming, "sticker")
        elif words.text or files or links_in(incoming.quoted).media:
            await self.rooms.assistant.handle(incoming)
        elif message.chat.type == Chat.PRIVATE and not _is_service(message):
            await self.rooms.assistant.tell(incoming, "nothing-usable")

    async def _commanded(self, message: Message, words: Told, incoming: Incoming) -> None:
        spot = spot_of_message(message)
        if words.command == "start":
            await self._started(spot, words, incoming)
        elif words.command == "settings" and not spot.is_private:
            await self.settings.show(message, incoming)
        elif words.command == "settings":
            await self.rooms.assistant.handle(replace(incoming, text=words_of("language", "", incoming.language) or ""))
        elif words.command == "edit" and not words.text and not incoming.attachments:
            await self.rooms.assistant.tell(incoming, "edit-how")
        elif (text := words_of(words.command, words.text, incoming.language)) is not None:
            await self.rooms.assistant.handle(replace(incoming, text=text))
        elif spot.is_private:
            await self.rooms.assistant.tell(incoming, "welcome")

    async def _started(self, spot: Spot, words: Told, incoming: Incoming) -> None:
        if not words.text:
            await self.rooms.assistant.tell(incoming, "welcome")
            return
        try:
            known = await self.sharing.bring(spot, words.text, incoming)
        except StorageTrouble:
            raise
        except CutroomError as error:
            log.info("a shared result could not be shown: %s", type(error).__name__)
            key = "share-not-known" if isinstance(error, SendUnknown) else "share-not-shown"
            # The message itself has been seen by now.
            await self.rooms.assistant.tell(replace(incoming, id=f"{incoming.id}/not-shown"), key)
        else:
            if not known:
                key = "share-gone" if words.text.startswith("share_") else "welcome"
                await self.rooms.assistant.tell(incoming, key)

    # --- buttons

    async def _pressed(self, query: CallbackQuery) -> None:
        chat = query.message.chat if query.message else None
        if chat is None or not query.data:
            await self._answer(query)
            return
        if not await self.doorkeeper.lets_in(query.from_user, chat):
            await self._answer(query, say(query.from_user.language_code or "en", "not-for-you"))
            return
        if query.data.startswith(PREFIX):
            await self._answer(query, await self.settings.choose(query, chat))
            return
        spot = await self._spot_of(query, chat, query.data)
        incoming = Incoming(
            id=f"{self.me.id}:press/{query.id}",
            place=spot.place,
            sender=str(query.from_user.id),
            language=query.from_user.language_code or "",
            action=query.data,
            under=str(query.message.message_id) if query.message else "",
        )
        objection = await self.rooms.assistant.objection(incoming)
        if not objection:
            await self.rooms.assistant.handle(incoming)
        await self._answer(query, objection)

    async def _spot_of(self, query: CallbackQuery, chat: Chat, action: str) -> Spot:
        """Of a message that the server no longer has only the chat is known, though the library makes one like any
        other of it; a job knows its topic of that chat."""
        if isinstance(query.message, Message) and query.message.is_accessible:
            return spot_of_message(query.message)
        press = read_press(action)
        if isinstance(press, PressCancel | PressRetry | PressInstead | PressOffer | PressChoice):
            job = await self.rooms.store.job(press.job)
            if job and job.place.platform == PLATFORM and spot_of(job.place).chat == chat.id:
                return spot_of(job.place)
        return Spot(chat.id)

    async def _answer(self, query: CallbackQuery, words: str = "") -> None:
        # Each one is answered, or the button goes on spinning; one that is too old spins no more.
        try:
            await query.answer(words or None)
        except TelegramError as error:
            log.debug("a press could not be answered: %s", type(error).__name__)

    async def _lets_in(self, message: Message) -> bool:
        return await self.doorkeeper.lets_in(message.from_user, message.chat, speaks_for(message))


def _is_service(message: Message) -> bool:
    return bool(
        message.new_chat_members or message.left_chat_member or message.pinned_message or message.new_chat_title
    )
