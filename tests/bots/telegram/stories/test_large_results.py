"""Results of more than 50 MB: made to fit on the cloud, the file itself from a server of one's own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.settings import BackendKind
from tests.bots.telegram.house import running, settings_for
from tests.bots.telegram.stories.cutroom import Cutroom
from tests.making import lengthened
from tests.servers.cloud import FakeCloud
from tests.servers.telegram import TelegramServer

LARGE = 120 << 20
# What may lie in memory of it, in bytes: buffers of both directions.
FLAT = 48 << 20


@pytest.fixture
async def cloud(clip: Path) -> AsyncIterator[FakeCloud]:
    """A backend whose renders are the clip, until they are made large."""
    async with FakeCloud() as cloud:
        cloud.media = clip.read_bytes()
        yield cloud


async def test_a_result_over_the_limit_is_made_to_fit_and_says_how_large_it_was(
    telegram: TelegramServer, cloud: FakeCloud, clip: Path, tmp_path: Path
) -> None:
    cloud.media = lengthened(clip, tmp_path, 51 << 20).read_bytes()
    async with running(settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=cloud.url)):
        anna = telegram.person("Anna")
        asked = anna.send_video(clip, "make it brighter", name="talk.mp4")
        [result] = await anna.chat.receives()
        await anna.chat.hears("✅ Done in")
    assert re.search(r"Made smaller to fit: [\d.]+ [KM]B \(it was 51\.\d MB\)", result.text)
    assert anna.chat.file(result).size <= 50_000_000
    assert (result.reply_to, len(telegram.asked("sendVideo"))) == (asked.id, 1)


async def test_a_server_of_ones_own_is_sent_a_large_result_in_flat_memory(
    local_telegram: TelegramServer, cloud: FakeCloud, clip: Path, tmp_path: Path
) -> None:
    settings = {"BACKEND": "cloud", "NEMO_API_URL": cloud.url, "TELEGRAM_LOCAL_MODE": "true"}
    async with Cutroom(tmp_path, local_telegram, **settings) as bot:
        anna = local_telegram.person("Anna")
        anna.send_video(clip, "make it brighter")
        await anna.chat.receives()
        await anna.chat.hears("✅ Done in")
        before = _from_here_on(bot.pid)
        cloud.media = lengthened(clip, tmp_path, LARGE).read_bytes()
        digest = hashlib.sha256(cloud.media).hexdigest()
        anna.send("export")
        _, result = await anna.chat.receives(2, 90)
        grown = _most(bot.pid) - before
    stored = anna.chat.file(result)
    assert stored.size > LARGE
    assert stored.sha256 == digest
    assert grown < FLAT, f"{grown >> 20} MB more for {LARGE >> 20} MB"


def _from_here_on(pid: int) -> int:
    """Forgets the most memory a process had so far; returns what it has now, in bytes."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
    return _field(pid, "VmRSS")


def _most(pid: int) -> int:
    return _field(pid, "VmHWM")


def _field(pid: int, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text("ascii"), re.MULTILINE)
    assert found is not None
    return int(found[1]) * 1024
