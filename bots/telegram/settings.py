"""`/settings` in a group: its admins choose who may use the bot there."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Bot, CallbackQuery, Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyParameters

from bots.platform import Rooms
from bots.telegram.access import Doorkeeper
from bots.telegram.places import PLATFORM, spot_of_message
from core.access import ACCESS, Access
from core.language.catalogue import say
from core.messages import Incoming
from core.records import AdmissionResult

PREFIX = "access:"


@dataclass(frozen=True, slots=True)
class ChatSettings:
    bot: Bot
    rooms: Rooms
    doorkeeper: Doorkeeper

    async def show(self, message: Message, incoming: Incoming) -> None:
        if not await self.doorkeeper.is_in_charge(message.from_user, message.chat, message.sender_chat):
            await self.rooms.assistant.tell(incoming, "not-for-you")
            return
        if await self.rooms.store.admit(incoming, []) is not AdmissionResult.SAVED:
            return  # brought once more
        language = incoming.language or "en"
        buttons = [
            InlineKeyboardButton(say(language, f"settings-{name.value}"), callback_data=f"{PREFIX}{name.value}")
            for name in (Access.EVERYONE, Access.ADMINS)
        ]
        await self.bot.send_message(
            message.chat.id,
            say(language, "settings-who"),
            reply_markup=InlineKeyboardMarkup([buttons]),
            message_thread_id=spot_of_message(message).sends_to,
            reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
        )

    async def choose(self, query: CallbackQuery, chat: Chat) -> str:
        """Saves what was pressed and returns what is said to that."""
        language = query.from_user.language_code or "en"
        chosen = (query.data or "").removeprefix(PREFIX)
        if chosen not in (Access.EVERYONE, Access.ADMINS) or not await self.doorkeeper.is_in_charge(
            query.from_user, chat, None
        ):
            return say(language, "not-for-you")
        await self.rooms.store.set_values(PLATFORM, str(chat.id), {ACCESS: chosen})
        return say(language, "settings-saved")
