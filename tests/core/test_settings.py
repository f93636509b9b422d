from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from platformdirs import user_data_path

from core.settings import BackendKind, Settings, SettingsError, read_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        for spelling in (name, name.upper()):
            monkeypatch.delenv(spelling, raising=False)


def _problems() -> tuple[str, ...]:
    with pytest.raises(SettingsError) as raised:
        read_settings()
    return raised.value.problems


def test_the_defaults_are_those_of_the_settings_page() -> None:
    settings = read_settings()
    rows = [
        line.split("|")
        for line in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").splitlines()
        if "|" in line
    ]
    shown = {name: row[2].strip() for row in rows if len(row) > 3 for name in re.findall(r"`([A-Z_]{5,})`", row[1])}
    assert len(shown) > 10
    numbers = {name: float(value.strip("`")) for name, value in shown.items() if value.strip("`").isdigit()}
    assert len(numbers) >= 4
    for name, number in numbers.items():
        assert getattr(settings, name.lower()) == number, name
    unknown = [name for name in shown if name.lower() not in Settings.model_fields]
    assert unknown == [], "documented and not read"


def test_without_settings_the_cloud_edits_and_no_platform_is_there() -> None:
    settings = read_settings()
    assert settings.backend is BackendKind.CLOUD
    assert settings.data_dir == user_data_path("cutroom", appauthor=False)
    assert settings.sqlite_path == settings.data_dir / "cutroom.db"
    assert settings.skills_dir is None
    secrets = (settings.nemo_token, settings.telegram_bot_token, settings.discord_bot_token, settings.database_url)
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
        read_settings()
    assert "s3cret" not in str(raised.value) + repr(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("NEMO_TOKEN=from-file\nHEARTBEAT_SECONDS=5\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("HEARTBEAT_SECONDS", "7")
    settings = read_settings()
    assert settings.nemo_token.get_secret_value() == "from-file"
    assert settings.heartbeat_seconds == 7
    assert read_settings(heartbeat_seconds=9).heartbeat_seconds == 9


def test_a_file_of_an_editor_that_marks_its_beginning_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("\ufeffNEMO_TOKEN=标记\r\nHEARTBEAT_SECONDS=5\r\n".encode())
    settings = read_settings()
    assert settings.nemo_token.get_secret_value() == "标记"
    assert settings.heartbeat_seconds == 5


def test_what_is_left_empty_is_as_if_it_were_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = read_settings()
    (tmp_path / ".env").write_text("".join(f"{name.upper()}=\n" for name in Settings.model_fields), encoding="utf-8")
    assert read_settings() == defaults
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert read_settings() == defaults


def test_an_address_needs_no_slash_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEMO_API_URL", "https://example.com/base/")
    assert read_settings().nemo_api_url == "https://example.com/base"


@pytest.mark.parametrize(
    ("url", "path"), [("sqlite:///some/file.db", "some/file.db"), ("sqlite:////var/lib/c.db", "/var/lib/c.db")]
)
def test_the_database_can_lie_elsewhere(url: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert read_settings().sqlite_path == Path(path)


@pytest.mark.parametrize("url", ["sqlite:///", "sqlite://x", "mysql://x", "file.db"])
def test_another_kind_of_database_is_refused_in_words(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert _problems() == ("DATABASE_URL: use sqlite:///path/to/file.db or postgresql://…, or leave it empty",)


def test_half_of_a_password_is_not_taken_for_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:sec/ret@host/database")
    assert "sec" not in str(_problems())
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:sec%2Fret@host:5433/database")
    assert read_settings().postgres_url


def test_no_token_is_in_the_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NEMO_TOKEN", "TELEGRAM_BOT_TOKEN", "DISCORD_BOT_TOKEN"):
        monkeypatch.setenv(name, "s3cret")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///s3cret.db")
    settings = read_settings()
    assert "s3cret" not in repr(settings) + str(settings)


def test_nothing_is_read_at_import() -> None:
    names = {name.upper(): "certainly wrong" for name in Settings.model_fields}
    ours = (
        "core.assistant.assistant, core.jobs.runner, core.settings, storage.sqlite, storage.vault, "
        "bots.wiring.house, bots.cli"
    )
    programs = ", ".join(
        f"bots.commands.{name}" for name in ("run", "studio", "chat", "doctor", "invite", "jobs", "database")
    )
    modules = f"{ours}, {programs}, bots.telegram, bots.discord, bots.wiring.http, studio.server"
    subprocess.run(
        [sys.executable, "-c", f"import {modules}"], check=True, timeout=60, env={**os.environ, **names}, cwd=ROOT
    )
