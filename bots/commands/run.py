"""`cutroom run`: every platform whose token is set, listening, working, or both."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from bots.commands.roles import Role
from bots.platform import Platform
from bots.platforms import Known, known_platforms
from bots.wiring.configuration import Configuration, HttpSettings
from bots.wiring.house import Grounds, House, open_house
from core.settings import BackendKind, Settings
from studio import DataInUse, DataLock

if TYPE_CHECKING:
    from pathlib import Path

    from aiohttp import web


def own(database: Path) -> DataLock:
    """Locks the database file for this process, until `release()` or its end. Raises `studio.DataInUse`."""
    database.parent.mkdir(parents=True, exist_ok=True)
    return DataLock(database.parent, f"{database.name}.lock")


log = logging.getLogger(__name__)
# Service managers kill a process that takes longer; jobs that have not ended by then go on at the next start.
GRACE_SECONDS = 10.0


async def run(configuration: Configuration, role: Role = Role.ALL, known: Sequence[Known] | None = None) -> int:
    """Serves until SIGINT or SIGTERM. Returns 2, and says why, if nothing can be started."""
    settings = configuration.core
    known = known_platforms(configuration) if known is None else known
    chosen = [each for each in known if each.is_set]
    if not chosen:
        names = ", ".join(each.variable for each in known)
        sys.stderr.write(f"Nothing to run: a platform is started when its token is set, and none of {names} is.\n")
        sys.stderr.write("To talk here and now: cutroom chat\n")
        return 2
    if role is not Role.ALL and (problem := _cannot_share(settings)):
        sys.stderr.write(f"{problem}\nOn one machine, leave --role out: one process does everything.\n")
        return 2
    stopped = _on_signals()
    try:
        async with _running(configuration, role, chosen):
            gc.freeze()  # these objects stay: collecting them again delayed an answer by 80 ms
            gc.enable()
            sys.stderr.write(f"Running ({role}): {', '.join(each.name for each in chosen)}. Ctrl-C stops.\n")
            await stopped.wait()
            log.info("stopping")
    except DataInUse as error:
        sys.stderr.write(f"Another Cutroom is running on {error.data}. Stop it, or set DATA_DIR to another folder.\n")
        return 2
    return 0


def _cannot_share(settings: Settings) -> str:
    """Why fronts and workers could not work together; "" if they can."""
    if not settings.postgres_url:
        return "Fronts and workers share a database server: set DATABASE_URL=postgresql://… for each."
    if settings.backend is BackendKind.STUDIO:
        return (
            "Each process would have its own studio, without the projects of the others: run “cutroom studio” once,\n"
            "and set BACKEND=cloud and NEMO_API_URL to its address for each."
        )
    return ""


@asynccontextmanager
async def _running(configuration: Configuration, role: Role, chosen: Sequence[Known]) -> AsyncIterator[House]:
    """Opened in this order and closed in reverse: listening ends first, while jobs can still send messages."""
    settings = configuration.core
    async with AsyncExitStack() as stack:
        if not settings.postgres_url:
            stack.callback(own(settings.sqlite_path).release)
        platforms = [await stack.enter_async_context(each.open()) for each in chosen]
        grounds = Grounds(settings.sqlite_path, settings.data_dir / "studio", url=settings.postgres_url)
        messengers = [each.messenger for each in platforms]
        works, public_url = role is not Role.FRONT, configuration.http.public_url
        house = await stack.enter_async_context(
            open_house(settings, grounds, messengers, works=works, public_url=public_url)
        )
        await _listen(stack, configuration.http, role, platforms, house)
        yield house


async def _listen(
    stack: AsyncExitStack, http: HttpSettings, role: Role, platforms: Sequence[Platform], house: House
) -> None:
    hears = role is not Role.WORKER
    routes: list[web.RouteDef] = []
    for platform in platforms if hears else ():
        routes += platform.routes(house)
    if hears and http.public_url:
        from bots.results.routes import result_routes  # noqa: PLC0415 - likewise

        routes += result_routes(house, http.public_url)
    if http.port is not None or routes:
        from bots.wiring.http import serve_http  # noqa: PLC0415 - a bot that polls serves nothing

        serving = serve_http(http.host, http.port or 0, house.store, routes, http.prefix)
        port = await stack.enter_async_context(serving)
        sys.stderr.write(f"Serving HTTP on port {port}.\n")
    for platform in platforms if hears else ():
        await stack.enter_async_context(platform.listening(house))


def _on_signals() -> asyncio.Event:
    """Set by the first SIGINT or SIGTERM, after which `GRACE_SECONDS` are left; the second ends the process at once."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if stopped.is_set():
            _end_at_once()
        stopped.set()
        loop.call_later(GRACE_SECONDS, _end_at_once)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    return stopped


def _end_at_once() -> None:
    log.warning("ended before all jobs were released; they go on at the next start")
    logging.shutdown()
    os._exit(1)
