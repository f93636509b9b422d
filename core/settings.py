"""The operator's settings, read once from the environment and `.env`; all problems are reported at once.

Here stand those of the core. Each platform's are a class of its own beside its adapter, read together with these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Protocol, TypeVar
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    HttpUrl,
    SecretStr,
    TypeAdapter,
    ValidationError,
    field_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.backends import BackendKind
from core.errors import CutroomError

__all__ = [
    "BackendKind",
    "HttpAddress",
    "Names",
    "OperatorSettings",
    "SeparatorKind",
    "Settings",
    "SettingsError",
    "Token",
    "names_a_server",
    "reading_settings",
]

_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql://", "postgres://")


def _listed(value: object) -> object:
    return tuple(filter(None, re.split(r"[\s,;]+", value))) if isinstance(value, str) else value


def _http_address(value: str) -> str:
    TypeAdapter(HttpUrl).validate_python(value)
    return value.rstrip("/")


def _stripped(value: SecretStr) -> SecretStr:
    # A file of secrets ends in a line break, and an HTTP header must not.
    return SecretStr(value.get_secret_value().strip())


# "a, b c": as people write lists into one variable.
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]
HttpAddress = Annotated[str, AfterValidator(_http_address)]
Token = Annotated[SecretStr, AfterValidator(_stripped)]
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


class OperatorSettings(BaseSettings):
    """What all classes of settings have in common. A field's variable is its name with the class's `env_prefix`."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8-sig",  # some editors put a mark before the first name
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    @classmethod
    def variable(cls, field: str) -> str:
        """The name of the variable that a field is read from."""
        alone = field in cls.model_fields and cls.model_fields[field].validation_alias
        return f"{'' if alone else cls.model_config['env_prefix']}{field}".upper()


class Settings(OperatorSettings):
    """Names and defaults as the README's table has them. Times in seconds."""

    backend: BackendKind = BackendKind.CLOUD
    nemo_api_url: HttpAddress = "https://mega-api-prod.nemovideo.ai"
    nemo_web_url: HttpAddress = "https://nemovideo.com"
    nemo_token: Token = SecretStr("")
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
    link_days: Annotated[float, Field(gt=0, le=3650)] = 7

    studio_ffmpeg: str = ""
    studio_separator: SeparatorKind = SeparatorKind.AUTO
    studio_allow_private_urls: bool = False

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


S = TypeVar("S", bound=OperatorSettings)


class Read(Protocol):
    """Reads one class of settings. `overrides` are what the command line says; they win over the environment."""

    def __call__(self, kind: type[S], /, **overrides: object) -> S: ...


@contextmanager
def reading_settings() -> Iterator[Read]:
    """For all classes of settings that a process reads. Raises `SettingsError` at its end with the problems of them
    all, naming the variables; only then may what was read be used."""
    problems: list[str] = []

    def read(kind: type[S], /, **overrides: object) -> S:
        try:
            return kind(**overrides)
        except ValidationError as error:
            problems.extend(_in_words(kind, problem) for problem in error.errors())
            return kind.model_construct()

    yield read
    if problems:
        raise SettingsError(tuple(problems)) from None


def _in_words(kind: type[OperatorSettings], problem: ErrorDetails) -> str:
    # The value is left out: it may be a token that landed in the wrong variable.
    field, *rest = (str(part) for part in problem["loc"])
    name = ".".join((kind.variable(field), *rest)).upper()
    words = problem["msg"].removeprefix("Value error, ")
    return f"{name}: {words[0].lower()}{words[1:]}"
