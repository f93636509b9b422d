"""Discord's refusals in our words, the most specific first. Codes: Discord's documentation, "JSON Error Codes"."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from core.errors import ChatGone, CutroomError, MayNotWrite, MediaRefused, PlatformDown, SendUnknown

_TOO_LARGE = {40005}
# Unknown user; no DMs to this person; no guild in common.
_NOBODY = {10013, 50007, 50278}
# Unknown channel, guild; no access; archived, locked: who asked may be reached in another way.
_CLOSED = {10003, 10004, 50001, 50083, 160005}
MISSING_PERMISSIONS = 50013
NOT_ALLOWED = "not allowed"
# 160002: without Read Message History nothing can be replied to. 50035 is said of a reply to what is no message.
_NO_REPLY, _BAD_FORM = 160002, 50035
# 10015 for a token that Discord does not know, 50027 (with 401) for one that is over.
_TOKEN_OVER = {10015, 10062, 50027}
NO_MORE_FOLLOWUPS = 40094


@contextmanager
def in_our_words(*, media: bool = False) -> Iterator[None]:
    """Raises `ChatGone`, `MayNotWrite`, `MediaRefused`, `PlatformDown` or `SendUnknown`.

    What we did wrong ourselves goes through as it is.
    """
    try:
        yield
    except discord.HTTPException as error:
        ours = _translated(error, media=media)
        if ours is None:
            raise
        raise ours from error
    except (discord.RateLimited, aiohttp.ClientConnectorError) as error:
        raise PlatformDown from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise SendUnknown from error


def _translated(error: discord.HTTPException, *, media: bool) -> CutroomError | None:
    if error.status == 413 or error.code in _TOO_LARGE:
        return MediaRefused("too large")
    if error.code == MISSING_PERMISSIONS:
        return MediaRefused(NOT_ALLOWED) if media else MayNotWrite("missing permissions")
    if error.code in _NOBODY:
        return ChatGone(f"code {error.code}")
    if error.code in _CLOSED:
        return MayNotWrite(f"code {error.code}")
    if error.status == 429:
        return PlatformDown("hurried")
    if error.status >= 500:
        return SendUnknown(f"status {error.status}")
    return None


def is_no_reply(error: discord.HTTPException) -> bool:
    """It was refused as a reply, and may be taken as a message that replies to nothing."""
    return error.code == _NO_REPLY or (error.code == _BAD_FORM and "message_reference" in error.text)


def is_token_over(error: discord.HTTPException) -> bool:
    """Nothing can be said through this interaction any more; certainly nothing was."""
    return error.code in _TOKEN_OVER or error.code == NO_MORE_FOLLOWUPS
