"""In small what `make soak` does at length through Telegram."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.plan import Plan
from tests.soak.telegram import soak


@pytest.mark.parametrize(
    "plan",
    [
        Plan(jobs=3, kills=1, chats=3, pause=2.0, patience=300),
        pytest.param(Plan(jobs=6, kills=2, chats=3, pause=3.0, patience=300), marks=pytest.mark.full),
    ],
    ids=["one kill", "two kills"],
)
async def test_killed_in_the_middle_it_loses_nothing_and_pays_for_nothing_twice(tmp_path: Path, plan: Plan) -> None:
    outcome = await soak(plan, tmp_path)
    assert outcome.good, outcome
    assert outcome.kills >= 1
