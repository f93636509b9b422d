"""`cutroom jobs`, `backup` and `migrate`: the operator's part of the command line."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bots.commands import database as operating
from core.settings import read_settings

jobs = typer.Typer(help="Look at jobs, cancel them, try them again.", no_args_is_help=True)

JobId = Annotated[str, typer.Argument(help="The job's id, as the list shows it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line, for scripts.")]


@jobs.command("list")
def list_jobs(
    only_open: Annotated[bool, typer.Option("--open", help="Only those that are not over.")] = False,
    platform: Annotated[str | None, typer.Option(help="Only those of one platform.")] = None,
    most: Annotated[int, typer.Option(help="How many at the most.", min=1)] = 50,
    as_json: AsJson = False,
) -> None:
    """The newest jobs first."""
    wanted = operating.Wanted(only_open, platform, most, as_json)
    raise typer.Exit(asyncio.run(operating.list_jobs(read_settings(), wanted)))


@jobs.command()
def show(job: JobId, as_json: AsJson = False) -> None:
    """Everything about one job, with what was asked for."""
    raise typer.Exit(asyncio.run(operating.show_job(read_settings(), job, as_json=as_json)))


@jobs.command()
def cancel(job: JobId) -> None:
    """Stop a job, wherever it runs."""
    raise typer.Exit(asyncio.run(operating.cancel_job(read_settings(), job)))


@jobs.command()
def retry(job: JobId) -> None:
    """Queue a failed or cancelled job's request once more."""
    raise typer.Exit(asyncio.run(operating.retry_job(read_settings(), job)))


def backup(file: Annotated[Path, typer.Argument(help="The copy; it must not be there yet.")]) -> None:
    """Copy the database while the bot runs."""
    raise typer.Exit(asyncio.run(operating.back_up(read_settings(), file)))


def migrate(
    to: Annotated[
        str, typer.Option(help="The server: postgresql://user:password@host/database. [default: DATABASE_URL]")
    ] = "",
) -> None:
    """Move the database here, with its open jobs, to a PostgreSQL server. Stop the bot first."""
    settings = read_settings()
    raise typer.Exit(asyncio.run(operating.migrate(settings, to or settings.postgres_url)))
