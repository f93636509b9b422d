"""The platforms that `cutroom run` knows: what their token is called, and how their adapter is opened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from pydantic import SecretStr

from bots.platform import Platform
from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Known:
    """`variable` holds the token. `open` needs nothing but the settings, and a network to say whether it is good."""

    name: str
    variable: str
    token: Callable[[Settings], SecretStr]
    open: Callable[[Settings], AbstractAsyncContextManager[Platform]]

    def is_set(self, settings: Settings) -> bool:
        return bool(self.token(settings).get_secret_value())


def _telegram(settings: Settings) -> AbstractAsyncContextManager[Platform]:
    from bots.telegram import open_telegram  # noqa: PLC0415 - its library is loaded only where its token is set

    return open_telegram(settings)


def _discord(settings: Settings) -> AbstractAsyncContextManager[Platform]:
    from bots.discord import open_discord  # noqa: PLC0415 - likewise

    return open_discord(settings)


PLATFORMS: tuple[Known, ...] = (
    Known("Telegram", "TELEGRAM_BOT_TOKEN", lambda settings: settings.telegram_bot_token, _telegram),
    Known("Discord", "DISCORD_BOT_TOKEN", lambda settings: settings.discord_bot_token, _discord),
)
