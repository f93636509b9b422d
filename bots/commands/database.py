"""What an operator can do with the database: look at jobs, cancel and retry them, back it up, move it to a server."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bots.commands.run import own
from core.assistant.requests import again
from core.job import Job, Stage
from core.messages import Incoming
from core.ports import Store
from core.records import AdmissionResult
from core.settings import Settings, names_a_server
from storage.driver import Driver
from storage.moving import TargetInUse, move
from storage.opening import open_database
from storage.sqlite import SqliteDriver
from storage.vault import FileVault, SharedVault
from studio import DataInUse


@dataclass(frozen=True, slots=True)
class Wanted:
    only_open: bool
    platform: str | None
    most: int
    as_json: bool


async def list_jobs(settings: Settings, wanted: Wanted) -> int:
    """The newest first. The texts of messages are not shown."""
    async with open_database(settings.sqlite_path, settings.postgres_url) as database:
        jobs = await database.store.jobs(only_open=wanted.only_open, platform=wanted.platform, most=wanted.most)
    if wanted.as_json:
        for job in jobs:
            _print(json.dumps(_facts(job), ensure_ascii=False))
        return 0
    table = Table("id", "made", "place", "task", "stage", "error", box=None)
    for job in jobs:
        table.add_row(job.id, _when(job), str(job.place), job.task.value, job.stage.value, job.error)
    Console().print(table if jobs else "There are no jobs.")
    return 0


async def show_job(settings: Settings, job_id: str, *, as_json: bool) -> int:
    async with open_database(settings.sqlite_path, settings.postgres_url) as database:
        job = await database.store.job(job_id)
    if job is None:
        return _none(job_id)
    facts = _facts(job) | {
        "request": job.request,
        "files": [file.name for file in job.attachments],
        "skill": job.skill,
        "output": job.output,
        "session": job.session,
        "render": job.render,
        "answer": job.answer,
    }
    if as_json:
        _print(json.dumps(facts, ensure_ascii=False))
        return 0
    table = Table(show_header=False, box=None)
    for name, value in facts.items():
        table.add_row(name, ", ".join(value) if isinstance(value, list) else str(value))
    Console().print(table)
    return 0


async def cancel_job(settings: Settings, job_id: str) -> int:
    """A worker that has it stops within seconds."""
    async with open_database(settings.sqlite_path, settings.postgres_url) as database:
        if await database.store.job(job_id) is None:
            return _none(job_id)
        stage = await database.store.cancel(job_id)
    _print(f"Cancelled while {stage.value}." if stage else "It had already ended; nothing was changed.")
    return 0


async def retry_job(settings: Settings, job_id: str) -> int:
    """Queues what is left of the request, as a new job at the end of its place's line."""
    async with open_database(settings.sqlite_path, settings.postgres_url) as database:
        job = await database.store.job(job_id)
        if job is None:
            return _none(job_id)
        if job.stage not in (Stage.FAILED, Stage.CANCELLED):
            sys.stderr.write(f"Only what failed or was cancelled can be retried; this one is {job.stage.value}.\n")
            return 1
        new = await _retried(database.store, job)
    _print(f"Queued as {new.id}." if new else "It has been retried already.")
    return 0


async def _retried(store: Store, job: Job) -> Job | None:
    message = Incoming(f"retry-{job.id}", job.place, job.sender, language=job.language, reply_to=job.reply_to)
    new = again(job, message, await store.project(job.place), datetime.now(UTC).timestamp())
    return new if new and await store.admit(message, [new]) is AdmissionResult.SAVED else None


async def back_up(settings: Settings, to: Path) -> int:
    """A consistent copy of the whole database, also while the bot runs."""
    if settings.postgres_url:
        sys.stderr.write("The database is a server's: back it up with its own pg_dump.\n")
        return 2
    if await asyncio.to_thread(to.exists):
        sys.stderr.write(f"{to} is there already, and nothing is written over. Name another file.\n")
        return 2
    if not settings.sqlite_path.exists():
        sys.stderr.write(f"There is no database yet at {settings.sqlite_path}.\n")
        return 2
    async with SqliteDriver(settings.sqlite_path) as driver:
        await driver.back_up(to)
    _print(f"Saved to {to}. It holds what people wrote: keep it where only you can read it.")
    return 0


async def migrate(settings: Settings, url: str) -> int:
    """Copies everything in the file to the server, open jobs included; the file stays as it is."""
    if not names_a_server(url):
        sys.stderr.write("Name the server to move to: --to postgresql://user:password@host/database\n")
        return 2
    if not settings.sqlite_path.exists():
        sys.stderr.write(f"There is no database at {settings.sqlite_path} to move.\n")
        return 2
    try:
        lock = own(settings.sqlite_path)
    except DataInUse:
        sys.stderr.write("The bot is running on that database. Stop it first, or jobs would run in both places.\n")
        return 2
    try:
        return await _moved(settings, url)
    finally:
        lock.release()


async def _moved(settings: Settings, url: str) -> int:
    async with SqliteDriver(settings.sqlite_path) as source, open_database(settings.sqlite_path, url) as target:
        try:
            moved = await move(source, target.driver, target.enqueue)
            await _bring_accounts(settings, target.driver)
        except TargetInUse:
            sys.stderr.write("There are other jobs in that database already. Name an empty one; nothing was changed.\n")
            return 2
    _print(f"Moved {moved.rows} rows, {moved.open_jobs} jobs of them still open.")
    _print("Start with DATABASE_URL set to that server from now on, and do not start on the file again.")
    return 0


async def _bring_accounts(settings: Settings, target: Driver) -> None:
    """A place's project can only be reached with the account that created it."""
    there = SharedVault(target)
    for name, values in (await FileVault(settings.data_dir / "accounts.json").all()).items():
        if not await there.read(name):
            await there.write(name, values)


def _facts(job: Job) -> dict[str, object]:
    return {
        "id": job.id,
        "made": _when(job),
        "place": str(job.place),
        "sender": job.sender,
        "task": job.task.value,
        "stage": job.stage.value,
        "error": job.error,
    }


def _when(job: Job) -> str:
    return datetime.fromtimestamp(job.created, UTC).strftime("%Y-%m-%d %H:%M:%S")


def _none(job_id: str) -> int:
    sys.stderr.write(f"There is no job {job_id}.\n")
    return 1


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
