"""The library's errors as ours, most specific first: what is certain, what is unknown, and who is gone."""

from __future__ import annotations

import re

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bots.telegram.transport import BEFORE_SENDING
from core.errors import ChatGone, CutroomError, MayNotWrite, MediaRefused, PlatformDown, SendUnknown


class NotSent(CutroomError):
    """Certainly nothing was said, and nothing will be: the server refused the request."""


class NothingNew(CutroomError):
    """The message reads like that already."""


class KindRefused(MediaRefused):
    """Files of that kind are not taken there, or not this one as that kind: as a document it may be."""


_GONE = re.compile(
    r"chat not found|was kicked|was deactivated|user_is_blocked|peer_id_invalid|group is deactivated", re.IGNORECASE
)
# The chat is there, and words are not taken in it.
_CLOSED = re.compile(
    r"chat_write_forbidden|chat_send_plain_forbidden|have no rights|not enough rights|topic_closed"
    r"|message thread not found|need administrator rights",
    re.IGNORECASE,
)
_TOO_LARGE = re.compile(r"file is too big|entity too large", re.IGNORECASE)
_KIND = re.compile(
    r"chat_send_(?:video|photo|audio|gif|voice)s?_forbidden|voice_messages_forbidden|wrong (?:file|type)|photo_|video_"
    r"|image_process|not enough rights to send (?:photo|video|audio|animation|voice)",
    re.IGNORECASE,
)
_MEDIA = re.compile(
    r"failed to get http|file must be non-empty|chat_send_(?:docs|media)_forbidden|not enough rights to send document",
    re.IGNORECASE,
)
_NOTHING_NEW = re.compile(r"message is not modified", re.IGNORECASE)


def as_ours(error: TelegramError, *, media: bool = False) -> CutroomError:
    """`media` is whether files went with it. `RetryAfter` and `ChatMigrated` are dealt with before."""
    match error:
        case Forbidden():
            return _refused_kind(error.message, media=media) or _closed(error.message) or ChatGone(error.message)
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
    if refused := _refused_kind(message, media=media):
        return refused
    if _GONE.search(message):
        return ChatGone(message)
    return _closed(message) or (MediaRefused(message) if media else NotSent(message))


def _refused_kind(message: str, *, media: bool) -> MediaRefused | None:
    if not media:
        return None
    if _TOO_LARGE.search(message) or _MEDIA.search(message):
        return MediaRefused(message)
    return KindRefused(message) if _KIND.search(message) else None


def _closed(message: str) -> MayNotWrite | None:
    return MayNotWrite(message) if _CLOSED.search(message) else None
