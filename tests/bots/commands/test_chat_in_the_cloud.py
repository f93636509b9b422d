"""The `cutroom` command on a cloud that breaks off, and on one that is left waiting."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bots.desk import Desk
from tests.making import make_clip
from tests.servers.cloud import FakeCloud
from tests.servers.script import Turn


@pytest.fixture
async def cloud() -> AsyncIterator[FakeCloud]:
    async with FakeCloud() as cloud:
        yield cloud


async def stopped_in_its_turn(desk: Desk, cloud: FakeCloud, by: signal.Signals) -> tuple[int | None, str]:
    """A conversation whose turn never ends, and how it does under a signal."""
    cloud.turns.append(Turn(hold=asyncio.Event(), draft=None))
    clip = make_clip(desk.folder / "talk.mp4", seconds=1)
    process = await desk.start("chat", clip, "--say", "make it brighter", **settings(cloud))
    async with asyncio.timeout(60):
        await cloud.started.wait()
        process.send_signal(by)
        _, err = await process.communicate()
    return process.returncode, err.decode()


def settings(cloud: FakeCloud) -> dict[str, str]:
    return {"BACKEND": "cloud", "NEMO_API_URL": cloud.url, "RECOVERY_SECONDS": "0.05"}


async def test_what_was_taken_up_again_and_failed_is_no_success(tmp_path: Path, cloud: FakeCloud) -> None:
    desk = Desk(tmp_path)
    await stopped_in_its_turn(desk, cloud, signal.SIGKILL)
    ran = await desk.run("chat", "--continue", "--say", "credits", "--json", **settings(cloud))
    assert ran.code == 1
    assert ran.err.startswith("The connection broke while the edit was being made")
    assert len(cloud.asked("run")) == 1


async def test_an_interrupt_ends_in_a_sentence(tmp_path: Path, cloud: FakeCloud) -> None:
    code, err = await stopped_in_its_turn(Desk(tmp_path), cloud, signal.SIGINT)
    assert code == 130
    assert err == "Stopped. “cutroom chat --continue” goes on from here.\n"
