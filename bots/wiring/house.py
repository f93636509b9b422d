"""The composition root: puts store, backend, messengers and jobs together, and takes them apart in reverse."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from bots.platform import Alone
from bots.tls import trusted
from bots.wiring.embedded_studio import studio_settings
from bots.wiring.engines import Workload, open_engine
from bots.wiring.housekeeping import keep_house
from core.assistant.assistant import Assistant
from core.assistant.inquiries import Inquiries
from core.assistant.replies import Replies
from core.assistant.requests import Drafting
from core.assistant.waiting_line import Reception
from core.chat.status import Openings
from core.jobs.context import Tools
from core.jobs.runner import JobRunner
from core.media import Ffmpeg
from core.messages import Place
from core.nemo.accounts import Accounts
from core.nemo.client import NemoClient
from core.nemo.gateway import Gateway
from core.ports import Clock, Engine, Messenger, Store, SystemClock, Vault
from core.records import Room
from core.settings import BackendKind, Settings, SettingsError
from core.skills import BUILT_IN, SkillBook, load_skills
from core.store import Lease
from storage.opening import open_database
from storage.sqlite import BUSY_SECONDS
from storage.vault import FileVault, SharedVault

log = logging.getLogger(__name__)

# Every job under way holds a stream open; how many jobs there may be is a setting of its own.
_CONNECTIONS = httpx.Limits(max_connections=None, max_keepalive_connections=20)

# What the studio renders besides MP4; the cloud's published API promises nothing else.
STUDIO_AUDIO = frozenset({"mp3", "wav", "m4a"})


@dataclass(frozen=True, slots=True)
class House:
    """Everything a program needs to talk: hand messages to `assistant`, wait with `engine`, listen `alone`."""

    assistant: Assistant
    engine: Engine
    store: Store
    skills: SkillBook
    alone: Alone
    move: Callable[[Place, Place], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Grounds:
    """Where a house stands: its database, its studio's folder, and whom its anonymous accounts belong to.

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
) -> AsyncIterator[House]:
    """Opens in this order and closes in reverse: store, backend, HTTP, jobs. Listening is the caller's.

    One that does not work takes messages on for others to work off.
    """
    clock = clock or SystemClock()
    skills = _usable_skills(settings)
    speakers = {messenger.platform: messenger for messenger in messengers}
    work = settings.data_dir / "work"
    async with (
        open_database(grounds.database, grounds.url, clock.now, lease=grounds.lease, busy=grounds.busy) as database,
        backend_address(settings, grounds.studio) as address,
        httpx.AsyncClient(verify=trusted(), follow_redirects=False, limits=_CONNECTIONS) as http,
    ):
        store = database.store
        vault = SharedVault(database.driver) if grounds.url else _vault(settings, grounds)
        gateway = _gateway(settings, grounds, http, address, store, clock, vault)
        tools = Tools(store, gateway, skills, Ffmpeg.find(settings.studio_ffmpeg), clock, settings)
        replies = Replies(store, speakers, clock, Inquiries(store, gateway, clock, skills, settings.skill).words)
        openings = _openings(grounds)
        reception = Reception(store, speakers, clock, settings.jobs_at_once, openings)
        run = JobRunner(tools, speakers, work, openings).run
        load = Workload(run, speakers, reception.line_moved, grounds.only, openings)
        room = Room(settings.waiting_room, settings.waiting_per_person)
        async with (
            open_engine(settings, database, grounds.url, load, works=works) as engine,
            _answering(replies),
            _in_the_background(keep_house(store, work, clock, settings.keep_days)),
            # With a server, those who wait are told by whoever listens; on a file there is only one.
            _in_the_background(reception.keep_the_line(inherit=not (grounds.url and works))),
        ):
            assistant = Assistant(store, engine, replies, reception, Drafting(skills, settings.skill), clock, room)
            yield House(assistant, engine, store, skills, database.alone, gateway.move)


def _openings(grounds: Grounds) -> Openings | None:
    """With a server, a job may be worked on in another process, which would not find the words that open it here."""
    return None if grounds.url else Openings()


@asynccontextmanager
async def _in_the_background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def _answering(replies: Replies) -> AsyncIterator[None]:
    async with _in_the_background(replies.take_over_for_ever()):
        try:
            yield
        finally:
            await replies.put_down()


def known_skills(settings: Settings) -> SkillBook:
    """The built-in skills and the operator's own, with what is wrong with the others."""
    return load_skills(BUILT_IN, *([settings.skills_dir] if settings.skills_dir else []))


def _usable_skills(settings: Settings) -> SkillBook:
    """A broken skill is told to the operator and costs no other. Raises `SettingsError` for an unknown SKILL."""
    skills = known_skills(settings)
    for problem in skills.problems:
        log.warning("skill left out: %s", problem)
    if settings.skill and skills.named(settings.skill) is None:
        names = ", ".join(skill.name for skill in skills.skills)
        raise SettingsError((f"SKILL: {settings.skill} is none of {names}",))
    return skills


@asynccontextmanager
async def backend_address(settings: Settings, studio_data: Path) -> AsyncIterator[str]:
    """The backend's base URL; an embedded studio is started where the settings ask for one."""
    if settings.backend is BackendKind.CLOUD:
        yield settings.nemo_api_url
        return
    from studio.server import Studio  # noqa: PLC0415 - a bot of the cloud does without it and what it draws with

    async with Studio(studio_settings(settings, studio_data)) as studio:
        yield studio.base_url


def _vault(settings: Settings, grounds: Grounds) -> FileVault:
    # A token is good at one backend only: an embedded studio's lie with its files, the clouds' go by their hosts.
    studio = settings.backend is BackendKind.STUDIO
    return FileVault((grounds.studio if studio else settings.data_dir) / "accounts.json")


def _gateway(
    settings: Settings,
    grounds: Grounds,
    http: httpx.AsyncClient,
    address: str,
    store: Store,
    clock: Clock,
    vault: Vault,
) -> Gateway:
    studio = settings.backend is BackendKind.STUDIO
    client = NemoClient(http, address, send_role=settings.nemo_send_role)
    realm = "studio" if studio else urlsplit(address).netloc
    accounts = Accounts(
        client,
        vault,
        clock,
        own_token="" if studio else settings.nemo_token.get_secret_value(),
        retry_seconds=settings.retry_seconds,
        scope=lambda place: f"{realm} {grounds.account_scope(place)}",
    )
    return Gateway(
        client,
        accounts,
        store,
        clock,
        web_url=settings.nemo_web_url,
        retry_seconds=settings.retry_seconds,
        home=Path.home(),
        audio_formats=STUDIO_AUDIO if studio else frozenset(),
    )
