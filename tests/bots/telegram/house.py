"""The bot as `cutroom run` makes it, on the loopback Telegram and the embedded studio."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from bots.discord.configuration import DiscordSettings
from bots.results.routes import result_routes
from bots.telegram.app import Telegram, open_telegram
from bots.telegram.configuration import TelegramSettings
from bots.wiring.configuration import Configuration, HttpSettings
from bots.wiring.house import Grounds, House, open_house
from bots.wiring.http import serve_http
from core.ports import Clock
from core.settings import BackendKind, Settings
from tests.servers.gate import Gate
from tests.servers.telegram import TelegramServer


def settings_for(server: TelegramServer, folder: Path, **more: object) -> Configuration:
    """`more` are variables of the environment, in small letters."""
    facts: dict[str, object] = {
        "telegram_bot_token": server.token,
        "telegram_api_url": server.url,
        "backend": BackendKind.STUDIO,
        "data_dir": folder / "data",
        "render_poll_seconds": 0.2,
        "recovery_seconds": 0.2,
    }
    facts |= more
    http = {name: facts.pop(name) for name in HttpSettings.model_fields if name in facts}
    telegram = {name: facts.pop(name) for name in [*facts] if name.startswith("telegram_")}
    return Configuration(
        Settings(_env_file=None, **facts),  # type: ignore[call-arg, arg-type]
        telegram_settings(**telegram),
        DiscordSettings(_env_file=None),  # type: ignore[call-arg]
        HttpSettings(_env_file=None, **http),  # type: ignore[call-arg, arg-type]
    )


def telegram_settings(**variables: object) -> TelegramSettings:
    facts = {name.removeprefix("telegram_"): value for name, value in variables.items()}
    return TelegramSettings(_env_file=None, **facts)  # type: ignore[call-arg, arg-type]


def opened_behind(gate: Gate, server: TelegramServer, folder: Path) -> AbstractAsyncContextManager[House]:
    """Listening and working on a studio that is reached through the gate only."""
    return running(settings_for(server, folder, backend=BackendKind.CLOUD, nemo_api_url=gate.url, retry_seconds=0.2))


@asynccontextmanager
async def running(configuration: Configuration, clock: Clock | None = None, **where: Any) -> AsyncIterator[House]:
    """Listening and working, until left. `where` is more about its grounds."""
    settings, http = configuration.core, configuration.http
    grounds = Grounds(settings.data_dir / "cutroom.db", settings.data_dir / "studio", **where)
    async with (
        open_telegram(configuration.telegram, http.public_url) as telegram,
        open_house(settings, grounds, [telegram.messenger], clock, public_url=http.public_url) as house,
        serve_http("127.0.0.1", http.port or 0, house.store, _routes(telegram, house, http), http.prefix),
        telegram.listening(house),
    ):
        yield house


def _routes(telegram: Telegram, house: House, http: HttpSettings) -> list[web.RouteDef]:
    pages = result_routes(house, http.public_url) if http.public_url else []
    return [*telegram.routes(house), *pages]
