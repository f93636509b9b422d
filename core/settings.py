"""The settings, read once from the environment and `.env`; every problem is reported at once."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import BeforeValidator, Field, HttpUrl, SecretStr, TypeAdapter, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.access import Access
from core.backends import BackendKind
from core.errors import CutroomError

__all__ = ["BackendKind", "SeparatorKind", "Settings", "SettingsError", "names_a_server", "read_settings"]

_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql://", "postgres://")


def _listed(value: object) -> object:
    return tuple(filter(None, re.split(r"[\s,;]+", value))) if isinstance(value, str) else value


# "a, b c": as people write lists into one variable.
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]


class SeparatorKind(StrEnum):
    """What takes voice and music apart in the studio; `AUTO` is Demucs where it is installed."""

    AUTO = "auto"
    NET = "net"
    DEMUCS = "demucs"


class SettingsError(CutroomError):
    """What is wrong with the settings: one line a setting, fit to be shown to the operator."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """Names and defaults as the README's table has them. Times in seconds."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8-sig",  # some editors put a mark before the first name
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    backend: BackendKind = BackendKind.CLOUD
    nemo_api_url: str = "https://mega-api-prod.nemovideo.ai"
    nemo_web_url: str = "https://nemovideo.com"
    nemo_token: SecretStr = SecretStr("")
    nemo_send_role: bool = False

    # The user's own folder and not the present one: the client id in it is good for one free token a week.
    data_dir: Path = Field(default_factory=lambda: user_data_path("cutroom", appauthor=False))
    database_url: SecretStr = SecretStr("")
    skills_dir: Path | None = None
    skill: str = ""

    heartbeat_seconds: Seconds = 120
    edit_timeout_seconds: Seconds = 900
    render_poll_seconds: Seconds = 30
    retry_seconds: Seconds = 30
    recovery_seconds: Seconds = 30

    jobs_at_once: Annotated[int, Field(ge=1, le=1000)] = 8
    jobs_per_person: Annotated[int, Field(ge=1, le=1000)] = 2
    waiting_room: Annotated[int, Field(ge=1)] = 1000
    waiting_per_person: Annotated[int, Field(ge=1)] = 20
    job_timeout_seconds: Seconds = 1200
    keep_days: Annotated[float, Field(gt=0)] = 30

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    telegram_local_mode: bool = False
    telegram_access: Access = Access.EVERYONE
    telegram_allowed_users: Names = ()
    telegram_allowed_chats: Names = ()
    telegram_webhook_secret: SecretStr = SecretStr("")
    discord_bot_token: SecretStr = SecretStr("")
    discord_api_url: str = "https://discord.com/api/v10"
    discord_gateway_url: str = ""
    discord_message_content: bool = False
    discord_access: Access = Access.EVERYONE
    discord_allowed_users: Names = ()
    discord_allowed_chats: Names = ()
    discord_upload_mb: Annotated[int, Field(ge=1, le=500)] = 10
    shard_ids: Names = ()
    shard_count: Annotated[int, Field(ge=1)] | None = None

    host: str = "0.0.0.0"  # noqa: S104 - who hosts us looks for the health check from outside
    port: Annotated[int, Field(ge=0, le=65535)] | None = None
    public_url: str = ""

    studio_ffmpeg: str = ""
    studio_separator: SeparatorKind = SeparatorKind.AUTO
    studio_allow_private_urls: bool = False

    @field_validator("nemo_api_url", "nemo_web_url", "telegram_api_url", "discord_api_url")
    @classmethod
    def _is_an_http_address(cls, value: str) -> str:
        TypeAdapter(HttpUrl).validate_python(value)
        return value.rstrip("/")

    @field_validator("nemo_token", "telegram_bot_token", "discord_bot_token")
    @classmethod
    def _without_blanks(cls, value: SecretStr) -> SecretStr:
        # A file of secrets ends in a line break, and an HTTP header must not.
        return SecretStr(value.get_secret_value().strip())

    @field_validator("skills_dir", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return value or None

    @field_validator("database_url")
    @classmethod
    def _is_known(cls, value: SecretStr) -> SecretStr:
        url = value.get_secret_value()
        if url and not names_a_server(url) and not (url.startswith(_SQLITE) and url != _SQLITE):
            raise ValueError("use sqlite:///path/to/file.db or postgresql://…, or leave it empty")
        return value

    @property
    def postgres_url(self) -> str:
        """The address of the database server, password and all; "" where SQLite serves."""
        url = self.database_url.get_secret_value()
        return url if names_a_server(url) else ""

    @property
    def sqlite_path(self) -> Path:
        """Where the bots' database lies."""
        url = self.database_url.get_secret_value()
        return Path(url.removeprefix(_SQLITE)) if url.startswith(_SQLITE) else self.data_dir / "cutroom.db"


def names_a_server(url: str) -> bool:
    """Whether a database server can be told from it. With a "/" in its password that is not written as %2F it cannot:
    then half of the password would be taken for a port, and shown."""
    try:
        _ = urlsplit(url).port
    except ValueError:
        return False
    return url.startswith(_POSTGRES)


def read_settings(**overrides: object) -> Settings:
    """The settings of this process. Raises `SettingsError` with all problems, naming the variables.

    `overrides` are what the command line says; they win over the environment.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError(tuple(_in_words(problem) for problem in error.errors())) from None


def _in_words(problem: ErrorDetails) -> str:
    # The value is left out: it may be a token that landed in the wrong variable.
    name = ".".join(str(part) for part in problem["loc"]).upper()
    words = problem["msg"].removeprefix("Value error, ")
    return f"{name}: {words[0].lower()}{words[1:]}"
