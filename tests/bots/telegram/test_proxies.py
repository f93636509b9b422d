"""The proxy that the environment names is the one that calls go by, and what it leaves out goes straight."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot

from bots.telegram.transport import AiohttpRequest, proxy_to

TOKEN = "123456:AAbbCCdd"
SERVER = "http://telegram.invalid"
ME = {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "Cutroom", "username": "cutroom_bot"}}


@asynccontextmanager
async def a_proxy(asked: list[tuple[str, str]]) -> AsyncIterator[str]:
    """Notes the address and the credentials of what goes by it, and answers in the server's place."""

    async def pass_on(request: web.Request) -> web.Response:
        asked.append((str(request.url), request.headers.get("Proxy-Authorization", "")))
        return web.json_response(ME)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", pass_on)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@pytest.fixture(autouse=True)
def no_other_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


async def test_calls_go_by_the_proxy_of_the_environment_with_its_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []
    async with a_proxy(asked) as proxy:
        monkeypatch.setenv("http_proxy", f"http://anna:secret@{proxy}")
        request = AiohttpRequest(proxy=proxy_to(SERVER))
        await request.initialize()
        try:
            me = await Bot(TOKEN, base_url=f"{SERVER}/bot", request=request).get_me()
        finally:
            await request.shutdown()
    assert me.username == "cutroom_bot"
    assert asked == [(f"{SERVER}/bot{TOKEN}/getMe", "Basic YW5uYTpzZWNyZXQ=")]


@pytest.mark.parametrize(
    ("variables", "found"),
    [
        ({}, None),
        ({"http_proxy": "http://a.invalid:1"}, "http://a.invalid:1"),
        ({"https_proxy": "http://a.invalid:1"}, None),
        ({"http_proxy": "http://a.invalid:1", "no_proxy": "telegram.invalid"}, None),
        ({"http_proxy": "http://a.invalid:1", "no_proxy": "elsewhere.invalid"}, "http://a.invalid:1"),
    ],
)
def test_a_proxy_is_of_the_addresss_kind_and_leaves_out_what_it_is_told_to(
    variables: dict[str, str], found: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert proxy_to(SERVER) == found
