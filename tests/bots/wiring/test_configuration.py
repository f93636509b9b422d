"""The operator's settings of all parts: names, defaults, problems, and what is never shown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from platformdirs import user_data_path

from bots.discord.configuration import DiscordSettings
from bots.telegram.configuration import TelegramSettings
from bots.wiring.configuration import Configuration, HttpSettings, read_configuration
from core.settings import BackendKind, Settings, SettingsError

ROOT = Path(__file__).parents[3]
KINDS = (Settings, TelegramSettings, DiscordSettings, HttpSettings)
VARIABLES = {kind.variable(field): (kind, field) for kind in KINDS for field in kind.model_fields}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in VARIABLES:
        for spelling in (name.lower(), name):
            monkeypatch.delenv(spelling, raising=False)


def _value(configuration: Configuration, variable: str) -> object:
    kind, field = VARIABLES[variable]
    parts = (configuration.core, configuration.telegram, configuration.discord, configuration.http)
    return next(getattr(part, field) for part in parts if isinstance(part, kind))


def _problems() -> tuple[str, ...]:
    with pytest.raises(SettingsError) as raised:
        read_configuration()
    return raised.value.problems


def test_the_defaults_are_those_of_the_settings_page() -> None:
    read = read_configuration()
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if "|" in line]
    shown = {name: row[2].strip() for row in rows if len(row) > 3 for name in re.findall(r"`([A-Z_]{5,})`", row[1])}
    assert len(shown) > 10
    numbers = {name: float(value.strip("`")) for name, value in shown.items() if value.strip("`").isdigit()}
    assert len(numbers) >= 4
    for name, number in numbers.items():
        assert _value(read, name) == number, name
    assert shown.keys() - VARIABLES.keys() == set(), "documented and not read"


def test_without_settings_the_cloud_edits_and_no_platform_is_there() -> None:
    read = read_configuration()
    settings = read.core
    assert settings.backend is BackendKind.CLOUD
    assert settings.data_dir == user_data_path("cutroom", appauthor=False)
    assert settings.sqlite_path == settings.data_dir / "cutroom.db"
    assert settings.skills_dir is None
    secrets = (settings.nemo_token, read.telegram.bot_token, read.discord.bot_token, settings.database_url)
    assert [secret.get_secret_value() for secret in secrets] == [""] * 4
    assert (settings.heartbeat_seconds, settings.edit_timeout_seconds) == (120, 900)


def test_every_problem_is_reported_at_once_with_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "BACKEND": "s3cret",
        "NEMO_API_URL": "s3cret",
        "TELEGRAM_API_URL": "ftp://s3cret",
        "HEARTBEAT_SECONDS": "s3cret",
        "RETRY_SECONDS": "-1",
        "EDIT_TIMEOUT_SECONDS": "nan",
        "RENDER_POLL_SECONDS": "inf",
        "NEMO_SEND_ROLE": "s3cret",
        "DATABASE_URL": "mysql://user:s3cret@host/db",
        "STUDIO_ALLOW_PRIVATE_URLS": "s3cret",
        "TELEGRAM_ACCESS": "s3cret",
        "DISCORD_API_URL": "s3cret",
        "DISCORD_UPLOAD_MB": "s3cret",
        "SHARD_COUNT": "0",
        "PORT": "s3cret",
        "PUBLIC_URL": "s3cret",
        "TELEGRAM_WEBHOOK": "s3cret",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    problems = _problems()
    assert {problem.partition(":")[0] for problem in problems} == set(wrong)
    assert len(problems) == len(wrong)
    assert "s3cret" not in "".join(problems)
    assert not any("\n" in problem for problem in problems)


def test_the_error_itself_shows_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEMO_API_URL", "s3cret")
    with pytest.raises(SettingsError) as raised:
        read_configuration()
    assert "s3cret" not in str(raised.value) + repr(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("NEMO_TOKEN=from-file\nHEARTBEAT_SECONDS=5\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("HEARTBEAT_SECONDS", "7")
    settings = read_configuration().core
    assert settings.nemo_token.get_secret_value() == "from-file"
    assert settings.heartbeat_seconds == 7
    assert read_configuration(heartbeat_seconds=9).core.heartbeat_seconds == 9


def test_a_file_of_an_editor_that_marks_its_beginning_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("\ufeffNEMO_TOKEN=标记\r\nHEARTBEAT_SECONDS=5\r\n".encode())
    settings = read_configuration().core
    assert settings.nemo_token.get_secret_value() == "标记"
    assert settings.heartbeat_seconds == 5


def test_what_is_left_empty_is_as_if_it_were_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = read_configuration()
    (tmp_path / ".env").write_text("".join(f"{name}=\n" for name in VARIABLES), encoding="utf-8")
    assert read_configuration() == defaults
    for name in VARIABLES:
        monkeypatch.setenv(name, "")
    assert read_configuration() == defaults


def test_a_variable_is_named_after_its_platform_where_it_belongs_to_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_ALLOWED_USERS", "1, 2 3")
    monkeypatch.setenv("DISCORD_ALLOWED_USERS", "4")
    monkeypatch.setenv("shard_ids", "0,1")
    monkeypatch.setenv("SHARD_COUNT", "2")
    read = read_configuration()
    assert (read.telegram.allowed_users, read.discord.allowed_users) == (("1", "2", "3"), ("4",))
    assert (read.discord.shard_ids, read.discord.shard_count) == (("0", "1"), 2)


def test_a_token_is_read_without_the_line_break_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:secret\n")
    assert read_configuration().telegram.bot_token.get_secret_value() == "1:secret"


def test_an_address_needs_no_slash_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEMO_API_URL", "https://example.com/base/")
    assert read_configuration().core.nemo_api_url == "https://example.com/base"


@pytest.mark.parametrize(
    ("url", "path"), [("sqlite:///some/file.db", "some/file.db"), ("sqlite:////var/lib/c.db", "/var/lib/c.db")]
)
def test_the_database_can_lie_elsewhere(url: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert read_configuration().core.sqlite_path == Path(path)


@pytest.mark.parametrize("url", ["sqlite:///", "sqlite://x", "mysql://x", "file.db"])
def test_another_kind_of_database_is_refused_in_words(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert _problems() == ("DATABASE_URL: use sqlite:///path/to/file.db or postgresql://…, or leave it empty",)


def test_half_of_a_password_is_not_taken_for_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:sec/ret@host/database")
    assert "sec" not in str(_problems())
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:sec%2Fret@host:5433/database")
    assert read_configuration().core.postgres_url


def test_no_token_is_in_the_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NEMO_TOKEN", "TELEGRAM_BOT_TOKEN", "DISCORD_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET"):
        monkeypatch.setenv(name, "s3cret")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///s3cret.db")
    settings = read_configuration()
    assert "s3cret" not in repr(settings) + str(settings)


def test_nothing_is_read_at_import() -> None:
    names = dict.fromkeys(VARIABLES, "certainly wrong")
    ours = (
        "core.assistant.assistant, core.jobs.runner, core.settings, storage.sqlite, storage.vault, "
        "bots.wiring.house, bots.cli"
    )
    programs = ", ".join(
        f"bots.commands.{name}" for name in ("run", "studio", "chat", "doctor", "invite", "jobs", "database")
    )
    modules = f"{ours}, {programs}, bots.telegram.app, bots.discord.app, bots.wiring.http, studio.server"
    subprocess.run(
        [sys.executable, "-c", f"import {modules}"], check=True, timeout=60, env={**os.environ, **names}, cwd=ROOT
    )


@pytest.mark.parametrize(
    "address",
    [
        *(
            "bot.example.org",
            "ftp://bot.example.org",
            "https://",
            "https:///cutroom",
            "//bot.example.org",
            "https://[x",
        ),
        *("https://bot.example.org/?a=b", "https://bot.example.org/#top", "https://anna:pw@bot.example.org"),
        *("https://bot.example.org:99999", "https://bot example.org"),
    ],
)
def test_an_address_to_which_no_link_can_lead_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("PUBLIC_URL", address)
    assert _problems() == (
        "PUBLIC_URL: use a full address, such as https://bot.example.org or https://example.org/cutroom",
    )


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("https://bot.example.org", ""),
        ("https://bot.example.org/", ""),
        (" http://127.0.0.1:8080/tools/cutroom/ ", "/tools/cutroom"),
    ],
)
def test_an_address_may_have_a_path(monkeypatch: pytest.MonkeyPatch, address: str, prefix: str) -> None:
    monkeypatch.setenv("PUBLIC_URL", address)
    read = read_configuration()
    assert read.http.public_url == address.strip().rstrip("/")
    assert (read.http.prefix, read.telegram.webhook) == (prefix, False)


def test_a_webhook_needs_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_WEBHOOK", "true")
    assert _problems() == ("TELEGRAM_WEBHOOK: a webhook needs an address that can be called; set PUBLIC_URL",)
    monkeypatch.setenv("PUBLIC_URL", "https://bot.example.org")
    assert read_configuration().telegram.webhook
