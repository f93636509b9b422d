"""The platforms that `cutroom run` knows: what their token is called, and how their adapter is opened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from bots.discord.configuration import DiscordSettings
from bots.platform import Platform
from bots.telegram.configuration import TelegramSettings
from bots.wiring.configuration import Configuration


@dataclass(frozen=True, slots=True)
class Known:
    """`variable` holds the token. `open` needs a network, to say whether the token is good."""

    name: str
    variable: str
    is_set: bool
    open: Callable[[], AbstractAsyncContextManager[Platform]]


def known_platforms(configuration: Configuration) -> tuple[Known, ...]:
    telegram, discord, public_url = configuration.telegram, configuration.discord, configuration.http.public_url
    return (
        Known(
            "Telegram",
            telegram.variable("bot_token"),
            bool(telegram.bot_token.get_secret_value()),
            lambda: _telegram(telegram, public_url),
        ),
        Known(
            "Discord",
            discord.variable("bot_token"),
            bool(discord.bot_token.get_secret_value()),
            lambda: _discord(discord),
        ),
    )


def _telegram(settings: TelegramSettings, public_url: str) -> AbstractAsyncContextManager[Platform]:
    from bots.telegram.app import open_telegram  # noqa: PLC0415 - its library is loaded only where its token is set

    return open_telegram(settings, public_url)


def _discord(settings: DiscordSettings) -> AbstractAsyncContextManager[Platform]:
    from bots.discord.app import open_discord  # noqa: PLC0415 - likewise

    return open_discord(settings)
