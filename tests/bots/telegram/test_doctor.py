"""What the doctor says of a bot, asked of a real server."""

from __future__ import annotations

from pathlib import Path

import pytest

from bots.platform import Finding
from bots.telegram.doctor import file_limits, telegram_findings, who_is_let_in
from bots.telegram.webhook import PATH
from bots.wiring.configuration import Configuration
from core.access import Access
from tests.bots.telegram.house import settings_for, telegram_settings
from tests.servers.telegram import TelegramServer


async def found(settings: Configuration) -> list[Finding]:
    return [finding async for finding in telegram_findings(settings.telegram, settings.http.public_url, 2)]


def said(findings: list[Finding]) -> str:
    return "\n".join(finding.fact for finding in findings)


async def test_a_bot_that_is_set_up_has_nothing_to_mend(telegram: TelegramServer, tmp_path: Path) -> None:
    findings = await found(settings_for(telegram, tmp_path))
    assert [finding.remedy for finding in findings if finding.remedy] == []
    assert "@cutroom_bot, the token is good" in said(findings)
    assert "privacy mode is on" in said(findings)
    assert "long polling, 0 updates waiting" in said(findings)
    assert "files up to 20 MB in and 50 MB out" in said(findings)


async def test_nothing_is_changed_by_looking(telegram: TelegramServer, tmp_path: Path) -> None:
    telegram.person("Anna").send("hello")
    assert "1 updates waiting" in said(await found(settings_for(telegram, tmp_path)))
    assert {call.method for call in telegram.world.calls} == {"getme", "getwebhookinfo", "getmycommands"}
    assert telegram.updates.confirmed == []


async def test_privacy_mode_that_is_off_is_told(telegram: TelegramServer, tmp_path: Path) -> None:
    telegram.world.abilities["can_read_all_group_messages"] = True
    assert "privacy mode is off" in said(await found(settings_for(telegram, tmp_path)))


async def test_a_token_that_is_refused_is_told_without_the_token(telegram: TelegramServer, tmp_path: Path) -> None:
    token = "123456:not-the-right-one"
    findings = await found(settings_for(telegram, tmp_path, telegram_bot_token=token))
    assert findings[0].fact == "TELEGRAM_BOT_TOKEN is not accepted"
    assert "@BotFather" in findings[0].remedy
    assert token not in repr(findings)


async def test_a_server_that_is_not_there_is_told(telegram: TelegramServer, tmp_path: Path) -> None:
    findings = await found(settings_for(telegram, tmp_path, telegram_api_url="http://127.0.0.1:9"))
    assert "does not answer" in findings[0].fact
    assert "TELEGRAM_API_URL" in findings[0].remedy
    assert telegram.token not in repr(findings)


async def test_a_webhook_left_over_is_named_by_its_host_alone(telegram: TelegramServer, tmp_path: Path) -> None:
    telegram.world.webhook = {"url": "https://old.example/secret-path", "secret": "", "max_connections": 40}
    facts = said(await found(settings_for(telegram, tmp_path)))
    assert "the webhook at old.example ends when it is started" in facts
    assert "secret-path" not in facts


async def test_a_webhook_that_fails_is_to_be_mended(telegram: TelegramServer, tmp_path: Path) -> None:
    url = "https://bot.example"
    telegram.world.webhook = {
        **{"url": url + PATH, "secret": "", "max_connections": 40},
        **{"last_error_date": 1_790_000_000, "last_error_message": "Connection refused"},
    }
    [finding] = [
        each
        for each in await found(settings_for(telegram, tmp_path, telegram_webhook=True, public_url=url))
        if each.remedy
    ]
    assert "could not be reached lately" in finding.fact
    assert "PUBLIC_URL" in finding.remedy


@pytest.mark.parametrize(
    ("settings", "remedy"),
    [
        ({"telegram_access": Access.LISTED}, "TELEGRAM_ALLOWED_USERS"),
        ({"telegram_local_mode": True, "telegram_api_url": "https://api.telegram.org"}, "TELEGRAM_LOCAL_MODE"),
    ],
)
def test_settings_that_contradict_themselves_are_to_be_mended(settings: dict[str, object], remedy: str) -> None:
    made = telegram_settings(**settings)
    assert remedy in "".join(each.remedy for each in (file_limits(made), who_is_let_in(made)))
