"""The composition root: opens store, backend, jobs and assistant, and closes them in reverse."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bots.platform import Alone
from bots.wiring.back import Capacity, open_back
from bots.wiring.backend import file_vault, open_backend
from bots.wiring.front import open_front
from bots.wiring.housekeeping import keep_house
from core.aio import in_the_background
from core.assistant.assistant import Assistant
from core.assistant.requests import JobFactory
from core.assistant.waiting_line import WaitingLine
from core.chat.status import FirstMessages
from core.jobs.context import Services, Timing
from core.media import Ffmpeg
from core.messages import Place
from core.nemo.gateway import Gateway
from core.ports import Clock, Engine, Messenger, Store, SystemClock, Vault
from core.records import Room
from core.settings import Settings, SettingsError
from core.skills import BUILT_IN, SkillBook, load_skills
from core.store import Lease
from storage.opening import Opened, open_database
from storage.sqlite import BUSY_SECONDS
from storage.vault import SharedVault

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class House:
    """What a program gets: it hands messages to `assistant`, waits with `engine`, and listens with `alone`. With
    `gateway` and `clock` it shows results to whoever has a link to one."""

    assistant: Assistant
    engine: Engine
    store: Store
    gateway: Gateway
    clock: Clock
    skills: SkillBook
    alone: Alone
    move: Callable[[Place, Place], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Grounds:
    """Where the data is: the database, the studio's folder, and which places share an anonymous account.

    With `url` the database is that server's and `database` is not touched. A file that another program holds is
    waited for `busy` seconds.
    """

    database: Path
    studio: Path
    url: str = field(default="", repr=False)
    account_scope: Callable[[Place], str] = str
    only: Place | None = None
    lease: Lease = field(default_factory=Lease)
    busy: float = BUSY_SECONDS


@asynccontextmanager
async def open_house(
    settings: Settings,
    grounds: Grounds,
    messengers: Sequence[Messenger],
    clock: Clock | None = None,
    *,
    works: bool = True,
    public_url: str = "",
) -> AsyncIterator[House]:
    """Opens in this order and closes in reverse: store, backend, back (jobs), front (assistant). The caller listens.

    A house that does not work takes messages on, and other processes do the jobs. With `public_url` each result gets
    a page there, which the caller serves.
    """
    clock, skills, work = clock or SystemClock(), _usable_skills(settings), settings.data_dir / "work"
    speakers = {messenger.platform: messenger for messenger in messengers}
    async with (
        open_database(grounds.database, grounds.url, clock.now, lease=grounds.lease, busy=grounds.busy) as database,
        open_backend(
            settings, grounds.studio, database.store, _vault(settings, grounds, database), clock, grounds.account_scope
        ) as gateway,
    ):
        store, first_messages = database.store, _first_messages(grounds)
        waiting_line = WaitingLine(store, speakers, clock, settings.jobs_at_once, first_messages)
        services = _services(settings, store, gateway, skills, clock, public_url)
        capacity = Capacity(settings.jobs_at_once, settings.jobs_per_person, grounds.only)
        room, factory = Room(settings.waiting_room, settings.waiting_per_person), JobFactory(skills, settings.skill)
        # With a server, waiting jobs are shown by the processes that listen; with a file there is one process only.
        inherits = not (grounds.url and works)
        back = open_back(
            database, grounds.url, services, speakers, capacity, waiting_line.moved, first_messages, work, works=works
        )
        async with (
            back as engine,
            in_the_background(keep_house(store, work, clock, settings.keep_days)),
            open_front(
                store, engine, speakers, clock, gateway, waiting_line, factory, room, inherits=inherits
            ) as assistant,
        ):
            yield House(assistant, engine, store, gateway, clock, skills, database.alone, gateway.move)


def _services(
    settings: Settings, store: Store, gateway: Gateway, skills: SkillBook, clock: Clock, public_url: str
) -> Services:
    timing = Timing(
        heartbeat=settings.heartbeat_seconds,
        edit_timeout=settings.edit_timeout_seconds,
        render_poll=settings.render_poll_seconds,
        recovery=settings.recovery_seconds,
        job_timeout=settings.job_timeout_seconds,
        page_life=settings.link_days * 86_400,
    )
    return Services(store, gateway, skills, Ffmpeg.find(settings.studio_ffmpeg), clock, timing, public_url)


def _vault(settings: Settings, grounds: Grounds, database: Opened) -> Vault:
    return SharedVault(database.driver) if grounds.url else file_vault(settings, grounds.studio)


def _first_messages(grounds: Grounds) -> FirstMessages | None:
    """With a server, a job may run in another process, which could not go on with a message of this one."""
    return None if grounds.url else FirstMessages()


def known_skills(settings: Settings) -> SkillBook:
    """The built-in skills and the operator's, with the problems of those that cannot be used."""
    return load_skills(BUILT_IN, *([settings.skills_dir] if settings.skills_dir else []))


def _usable_skills(settings: Settings) -> SkillBook:
    """A broken skill is logged and left out. Raises `SettingsError` for an unknown SKILL."""
    skills = known_skills(settings)
    for problem in skills.problems:
        log.warning("skill left out: %s", problem)
    if settings.skill and skills.named(settings.skill) is None:
        names = ", ".join(skill.name for skill in skills.skills)
        raise SettingsError((f"SKILL: {settings.skill} is none of {names}",))
    return skills
