"""The back: an engine and a runner that do the jobs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bots.wiring.engines import Workload, open_engine
from core.chat.status import FirstMessages
from core.jobs.context import Services
from core.jobs.runner import JobRunner
from core.messages import Place
from core.ports import Engine, Messenger
from storage.opening import Opened


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many jobs run side by side, in all and of one person. With `only`, just those of that place."""

    at_once: int
    per_person: int
    only: Place | None = None


@asynccontextmanager
async def open_back(
    database: Opened,
    url: str,
    services: Services,
    messengers: Mapping[str, Messenger],
    capacity: Capacity,
    on_end: Callable[[], None],
    first_messages: FirstMessages | None,
    folder: Path,
    *,
    works: bool,
) -> AsyncIterator[Engine]:
    """`folder` is for files under way. `on_end` is called after each job; `first_messages` are set if they are sent in
    this process. Without `works` the jobs are left to other processes."""
    run = JobRunner(services, messengers, folder, first_messages).run
    load = Workload(
        run,
        messengers,
        on_end,
        capacity.at_once,
        capacity.per_person,
        services.gateway.availability.reachable,
        capacity.only,
        first_messages,
    )
    async with open_engine(database, url, load, works=works) as engine:
        yield engine
