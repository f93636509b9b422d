"""What the core asks of the outside. The inside is asked by one call: `Assistant.handle(incoming)`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from core.messages import Attachment, Limits, Mark, Outgoing, Place, Sent
from core.store import JobStore, KeyValues, PlaceStore


class Messenger(Protocol):
    """Talking on one platform. Needs only the platform's token, so any process can finish any job."""

    @property
    def platform(self) -> str: ...

    def limits(self, place: Place) -> Limits:
        """What can be done there. Asked often and never waited for."""
        ...

    async def send(self, place: Place, message: Outgoing) -> Sent:
        """Says something new.

        Raises `ChatGone` where nobody can be reached, `MayNotWrite` where words are not taken, `MediaRefused` where
        the files are not taken, `PlatformDown` where certainly nothing was said and it may be said later, and
        `SendUnknown` where no answer came, so that it may stand there or not.
        """
        ...

    async def edit(self, place: Place, message_id: str, message: Outgoing) -> None:
        """Puts new words and buttons into a message of ours. Never called where `edit_every` is None there.

        Raises `ChatGone` where nobody is left to read it, and `MayNotWrite` where it is closed and there still is.
        """
        ...

    async def set_buttons(self, place: Place, message_id: str, message: Outgoing) -> None:
        """Puts the buttons of `message` under a message of ours, in place of those that stand there; its words and
        files stay. Never called where `edit_every` is None there. Raises as `edit` does."""
        ...

    async def fetch(self, attachment: Attachment, to: Path) -> Path:
        """Brings a file here in flat memory: returns `to`, filled, or where the file already lies on this disk.

        What is returned is only read. Raises `UserError` where the file cannot be had, `PlatformDown` where it may
        be had later.
        """
        ...

    async def link(self, attachment: Attachment) -> str:
        """Where a backend may fetch the file by itself, at once: an address without a secret of ours that opens this
        one file. "" where there is none; never raises."""
        ...

    async def typing(self, place: Place) -> None: ...

    async def mark(self, place: Place, message_id: str, mark: Mark) -> None:
        """Puts a sign on a person's message, in place of an earlier one. Nothing happens where there are none."""
        ...


class Engine(Protocol):
    """Who works jobs off. The rows are the truth: an engine that was told nothing finds them by itself."""

    def wake(self) -> None:
        """There may be a new row."""
        ...

    def stop(self, job_id: str) -> None:
        """Ends the work on a job that has been cancelled in the store, at once if it runs here. Elsewhere it ends at
        the next heartbeat, which finds the claim lost."""
        ...

    async def wait_for(self, job_ids: Iterable[str]) -> None:
        """Returns when these jobs are over and, where they ran here, everything about them has been said."""
        ...


class Store(JobStore, PlaceStore, KeyValues, Protocol):
    """Rows that outlive the process. Every call is one transaction."""


class Vault(Protocol):
    """Secrets at rest, readable by this user alone."""

    async def read(self, name: str) -> dict[str, str]: ...

    async def write(self, name: str, values: dict[str, str]) -> None: ...


class Clock(Protocol):
    """The one source of time, so that tests can turn it."""

    def now(self) -> float:
        """Seconds since the epoch, for what is saved and shown. It may be set back: no wait is measured by it."""
        ...

    def monotonic(self) -> float:
        """Seconds since some moment of this process; never set back."""
        ...

    async def sleep(self, seconds: float) -> None: ...


class SystemClock:
    def now(self) -> float:
        return time.time()

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
