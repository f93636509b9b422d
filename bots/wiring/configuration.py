"""All of the operator's settings, read together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from bots.discord.configuration import DiscordSettings
from bots.telegram.configuration import TelegramSettings
from core.settings import OperatorSettings, Settings, reading_settings


class HttpSettings(OperatorSettings):
    """Where our HTTP server listens, and how it is reached from outside."""

    host: str = "0.0.0.0"  # noqa: S104 - who hosts us looks for the health check from outside
    port: Annotated[int, Field(ge=0, le=65535)] | None = None
    public_url: str = ""


@dataclass(frozen=True, slots=True)
class Configuration:
    core: Settings
    telegram: TelegramSettings
    discord: DiscordSettings
    http: HttpSettings


def read_configuration(**overrides: object) -> Configuration:
    """Raises `SettingsError` with all problems. `overrides` are values of `Settings` from the command line."""
    with reading_settings() as read:
        return Configuration(
            read(Settings, **overrides), read(TelegramSettings), read(DiscordSettings), read(HttpSettings)
        )
