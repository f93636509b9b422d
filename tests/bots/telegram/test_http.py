"""The library's HTTP over aiohttp: uploads that take long, servers that stall, and errors that name no address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import NetworkError, TimedOut

from bots.telegram.transport import BEFORE_SENDING, AiohttpRequest

TOKEN = "123456:AAbbCCdd"
MESSAGE = {"ok": True, "result": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}}


@asynccontextmanager
async def server(handler: object) -> AsyncIterator[str]:
    app = web.Application(client_max_size=1 << 30)
    app.router.add_post("/bot{token}/{method}", handler)  # type: ignore[arg-type]
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def bot_on(url: str) -> AsyncIterator[Bot]:
    request = AiohttpRequest()
    await request.initialize()
    try:
        yield Bot(TOKEN, base_url=url, request=request)
    finally:
        await request.shutdown()


async def send(bot: Bot, path: Path) -> None:
    with path.open("rb") as content:
        await bot.send_document(1, InputFile(content, filename="long.bin", read_file_handle=False))


@pytest.fixture
def long(tmp_path: Path) -> Path:
    path = tmp_path / "long.bin"
    path.write_bytes(bytes(48 << 20))
    return path


async def test_an_upload_takes_as_long_as_it_goes_on(long: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = 3.0
    monkeypatch.setattr("bots.telegram.transport.SILENT_SECONDS", silent)
    taken = 0

    async def slowly(request: web.Request) -> web.Response:
        nonlocal taken
        async for chunk in request.content.iter_chunked(2 << 20):
            taken += len(chunk)
            await asyncio.sleep(0.16)
        return web.json_response(MESSAGE)

    loop = asyncio.get_running_loop()
    async with server(slowly) as url, bot_on(url) as bot:
        begun = loop.time()
        await send(bot, long)
        assert loop.time() - begun > silent
    assert taken > 48 << 20


async def test_an_upload_that_nobody_reads_any_more_is_an_unknown_outcome(
    long: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bots.telegram.transport.SILENT_SECONDS", 0.3)
    ended = asyncio.Event()

    async def stalls(request: web.Request) -> web.Response:
        await request.content.readany()
        await ended.wait()
        return web.Response()

    async with server(stalls) as url, bot_on(url) as bot:
        with pytest.raises(TimedOut) as failure:
            await send(bot, long)
        ended.set()
    assert not isinstance(failure.value.__cause__, BEFORE_SENDING)


async def test_a_server_that_is_not_there_was_sent_nothing_and_the_token_is_not_said(unused_tcp_port: int) -> None:
    async with bot_on(f"http://127.0.0.1:{unused_tcp_port}/bot") as bot:
        with pytest.raises(NetworkError) as failure:
            await bot.get_me()
    assert isinstance(failure.value.__cause__, BEFORE_SENDING)
    assert TOKEN not in f"{failure.value!r} {failure.value.__cause__!r}"


async def test_an_upload_waits_for_no_short_calls(long: Path) -> None:
    gate = asyncio.Event()

    async def held(request: web.Request) -> web.Response:
        await request.read()
        if request.match_info["method"] == "sendMessage":
            await gate.wait()
        return web.json_response(MESSAGE)

    async with server(held) as url, bot_on(url) as bot:
        calls = [asyncio.create_task(bot.send_message(1, "waiting")) for _ in range(20)]
        await asyncio.sleep(0)
        async with asyncio.timeout(60):
            await send(bot, long)
        gate.set()
        await asyncio.gather(*calls)
