"""What the core asks of the outside. The inside is asked by one call: `Assistant.handle(incoming)`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from core.job import Job, Project, Stage
from core.messages import Attachment, Incoming, Limits, Outgoing, Place


class Messenger(Protocol):
    """Talking on one platform. Needs only the platform's token, so any process can finish any job."""

    @property
    def platform(self) -> str: ...

    @property
    def limits(self) -> Limits: ...

    async def send(self, place: Place, message: Outgoing) -> str:
        """Says something new and returns the message's id. Raises `ChatGone` where nobody can be reached."""
        ...

    async def edit(self, place: Place, message_id: str, message: Outgoing) -> None:
        """Puts new words and buttons into a message of ours. Never called where `limits.edit_every` is None."""
        ...

    async def fetch(self, attachment: Attachment, to: Path) -> Path:
        """Brings a file here in flat memory: returns `to`, filled, or where the file already lies on this disk.

        What is returned is only read. Raises `UserError` where the file cannot be had.
        """
        ...

    async def typing(self, place: Place) -> None: ...


class Store(Protocol):
    """Rows that outlive the process. Every call is one transaction."""

    async def accept(self, incoming: Incoming, jobs: Sequence[Job]) -> bool:
        """Saves a message as seen together with its jobs. False, and nothing saved, if it was seen before."""
        ...

    async def claim_next(self, token: str, only: Place | None = None) -> Job | None:
        """Hands to `token` the oldest unclaimed job that is the oldest open one of its place (or of `only`)."""
        ...

    async def job(self, job_id: str) -> Job | None: ...

    async def save(self, job: Job, token: str) -> None:
        """Saves a claimed job; a stage that ends it gives its place free. Raises `LostClaim` where `token` lost it."""
        ...

    async def cancel(self, job_id: str) -> Stage | None:
        """Marks an open job as cancelled and returns the stage it was in; None if it was over already."""
        ...

    async def open_jobs(self, place: Place | None = None) -> list[Job]:
        """The jobs that are not over, oldest first; of one place or of all."""
        ...

    async def release_claims(self, place: Place | None = None) -> None:
        """Takes all claims back: called at start, when no process of ours can hold one."""
        ...

    async def project(self, place: Place) -> Project: ...

    async def update_project(self, place: Place, **changes: str | tuple[str, ...]) -> Project:
        """Sets the named fields and leaves the others to whoever else writes at the same time."""
        ...

    async def newest_place(self, platform: str) -> Place | None: ...


class Vault(Protocol):
    """Secrets at rest, readable by this user alone."""

    async def read(self, name: str) -> dict[str, str]: ...

    async def write(self, name: str, values: dict[str, str]) -> None: ...


class Clock(Protocol):
    """The one source of time, so that tests can turn it."""

    def now(self) -> float:
        """Seconds since the epoch."""
        ...

    async def sleep(self, seconds: float) -> None: ...


class SystemClock:
    def now(self) -> float:
        return time.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
