"""Stores backend tokens: in a file that only its owner can read, or in the database that several machines share."""

from __future__ import annotations

import asyncio
import fcntl
import json
import logging
import os
from dataclasses import dataclass, field
from pathlib import Path

from storage import sql
from storage.driver import Driver

log = logging.getLogger(__name__)


class SharedVault:
    """Implements `core.ports.Vault` in the database, for workers on several machines: all need the account that made a
    place's project."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    async def read(self, name: str) -> dict[str, str]:
        rows = await self._driver.single(sql.ENTRY, {"name": name})
        return json.loads(rows[0]["body"]) if rows else {}

    async def write(self, name: str, values: dict[str, str]) -> None:
        await self._driver.single(sql.SAVE_ENTRY, {"name": name, "body": json.dumps(values)})


Accounts = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class _Read:
    """What a file held. Every change of the file changes its `state`: it is renamed into place, with a new number."""

    state: tuple[int, int, int]
    accounts: Accounts = field(repr=False)


class FileVault:
    """Implements `core.ports.Vault` on a file of mode 0600, written whole and renamed into place.

    It is parsed again only when it has changed: every job asks for its place's account several times, and there are as
    many accounts in it as places.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: _Read | None = None

    async def read(self, name: str) -> dict[str, str]:
        return dict((await self.all()).get(name, {}))

    async def write(self, name: str, values: dict[str, str]) -> None:
        await asyncio.to_thread(self._change, name, values)

    async def all(self) -> Accounts:
        return await asyncio.to_thread(self._load)

    def _load(self) -> Accounts:
        try:
            return self._parsed()
        except (FileNotFoundError, ValueError):
            return {}

    def _parsed(self) -> Accounts:
        """Raises `FileNotFoundError`, and `ValueError` for what is damaged."""
        read = self._read
        if read is None or read.state != _state(self._path.stat()):
            with self._path.open(encoding="utf-8") as file:
                read = self._read = _Read(_state(os.fstat(file.fileno())), _accounts(file.read()))
        return read.accounts

    def _change(self, name: str, values: dict[str, str]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            # Another process of ours (a terminal chat beside the bots) may write at the same moment.
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._set_aside_if_damaged()
            self._replace({**self._load(), name: dict(values)})
        finally:
            os.close(lock)

    def _set_aside_if_damaged(self) -> None:
        # What cannot be read is not written over: it may still be mended by hand.
        try:
            self._parsed()
        except FileNotFoundError:
            return
        except ValueError:
            aside = self._path.with_suffix(".damaged")
            log.warning("%s is damaged and set aside as %s", self._path, aside.name)
            self._path.chmod(0o600)
            self._path.replace(aside)

    def _replace(self, accounts: Accounts) -> None:
        part = self._path.with_suffix(".part")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(_written(accounts))
            file.flush()
            os.fsync(file.fileno())
            state = _state(os.fstat(file.fileno()))
        part.replace(self._path)
        self._read = _Read(state, accounts)


def _state(file: os.stat_result) -> tuple[int, int, int]:
    return file.st_ino, file.st_mtime_ns, file.st_size


def _written(accounts: Accounts) -> str:
    """An account a line, to be mended by hand; indented, it would take several times as long to write."""
    lines = (f"{json.dumps(name)}: {json.dumps(values)}" for name, values in accounts.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _accounts(text: str) -> Accounts:
    kept = json.loads(text)
    if not isinstance(kept, dict) or not all(isinstance(values, dict) for values in kept.values()):
        raise ValueError("not a vault")
    return kept
