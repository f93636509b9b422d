"""All of the operator's settings, read together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from bots.discord.configuration import DiscordSettings
from bots.telegram.configuration import TelegramSettings
from core.settings import OperatorSettings, Settings, SettingsError, reading_settings

_PUBLIC_FORM = "use a full address, such as https://bot.example.org or https://example.org/cutroom"


def _public_url(value: str) -> str:
    """Links are made by writing a path behind it, so it may have no query and no fragment; and no password, which
    everybody would read."""
    address = value.strip().rstrip("/")
    if address and not _can_be_linked_to(address):
        raise ValueError(_PUBLIC_FORM)
    return address


def _can_be_linked_to(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or "@" in parts.netloc or re.search(r"\s", address))
    return parts.scheme in ("http", "https") and bool(host) and port != 0 and plain


class HttpSettings(OperatorSettings):
    """Where our HTTP server listens, and how it is reached from outside."""

    host: str = "0.0.0.0"  # noqa: S104 - who hosts us looks for the health check from outside
    port: Annotated[int, Field(ge=0, le=65535)] | None = None
    public_url: Annotated[str, AfterValidator(_public_url)] = ""

    @property
    def prefix(self) -> str:
        """The path below which a proxy shows this server; "" if it is at the root."""
        return urlsplit(self.public_url).path.rstrip("/")


@dataclass(frozen=True, slots=True)
class Configuration:
    core: Settings
    telegram: TelegramSettings
    discord: DiscordSettings
    http: HttpSettings


def read_configuration(**overrides: object) -> Configuration:
    """Raises `SettingsError` with all problems. `overrides` are values of `Settings` from the command line."""
    with reading_settings() as read:
        configuration = Configuration(
            read(Settings, **overrides), read(TelegramSettings), read(DiscordSettings), read(HttpSettings)
        )
    if configuration.telegram.webhook and not configuration.http.public_url:
        name, needed = TelegramSettings.variable("webhook"), HttpSettings.variable("public_url")
        raise SettingsError((f"{name}: a webhook needs an address that can be called; set {needed}",))
    return configuration
