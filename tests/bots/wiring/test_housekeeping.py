"""Files under way: gone with their job, also where the process was killed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bots.wiring.housekeeping import keep_house
from core.aio import in_the_background
from core.job import Stage
from storage.opening import sqlite_store
from tests.clock import FakeClock
from tests.jobs import HERE, THERE, a_job, a_message


@pytest.mark.parametrize("stage", [Stage.DONE, Stage.FAILED, Stage.CANCELLED])
async def test_files_of_a_job_that_is_over_are_gone_at_the_next_start(tmp_path: Path, stage: Stage) -> None:
    work, clock = tmp_path / "work", FakeClock()
    for name in ("over", "open", "of another program"):
        (work / name / "run").mkdir(parents=True)
        (work / name / "run" / "in-1.mp4").write_bytes(b"video")
    async with sqlite_store(tmp_path / "db") as store:
        await store.admit(a_message(), [a_job(HERE, id="over", stage=stage)])
        await store.admit(a_message(), [a_job(THERE, id="open")])
        async with in_the_background(keep_house(store, work, clock, keep_days=30)), asyncio.timeout(60):
            await clock.someone_sleeps(1)
    assert sorted(folder.name for folder in work.iterdir()) == ["of another program", "open"]
