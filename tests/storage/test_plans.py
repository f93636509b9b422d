"""What is asked all the time stays as quick however many finished jobs lie around."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storage import claims, sql
from storage.sqlite import SqliteDriver

_FACTS: dict[str, Any] = {
    **{"token": "t", "worker": "w", "id": "i", "sender": "s", "message": "m"},
    **{"platform": "test", "place": None, "platforms": "|test|", "per_person": 8},
    **{"now": 1.0, "expired": 0.0, "overdue": 0.0},
}


_STATEMENTS = {
    **{name: getattr(claims, name) for name in ("CLAIM_NEXT", "CLAIM", "RENEW", "RELEASE", "RELEASE_CLAIMS")},
    **{name: getattr(sql, name) for name in ("OPEN_COUNTS", "OPEN_JOBS", "AHEAD", "SAVE_JOB", "JOB")},
}


@pytest.mark.parametrize("name", _STATEMENTS)
async def test_no_question_about_open_jobs_reads_the_finished_ones(database: Path, name: str) -> None:
    statement = _STATEMENTS[name]
    async with SqliteDriver(database) as driver:
        facts = {**_FACTS, "stage": "done", "open": 0, "body": "{}"}
        used = {key: value for key, value in facts.items() if f":{key}" in statement}
        plan = [row["detail"] for row in await driver.single(f"explain query plan {statement}", used)]
    assert plan
    assert [step for step in plan if step.startswith("SCAN") and "USING INDEX" not in step] == []
