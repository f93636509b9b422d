"""Updates one by one, where the library gives up a whole batch for one that it cannot read."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from telegram import Bot, Update
from telegram.error import NetworkError

log = logging.getLogger(__name__)


def update_of(raw: dict[str, Any], bot: Bot) -> Update | None:
    """None, and a line in the log, for what has an `update_id` but not the form that the library knows.

    It is confirmed all the same: asked for again it would be the same again, and hold up all that come after it.
    Raises `KeyError` and `TypeError` for what is no update at all.
    """
    try:
        return Update.de_json(raw, bot)
    except Exception as error:
        log.warning("update %s cannot be read (%s) and was left out", raw["update_id"], type(error).__name__)
        return None


async def sifted(bot: Bot, offset: int | None, allowed: Sequence[str]) -> tuple[list[Update], int | None]:
    """What waits now and can be read, and the next offset. Raises what the library's request raises."""
    wishes = {"timeout": 0, "allowed_updates": json.dumps(allowed)} | ({} if offset is None else {"offset": offset})
    # Parameters in the query string are taken by every method (Bot API, "Making requests").
    _, body = await bot.request.do_request(f"{bot.base_url}/getUpdates?{urlencode(wishes)}", "GET")
    try:
        waiting = [raw for raw in json.loads(body)["result"] if isinstance(raw["update_id"], int)]
    except (ValueError, KeyError, TypeError):
        raise NetworkError("no updates in the answer") from None
    updates = [update for raw in waiting if (update := update_of(raw, bot))]
    return updates, waiting[-1]["update_id"] + 1 if waiting else offset
