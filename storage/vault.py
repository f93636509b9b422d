"""Backend tokens at rest: in a file that only its owner can read, or with the rows that many machines share."""

from __future__ import annotations

import asyncio
import fcntl
import json
import logging
import os
from pathlib import Path

from storage import sql
from storage.driver import Driver

log = logging.getLogger(__name__)


class SharedVault:
    """Implements `core.ports.Vault` in the database, for workers on several machines: a place's project can only be
    reached with the account that made it."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    async def read(self, name: str) -> dict[str, str]:
        rows = await self._driver.single(sql.ENTRY, {"name": name})
        return json.loads(rows[0]["body"]) if rows else {}

    async def write(self, name: str, values: dict[str, str]) -> None:
        await self._driver.single(sql.SAVE_ENTRY, {"name": name, "body": json.dumps(values)})


class FileVault:
    """Implements `core.ports.Vault` on a file of mode 0600, written whole and renamed into place."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def read(self, name: str) -> dict[str, str]:
        return (await asyncio.to_thread(self._load)).get(name, {})

    async def write(self, name: str, values: dict[str, str]) -> None:
        await asyncio.to_thread(self._change, name, values)

    async def all(self) -> dict[str, dict[str, str]]:
        return await asyncio.to_thread(self._load)

    def _load(self) -> dict[str, dict[str, str]]:
        try:
            return _accounts(self._path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}

    def _change(self, name: str, values: dict[str, str]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            # Another process of ours (a terminal chat beside the bots) may write at the same moment.
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._set_aside_if_damaged()
            self._replace({**self._load(), name: values})
        finally:
            os.close(lock)

    def _set_aside_if_damaged(self) -> None:
        # What cannot be read is not written over: it may still be mended by hand.
        try:
            _accounts(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return
        except ValueError:
            aside = self._path.with_suffix(".damaged")
            log.warning("%s is damaged and set aside as %s", self._path, aside.name)
            self._path.chmod(0o600)
            self._path.replace(aside)

    def _replace(self, kept: dict[str, dict[str, str]]) -> None:
        part = self._path.with_suffix(".part")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(kept, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path)


def _accounts(text: str) -> dict[str, dict[str, str]]:
    kept = json.loads(text)
    if not isinstance(kept, dict) or not all(isinstance(values, dict) for values in kept.values()):
        raise ValueError("not a vault")
    return kept
