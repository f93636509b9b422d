"""`cutroom jobs`, `backup` and `migrate`: the operator's part of the command line.

Like the others, a command imports what does its work when it is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from core.settings import Settings

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
    from bots.commands import database as operating

    wanted = operating.Wanted(only_open, platform, most, as_json)
    _do(lambda settings: operating.list_jobs(settings, wanted))


@jobs.command()
def show(job: JobId, as_json: AsJson = False) -> None:
    """Everything about one job, with what was asked for."""
    from bots.commands import database as operating

    _do(lambda settings: operating.show_job(settings, job, as_json=as_json))


@jobs.command()
def cancel(job: JobId) -> None:
    """Stop a job, wherever it runs."""
    from bots.commands import database as operating

    _do(lambda settings: operating.cancel_job(settings, job))


@jobs.command()
def retry(job: JobId) -> None:
    """Queue what is left of a failed or cancelled job's request; what is done is not done or paid again."""
    from bots.commands import database as operating

    _do(lambda settings: operating.retry_job(settings, job))


def backup(file: Annotated[Path, typer.Argument(help="The copy; it must not be there yet.")]) -> None:
    """Copy the database while the bot runs."""
    from bots.commands import database as operating

    _do(lambda settings: operating.back_up(settings, file))


def migrate(
    to: Annotated[
        str, typer.Option(help="The server: postgresql://user:password@host/database. [default: DATABASE_URL]")
    ] = "",
) -> None:
    """Move the database here, with its open jobs, to a PostgreSQL server. Stop the bot first."""
    from bots.commands import database as operating

    _do(lambda settings: operating.migrate(settings, to or settings.postgres_url))


def _do(command: Callable[[Settings], Coroutine[Any, Any, int]]) -> NoReturn:
    import asyncio

    from bots.wiring.configuration import read_configuration

    raise typer.Exit(asyncio.run(command(read_configuration().core)))
