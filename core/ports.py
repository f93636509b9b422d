"""What the core asks of the outside. The inside is asked by one call: `Assistant.handle(incoming)`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from core.acceptance import Accepted, Ahead, Held, Room
from core.job import Job, Project, Stage
from core.messages import Attachment, Incoming, Limits, Mark, Outgoing, Place, Sent
from core.owed import Owed
from core.shelf import KeptResult


class Messenger(Protocol):
    """Talking on one platform. Needs only the platform's token, so any process can finish any job."""

    @property
    def platform(self) -> str: ...

    def limits(self, place: Place) -> Limits:
        """What can be done there. Asked often and never waited for."""
        ...

    async def send(self, place: Place, message: Outgoing) -> Sent:
        """Says something new.

        Raises `ChatGone` where nobody can be reached, `MediaRefused` where the files are not taken,
        `PlatformDown` where certainly nothing was said and it may be said later, and `SendUnknown` where no
        answer came, so that it may stand there or not.
        """
        ...

    async def edit(self, place: Place, message_id: str, message: Outgoing) -> None:
        """Puts new words and buttons into a message of ours. Never called where `edit_every` is None there."""
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


@dataclass(frozen=True, slots=True)
class Whose:
    """Which jobs may be claimed: of one place, of some platforms (None: any), and none of somebody of whom
    `per_person` are being worked on already."""

    place: Place | None = None
    platforms: frozenset[str] | None = None
    per_person: int = 1_000_000


class Engine(Protocol):
    """Who works jobs off. The rows are the truth: an engine that was told nothing finds them by itself."""

    def wake(self) -> None:
        """There may be a new row."""
        ...

    def stop(self, job_id: str) -> None:
        """Ends the work on a job that has been cancelled in the store, at once if it runs here. Elsewhere it ends at
        the next sign of life, which finds the claim gone."""
        ...

    async def wait_for(self, job_ids: Iterable[str]) -> None:
        """Returns when these jobs are over and, where they ran here, everything about them has been said."""
        ...


class Store(Protocol):
    """Rows that outlive the process. Every call is one transaction."""

    async def accept(
        self,
        incoming: Incoming,
        jobs: Sequence[Job],
        room: Room | None = None,
        owed: Owed | None = None,
        changes: Mapping[str, str | tuple[str, ...]] = MappingProxyType({}),
    ) -> Accepted:
        """Saves a message as seen together with its jobs, if they fit into `room`, with the answer it is owed, and
        with what it changes of its place's project.

        Where it replaces an earlier message, what waits of that is taken back; the new jobs go to the end.
        """
        ...

    async def hold(self, platform: str, item: str, body: str) -> None:
        """Keeps something that came in and is not a request yet, so that it may be acknowledged. Nothing happens where
        it has been let go before."""
        ...

    async def let_go(self, platform: str, items: Iterable[str]) -> None:
        """These have become requests."""
        ...

    async def held(self, platform: str, beginning: str) -> list[Held]:
        """What is held under names that begin so, in the order of the names, whoever held it."""
        ...

    async def take_over_held(self, platform: str, before: float) -> list[str]:
        """What has been held since before that time, now by whoever asks."""
        ...

    async def settle(self, given: Sequence[Owed]) -> None:
        """These answers have been given."""
        ...

    async def take_over_owed(self, before: float, platforms: Collection[str]) -> list[Owed]:
        """What has been owed since before that time, now by whoever asks."""
        ...

    async def note_status(self, job_id: str, message_id: str) -> bool:
        """Saves the status message of a job that nobody works on yet; False where somebody does."""
        ...

    async def claim_next(self, token: str, whose: Whose | None = None) -> Job | None:
        """Hands to `token` the oldest free job that is the oldest open one of its place.

        A token is its worker's name, 32 characters, and something of its own. Free is what nobody has, or who has
        it showed no sign of life for a while. One that is ready waits for those of its message that are not, for two
        minutes, and holds none of them up.
        """
        ...

    async def claim(self, job_id: str, token: str, whose: Whose | None = None) -> Job | None:
        """The same for what has to be done for one job: itself, or the oldest open one of its place. None where that
        is not free, or the job is over."""
        ...

    async def renew(self, worker: str) -> set[str]:
        """A sign of life for all that a worker has; returns the tokens that are still good."""
        ...

    async def release(self, token: str) -> None:
        """Gives a claim back, so that the job may be taken up by somebody else at once."""
        ...

    async def job(self, job_id: str) -> Job | None: ...

    async def save(self, job: Job, token: str) -> None:
        """Saves a claimed job; a stage that ends it gives its place free, and what it carries ends with it. In the
        stage `READY` it is nobody's again. Raises `LostClaim` where `token` lost it."""
        ...

    async def part(self, job_ids: Iterable[str], token: str) -> None:
        """These have been ready, and are to be delivered each by itself after the job that `token` has."""
        ...

    async def cancel(self, job_id: str) -> Stage | None:
        """Marks an open job as cancelled, with what it carries, and returns the stage it was in; None if it was over
        already."""
        ...

    async def open_jobs(self, place: Place | None = None) -> list[Job]:
        """The jobs that are not over, oldest first; of one place or of all."""
        ...

    async def jobs(self, *, only_open: bool = False, platform: str | None = None, most: int = 50) -> list[Job]:
        """For the operator: the newest first."""
        ...

    async def ahead_of(self, job_id: str) -> Ahead:
        """What an open job waits for; zeros for one that is over."""
        ...

    async def prune(self, before: float) -> int:
        """Deletes what is older than `before` and done with; returns how many rows that were."""
        ...

    async def release_claims(self, place: Place | None = None) -> None:
        """Takes all claims back: called at start, when no process of ours can hold one."""
        ...

    async def project(self, place: Place) -> Project: ...

    async def update_project(self, place: Place, **changes: str | tuple[str, ...]) -> Project:
        """Sets the named fields and leaves the others to whoever else writes at the same time."""
        ...

    async def newest_place(self, platform: str) -> Place | None: ...

    async def move_place(self, old: Place, new: Place) -> None:
        """The platform gave a chat another key: its jobs, project, results and preferences go along."""
        ...

    async def keep_result(self, result: KeptResult) -> None:
        """Puts a delivered result on the shelf, from where it can be shared. Once more changes nothing."""
        ...

    async def kept_result(self, result_id: str) -> KeptResult | None: ...

    async def kept_results(self, platform: str, sender: str, most: int = 20) -> list[KeptResult]:
        """A person's own results on a platform, the newest first."""
        ...

    async def preferences(self, place: Place) -> dict[str, str]:
        """What the people in charge of a chat or a server chose for it; {} until they do. Only the adapter knows
        the names; a server's settings go under a `Place` of its own that no conversation has."""
        ...

    async def save_preferences(self, place: Place, values: Mapping[str, str]) -> None:
        """Sets the named values and leaves the others; "" takes one away."""
        ...


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
