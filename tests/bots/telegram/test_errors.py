"""The library's errors as ours: none is left out, and what is certain is told from what is not."""

from __future__ import annotations

import pytest
from aiohttp import ClientConnectorError, ConnectionTimeoutError, ServerDisconnectedError, SocketTimeoutError
from aiohttp.client_reqrep import ConnectionKey
from telegram import error as theirs
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from bots.telegram.errors import KindRefused, NothingNew, NotSent, as_ours
from core.errors import ChatGone, CutroomError, MediaRefused, PlatformDown, SendUnknown

TOKEN = "123456:AAbb"
SERVER = ConnectionKey("api.telegram.org", 443, True, True, None, None, None)


def every_class(root: type[theirs.TelegramError]) -> list[type[theirs.TelegramError]]:
    return [root, *(found for each in root.__subclasses__() for found in every_class(each))]


def made(kind: type[theirs.TelegramError]) -> theirs.TelegramError:
    if kind is RetryAfter:
        return RetryAfter(3)
    if kind is ChatMigrated:
        return ChatMigrated(-1001)
    if kind is TimedOut:
        return TimedOut()
    return kind(f"words with {TOKEN}")


@pytest.mark.filterwarnings("ignore:.*retry_after:telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("kind", every_class(theirs.TelegramError))
def test_every_error_of_the_library_has_one_of_ours(kind: type[theirs.TelegramError]) -> None:
    assert isinstance(as_ours(made(kind)), CutroomError)


def test_the_token_in_a_refusal_of_it_is_not_handed_on() -> None:
    assert TOKEN not in str(as_ours(InvalidToken(f"the token {TOKEN} was rejected")))


def caused(error: NetworkError, cause: Exception) -> NetworkError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), ChatGone),
        (BadRequest("Chat not found"), ChatGone),
        (BadRequest("Message is not modified: specified new message content"), NothingNew),
        (BadRequest("Can't parse entities"), NotSent),
        (TimedOut(), SendUnknown),
        (caused(NetworkError("x"), ServerDisconnectedError()), SendUnknown),
        (caused(NetworkError("x"), ClientConnectorError(SERVER, OSError("refused"))), PlatformDown),
        (caused(TimedOut(), ConnectionTimeoutError("x")), PlatformDown),
        (caused(TimedOut(), SocketTimeoutError("x")), SendUnknown),
        (NetworkError("Request Entity Too Large"), MediaRefused),
    ],
)
def test_what_is_certain_is_told_from_what_is_not(error: theirs.TelegramError, ours: type[CutroomError]) -> None:
    assert type(as_ours(error)) is ours


def test_a_chat_that_takes_no_voice_messages_refuses_the_file_and_is_not_gone() -> None:
    assert type(as_ours(BadRequest("VOICE_MESSAGES_FORBIDDEN"), media=True)) is KindRefused
    refused = BadRequest("not enough rights to send videos to the chat")
    assert type(as_ours(refused, media=True)) is KindRefused
