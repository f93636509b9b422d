"""Waits that are polite to others' servers are short here: they are nobody's subject but where a test says so."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def brisk_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.api.renders.POLL_AFTER", "0.1")
