"""The bot as `cutroom run` makes it, on the loopback Telegram and the embedded studio."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bots.telegram import open_telegram
from bots.wiring.house import Grounds, House, open_house
from bots.wiring.http import serve_http
from core.ports import Clock
from core.settings import BackendKind, Settings
from tests.servers.telegram import TelegramServer


def settings_for(server: TelegramServer, folder: Path, **more: object) -> Settings:
    facts: dict[str, object] = {
        "telegram_bot_token": server.token,
        "telegram_api_url": server.url,
        "backend": BackendKind.STUDIO,
        "data_dir": folder / "data",
        "render_poll_seconds": 0.2,
        "recovery_seconds": 0.2,
    }
    return Settings(_env_file=None, **{**facts, **more})  # type: ignore[call-arg, arg-type]


@asynccontextmanager
async def running(settings: Settings, clock: Clock | None = None, **where: Any) -> AsyncIterator[House]:
    """Listening and working, until left. `where` is more about its grounds."""
    grounds = Grounds(settings.data_dir / "cutroom.db", settings.data_dir / "studio", **where)
    async with (
        open_telegram(settings) as telegram,
        open_house(settings, grounds, [telegram.messenger], clock) as house,
        serve_http("127.0.0.1", settings.port or 0, house.store, telegram.routes(house)),
        telegram.listening(house),
    ):
        yield house
