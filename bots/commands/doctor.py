"""`cutroom doctor`: what is configured, what can be reached, what is wrong and how to fix it, on one screen."""

from __future__ import annotations

import asyncio
import os
import platform
import sys
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import httpx

from bots.discord.doctor import discord_finding
from bots.platform import Finding
from bots.telegram.doctor import telegram_findings
from bots.wiring.configuration import HttpSettings, read_configuration
from bots.wiring.house import known_skills
from core.errors import BackendDown, TokenRefused, UserError
from core.media import Ability, Ffmpeg, FfmpegMissing
from core.nemo.client import NemoClient
from core.nemo.models import Credentials, SkillHeaders
from core.reachability import leads_to_public
from core.settings import BackendKind, Settings, SettingsError
from core.store import StorageTrouble, StoreTooNew
from storage.opening import ExtraMissing, open_database, sqlite_store

TIMEOUT = 5.0


async def examine() -> int:
    """Prints the findings. Returns 1 if anything has to be fixed."""
    wrong = 0
    async for finding in _findings():
        wrong += bool(finding.remedy)
        mark = "✗" if finding.remedy else "✓"
        sys.stdout.write(f"{mark} {finding.subject:<11} {finding.fact}\n")
        if finding.remedy:
            sys.stdout.write(f"  {'':<11} → {finding.remedy}\n")
    sys.stdout.write("All is well.\n" if not wrong else f"{wrong} to fix.\n")
    return 1 if wrong else 0


async def _findings() -> AsyncIterator[Finding]:
    yield Finding("Python", platform.python_version())
    try:
        configuration = read_configuration()
    except SettingsError as error:
        for problem in error.problems:
            name, _, what = problem.partition(": ")
            yield Finding("Settings", f"{name} {what}", f"set {name} to a valid value, or leave it out")
        return
    settings = configuration.core
    yield Finding("Settings", f"BACKEND={settings.backend.value} DATA_DIR={settings.data_dir}")
    yield await asyncio.to_thread(_ffmpeg, settings)
    yield _data_folder(settings)
    yield await _database(settings)
    yield _skills(settings)
    yield await _backend(settings)
    yield await _links(configuration.http, settings)
    async for finding in telegram_findings(configuration.telegram, configuration.http.public_url, TIMEOUT):
        yield finding
    yield await discord_finding(configuration.discord)


def _ffmpeg(settings: Settings) -> Finding:
    try:
        ffmpeg = Ffmpeg.find(settings.studio_ffmpeg)
    except FfmpegMissing:
        return Finding("FFmpeg", "not found", "point STUDIO_FFMPEG at one of 5.1 or newer")
    lacks = ffmpeg.lacks()
    if lacks == tuple(Ability):
        return Finding("FFmpeg", f"{ffmpeg.binary} cannot be run", "point STUDIO_FFMPEG at another one")
    fact = f"{ffmpeg.binary}; it cannot {', '.join(each.words for each in lacks)}" if lacks else ffmpeg.binary
    needed = any(each.needed for each in lacks)
    return Finding("FFmpeg", fact, "unset STUDIO_FFMPEG for the one that comes with Cutroom" if needed else "")


def _data_folder(settings: Settings) -> Finding:
    folder = settings.data_dir.absolute()
    nearest = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        return Finding("Data", f"{folder} cannot be written to", "set DATA_DIR to a folder that can be")
    return Finding("Data", str(folder))


async def _database(settings: Settings) -> Finding:
    return await _server(settings) if settings.postgres_url else await _file(settings)


