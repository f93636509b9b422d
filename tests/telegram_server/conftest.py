from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.servers.telegram import Person, TelegramServer
from tests.servers.telegram.fixtures import local_telegram, telegram

__all__ = ["local_telegram", "telegram"]


@pytest.fixture
async def bot(telegram: TelegramServer) -> AsyncIterator[Bot]:
    """A real PTB bot on the server."""
    async with bot_of(telegram) as bot:
        yield bot


@pytest.fixture
def anna(telegram: TelegramServer) -> Person:
    """Somebody whose chat with the bot is open."""
    anna = telegram.person("Anna")
    anna.send("hello")
    return anna


@pytest.fixture
async def http(telegram: TelegramServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{telegram.url}/bot{telegram.token}/") as http:
        yield http


def bot_of(telegram: TelegramServer) -> Bot:
    return Bot(
        telegram.token,
        base_url=f"{telegram.url}/bot",
        base_file_url=f"{telegram.url}/file/bot",
        request=HTTPXRequest(connection_pool_size=20, read_timeout=20),
        get_updates_request=HTTPXRequest(read_timeout=20),
    )
