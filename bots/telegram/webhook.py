"""Updates that Telegram sends to us: answered with 200 only after they are in the store."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging

from aiohttp import web
from telegram import Bot

from bots.telegram.polling import Polling, update_of
from core.store import StorageTrouble

log = logging.getLogger(__name__)
HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATH = "/telegram/updates"


def secret_of(token: str, chosen: str = "") -> str:
    """The operator's own, else one that only who has the token can make."""
    return chosen or hmac.new(token.encode(), b"cutroom webhook", hashlib.sha256).hexdigest()


class Webhook:
    def __init__(self, bot: Bot, polling: Polling, secret: str) -> None:
        self._bot = bot
        self._polling = polling
        self._secret = secret

    def routes(self) -> list[web.RouteDef]:
        return [web.post(PATH, self.receive)]

    async def receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(HEADER, "")
        # In constant time: how long a comparison takes must not tell how much of it was right.
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=401)
        try:
            update = update_of(json.loads(await request.read()), self._bot)
        except (ValueError, KeyError, TypeError):
            log.warning("a body that is no update came with the right secret")
            return web.Response(status=400)
        try:
            await self._polling.save([update] if update else [])
        except StorageTrouble as trouble:
            log.warning("an update cannot be saved (%s); Telegram brings it again", trouble)
            return web.Response(status=503)
        return web.Response()
