"""In small what `make soak` does at length through Telegram."""

from __future__ import annotations

from pathlib import Path

from tests.soak.plan import Plan
from tests.soak.telegram import soak


async def test_killed_twice_it_loses_nothing_and_pays_for_nothing_twice(tmp_path: Path) -> None:
    outcome = await soak(Plan(jobs=6, kills=2, chats=3, pause=3.0, patience=60), tmp_path)
    assert outcome.good, outcome
    assert outcome.kills >= 1
