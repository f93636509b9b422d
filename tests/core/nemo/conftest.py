"""A client and the server it talks to over a real socket."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from core.nemo.client import NemoClient
from core.nemo.models import Credentials, SkillHeaders
from core.nemo.wire.transport import Waits
from tests.servers.cloud import FakeCloud

TOKEN = "nmv_usr_secret123"


@pytest.fixture
async def cloud() -> AsyncIterator[FakeCloud]:
    async with FakeCloud() as server:
        yield server


@pytest.fixture
async def client(cloud: FakeCloud) -> AsyncIterator[NemoClient]:
    async with httpx.AsyncClient() as http:
        yield NemoClient(http, cloud.url, waits=Waits(connect=2, write=2, read=2, upload_read=2))


@pytest.fixture
def cred() -> Credentials:
    return Credentials(TOKEN, SkillHeaders("mp4-to-mp3", "1.2.0", "unknown"))
