"""Fixtures for whoever tests against the server: a test with a request outside of the specification fails."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.servers.telegram.server import TelegramServer


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server
        assert server.violations == []


@pytest.fixture
async def local_telegram() -> AsyncIterator[TelegramServer]:
    """As `telegram`, started with --local."""
    async with TelegramServer(local=True) as server:
        yield server
        assert server.violations == []
