"""Maps the library's errors to ours, most specific first: nothing sent, outcome unknown, or chat gone."""

from __future__ import annotations

import re

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bots.telegram.transport import BEFORE_SENDING
from core.errors import ChatGone, CutroomError, MediaRefused, PlatformDown, SendUnknown


class NotSent(CutroomError):
    """Certainly nothing was said, and nothing will be: the server refused the request."""


class NothingNew(CutroomError):
    """The message reads like that already."""


_GONE = re.compile(
    r"chat not found|chat_write_forbidden|was kicked|was deactivated|have no rights|not enough rights|topic_closed"
    r"|message thread not found|user_is_blocked|peer_id_invalid|group is deactivated|need administrator rights",
    re.IGNORECASE,
)
_MEDIA = re.compile(
    r"file is too big|entity too large|wrong (?:file|type)|photo_|video_|voice_messages_forbidden|failed to get http"
    r"|file must be non-empty|image_process|not enough rights to send (?:photo|video|audio|document|animation|voice)",
    re.IGNORECASE,
)
_NOTHING_NEW = re.compile(r"message is not modified", re.IGNORECASE)


def as_ours(error: TelegramError, *, media: bool = False) -> CutroomError:
    """`media` is whether files went with it. `RetryAfter` and `ChatMigrated` are dealt with before."""
    match error:
        case Forbidden():
            return ChatGone(error.message)
        case BadRequest():
            return _refused(error.message, media=media)
        case InvalidToken():
            return PlatformDown("the token is not good any more")  # its own words hold the token
        case ChatMigrated():
            return ChatGone("moved")
        case TimedOut() | NetworkError() if isinstance(error.__cause__, BEFORE_SENDING):
            return PlatformDown(type(error.__cause__).__name__)
        case NetworkError() if "entity too large" in error.message.lower():
            return MediaRefused(error.message)
        case TimedOut() | NetworkError():
            return SendUnknown(type(error.__cause__).__name__ if error.__cause__ else "no answer")
        case _:
            return NotSent(type(error).__name__)


def _refused(message: str, *, media: bool) -> CutroomError:
    if _NOTHING_NEW.search(message):
        return NothingNew(message)
    if media and _MEDIA.search(message):
        return MediaRefused(message)
    if _GONE.search(message):
        return ChatGone(message)
    return MediaRefused(message) if media else NotSent(message)