async def _server(settings: Settings) -> Finding:
    """Never shows DATABASE_URL itself: it may contain a password."""
    parts = urlsplit(settings.postgres_url)
    where = f"PostgreSQL on {parts.hostname or 'localhost'}, {parts.path.removeprefix('/') or 'no name'}"
    try:
        async with asyncio.timeout(2 * TIMEOUT), open_database(settings.sqlite_path, settings.postgres_url) as database:
            waiting = len(await database.store.open_jobs())
    except ExtraMissing:
        return Finding("Database", f"{where}: its packages are missing", "pip install 'cutroom[postgres]'")
    except StoreTooNew:
        return Finding("Database", f"{where} is from a newer Cutroom", "update Cutroom, or use another DATABASE_URL")
    except StorageTrouble as trouble:
        return Finding(
            "Database", f"{where}: {trouble.kind.value}", "check that it runs and that DATABASE_URL is right"
        )
    except TimeoutError:
        return Finding("Database", f"{where} does not answer", "check that it runs and that DATABASE_URL is right")
    return Finding("Database", f"{where}, {waiting} jobs open")


async def _file(settings: Settings) -> Finding:
    path = settings.sqlite_path
    if not await asyncio.to_thread(path.exists):
        return Finding("Database", f"{path} (made at the first start)")
    try:
        async with sqlite_store(path) as store:
            waiting = len(await store.open_jobs())
    except StoreTooNew:
        return Finding("Database", f"{path} is from a newer Cutroom", "update Cutroom, or use another DATA_DIR")
    except Exception as error:
        return Finding("Database", f"{path}: {type(error).__name__}", "check that it is a database and can be read")
    return Finding("Database", f"{path}, {waiting} jobs open")


def _skills(settings: Settings) -> Finding:
    book = known_skills(settings)
    fact = f"{len(book.skills)}: {', '.join(skill.name for skill in book.skills)}"
    if book.problems:
        return Finding("Skills", fact, "; ".join(str(problem) for problem in book.problems))
    if settings.skill and book.named(settings.skill) is None:
        return Finding("Skills", fact, f"SKILL={settings.skill} is none of them")
    return Finding("Skills", fact)


async def _backend(settings: Settings) -> Finding:
    if settings.backend is BackendKind.STUDIO:
        return Finding("Backend", "the embedded studio; no account needed")
    url, token = settings.nemo_api_url, settings.nemo_token.get_secret_value()
    async with httpx.AsyncClient(timeout=TIMEOUT) as http:
        try:
            if not token:
                answer = await http.get(url)
                return Finding("Backend", f"{url} answers (HTTP {answer.status_code}); anonymous, no NEMO_TOKEN")
            who = Credentials(token, SkillHeaders("cutroom", "1.0.0"))
            balance = await NemoClient(http, url).credits(who)
        except TokenRefused:
            return Finding("Backend", f"{url} refuses NEMO_TOKEN", "renew NEMO_TOKEN, or unset it")
        except (httpx.HTTPError, BackendDown):
            return Finding("Backend", f"{url} cannot be reached", "check NEMO_API_URL and the network")
        except UserError as error:
            return Finding("Backend", f"{url} gives an unexpected answer ({error.key})", "check NEMO_API_URL")
    return Finding("Backend", f"{url}, {balance.available:g} credits")


async def _links(http: HttpSettings, settings: Settings) -> Finding:
    """Whether people can open the results that are too large for their chat."""
    url, subject = http.public_url, "Links"
    if not url:
        own = settings.backend is BackendKind.STUDIO
        fact = "results have no page; PUBLIC_URL gives them one"
        return Finding(subject, fact if own else f"{fact}, otherwise the cloud's links are shown")
    if not await leads_to_public(url):
        return Finding(subject, f"{url} leads into a private network", "set PUBLIC_URL to what is reached from outside")
    if not http.port:
        return Finding(subject, f"pages at {url}, served on any free port", "set PORT to what your proxy calls")
    return Finding(subject, f"pages at {url}, kept for {settings.link_days:g} days; {await _answers(url)}")


async def _answers(url: str) -> str:
    """It need not: perhaps the bot does not run."""
    async with httpx.AsyncClient(timeout=TIMEOUT) as http:
        try:
            answer = await http.get(f"{url}/healthz")
        except httpx.HTTPError as error:
            return f"no answer there now ({type(error).__name__})"
    return "the bot answers there" if answer.status_code == 200 else f"HTTP {answer.status_code} there now"
