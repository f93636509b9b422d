from __future__ import annotations

from tests.servers.telegram.fixtures import local_telegram, telegram

__all__ = ["local_telegram", "telegram"]
