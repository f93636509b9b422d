"""Telegram as a platform: sends with only the token, and receives by polling or by webhook."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx
from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bots.platform import Rooms
from bots.telegram.access import Doorkeeper, remember_move
from bots.telegram.attachments import Downloads
from bots.telegram.commands import show_menus
from bots.telegram.configuration import TelegramSettings
from bots.telegram.messenger import TelegramMessenger
from bots.telegram.places import Spot
from bots.telegram.polling import ALLOWED, Polling
from bots.telegram.retries import Calls, RateLimits
from bots.telegram.secrecy import kept_out_of_logs
from bots.telegram.settings import ChatSettings
from bots.telegram.sharing import Sharing
from bots.telegram.transport import AiohttpRequest, proxy_to
from bots.telegram.updates import UpdateHandler
from bots.telegram.webhook import PATH, Webhook, secret_of
from bots.tls import trusted
from core.ports import SystemClock
from core.settings import SettingsError

log = logging.getLogger(__name__)

# What the library raises over an answer that is not of the form it knows.
NOT_THE_API = (TypeError, KeyError, ValueError, AttributeError)
CLOUD_HOST = "api.telegram.org"
CLOUD_DOWNLOAD, CLOUD_UPLOAD = 20 << 20, 50_000_000
LOCAL_DOWNLOAD, LOCAL_UPLOAD = 4_000 << 20, 2_000_000_000


class Telegram:
    """Implements `bots.platform.Platform`."""

    def __init__(self, settings: TelegramSettings, public_url: str, bot: Bot, http: httpx.AsyncClient) -> None:
        self._settings = settings
        self._called_at = public_url if settings.webhook else ""
        self._bot = bot
        local = settings.local_mode
        root = f"{settings.api_url}/file/bot{settings.bot_token.get_secret_value()}"
        download, upload = (LOCAL_DOWNLOAD, LOCAL_UPLOAD) if local else (CLOUD_DOWNLOAD, CLOUD_UPLOAD)
        self._clock = SystemClock()
        self.messenger = TelegramMessenger(
            bot,
            Calls(RateLimits(self._clock), self._moved),
            Downloads(bot, http, root, limit=download, local=local),
            download=download,
            upload=upload,
        )
        self._polling: Polling | None = None
        self._rooms: Rooms | None = None

    def routes(self, rooms: Rooms) -> Sequence[web.RouteDef]:
        if not self._called_at:
            return ()
        token = self._settings.bot_token.get_secret_value()
        secret = secret_of(token, self._settings.webhook_secret.get_secret_value())
        return Webhook(self._bot, self._received(rooms), secret).routes()

    @asynccontextmanager
    async def listening(self, rooms: Rooms) -> AsyncIterator[None]:
        polling = self._received(rooms)
        self._rooms = rooms
        await polling.handler.albums.take_up()
        tasks: list[asyncio.Future[None]] = [asyncio.create_task(polling.handler.albums.take_up_for_ever())]
        if self._called_at:
            await self._set_webhook()
        else:
            await self._bot.delete_webhook(drop_pending_updates=False)
            # Telegram hands updates to one poller only, so of several fronts one polls.
            tasks.append(asyncio.ensure_future(rooms.alone("telegram polling", polling.run)))
        # Last: reading the catalogues for their words must not keep the first messages waiting.
        tasks.append(asyncio.create_task(show_menus(self._bot)))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await polling.handler.albums.leave()

    def _received(self, rooms: Rooms) -> Polling:
        """One for both ways in, so that albums are gathered in one place."""
        if self._polling is None:
            sharing = Sharing(self._bot, self.messenger.calls, rooms.store)
            doorkeeper = Doorkeeper(self._bot, rooms.store, self._clock, self._settings.rule)
            chosen = ChatSettings(self._bot, rooms, doorkeeper)
            handler = UpdateHandler(self._bot.bot, rooms, self.messenger, doorkeeper, sharing, chosen)
            self._polling = Polling(self._bot, handler)
        return self._polling

    async def _moved(self, old: int, new: int) -> None:
        if self._rooms is not None:  # a process that has not begun to listen leaves it to those that do
            await self._rooms.move(Spot(old).place, Spot(new).place)
            await remember_move(self._rooms.store, old, new)

    async def _set_webhook(self) -> None:
        token = self._settings.bot_token.get_secret_value()
        await self._bot.set_webhook(
            self._called_at + PATH,
            secret_token=secret_of(token, self._settings.webhook_secret.get_secret_value()),
            allowed_updates=ALLOWED,
            drop_pending_updates=False,
        )


@asynccontextmanager
async def open_telegram(settings: TelegramSettings, public_url: str = "") -> AsyncIterator[Telegram]:
    """With a webhook, updates are pushed to `public_url`; otherwise they are polled for.

    Raises `SettingsError` for a token that is refused or a server that cannot be reached.
    """
    token, api = settings.bot_token.get_secret_value(), settings.api_url
    proxy = proxy_to(api)
    with kept_out_of_logs(token):
        bot = Bot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            local_mode=settings.local_mode,
            request=AiohttpRequest(proxy=proxy),
            get_updates_request=AiohttpRequest(at_once=1, proxy=proxy),
        )
        try:
            await _introduced(bot, api)
            async with httpx.AsyncClient(verify=trusted(), timeout=httpx.Timeout(60, connect=10)) as http:
                yield Telegram(settings, public_url, bot, http)
        finally:
            await bot.shutdown()


async def _introduced(bot: Bot, api: str) -> None:
    try:
        await bot.initialize()
    except InvalidToken:
        elsewhere = "" if urlsplit(api).netloc == CLOUD_HOST else f"; or TELEGRAM_API_URL: {api} is no Bot API server"
        raise SettingsError(
            (f"TELEGRAM_BOT_TOKEN: Telegram does not accept it; ask @BotFather for it{elsewhere}",)
        ) from None
    except TelegramError as error:
        kind = type(error).__name__
        raise SettingsError((f"TELEGRAM_API_URL: {api} cannot be reached ({kind})",)) from None
    except NOT_THE_API:
        raise SettingsError((f"TELEGRAM_API_URL: what answers at {api} is no Bot API server",)) from None
