"""TELEGRAM_API_URL that leads to something else ends the start with one sentence, and nothing of a traceback."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bots.telegram.app import open_telegram
from bots.telegram.configuration import TelegramSettings
from bots.telegram.doctor import telegram_findings
from core.settings import SettingsError

ANSWERS = {
    "a page": web.Response(text="<html>Welcome</html>", content_type="text/html"),
    "a page that is missing": web.Response(status=404, text="nothing here"),
    "a list": web.json_response([1, 2]),
    "nothing": web.json_response({"ok": True, "result": None}),
    "half a user": web.json_response({"ok": True, "result": {"id": 7, "first_name": "Bot"}}),
}


@asynccontextmanager
async def answering(answer: web.Response) -> AsyncIterator[str]:
    async def give(request: web.Request) -> web.Response:
        return web.Response(body=answer.body, status=answer.status, headers=answer.headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", give)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
async def test_what_is_no_bot_api_server_is_named(answer: web.Response, caplog: pytest.LogCaptureFixture) -> None:
    async with answering(answer) as url:
        settings = TelegramSettings(_env_file=None, bot_token=SecretStr("1:secret"), api_url=url)  # type: ignore[call-arg]
        with pytest.raises(SettingsError, match=f"TELEGRAM_API_URL: .*{url}") as raised:
            async with open_telegram(settings):
                pass
        findings = [finding async for finding in telegram_findings(settings, "", timeout=5)]
    assert findings[0].remedy
    assert "secret" not in f"{raised.value} {findings} {caplog.text}"
    assert "Traceback" not in caplog.text
