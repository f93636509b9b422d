"""What the core asks of a database, and what can be wrong with one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from core.errors import CutroomError
from core.job import Job, Project, ProjectValue, Stage
from core.messages import Incoming, Place
from core.records import AdmissionResult, Ahead, InboxEntry, KeptResult, OutboxEntry, PublishedResult, Room

# Within these seconds a second press of a button is a slip of the finger.
DOUBLE_SECONDS = 2.0


class Trouble(StrEnum):
    """What can be wrong with a database."""

    LOCKED = "locked"  # another program holds it
    FULL = "full"  # no space on its disk
    READ_ONLY = "read-only"
    DAMAGED = "damaged"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"  # the server does not let us in
    OTHER = "other"


class StorageTrouble(CutroomError):
    """The database could not do it; what was saved before stands, and nothing of this was saved."""

    def __init__(self, kind: Trouble, where: str) -> None:
        super().__init__(f"{kind.value}: {where}")
        self.kind = kind
        self.where = where


class StoreTooNew(CutroomError):
    """The database was written by a newer Cutroom; this one must not touch it."""


@dataclass(frozen=True, slots=True)
class Lease:
    """How long a claim is good and how often jobs are looked for. All in seconds.

    A claim whose worker sends no heartbeat for `expiry` may be taken over; a worker sends one every `heartbeat`.
    A `READY` job waits `ready` for the others of its message; with a queue server, `ready_check` is how often it is
    looked for while one of its place is being worked on. `reconcile` is how often jobs are looked for that nobody
    announced, `retry` how long after trouble with the database.
    """

    expiry: float = 20.0
    heartbeat: float = 2.0
    ready: float = 120.0
    ready_check: float = 30.0
    reconcile: float = 60.0
    retry: float = 5.0


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which jobs may be claimed: those of one place, of some platforms (None: of all), and none of a person of whom
    `per_person` jobs are being worked on already."""

    place: Place | None = None
    platforms: frozenset[str] | None = None
    per_person: int = 1_000_000


class JobStore(Protocol):
    """Admits messages with their jobs; hands out jobs as claims, saves them and ends them.

    A claim is a token that every later write has to show: its worker's name (32 characters) and something of its own.
    """

    async def admit(
        self,
        incoming: Incoming,
        jobs: Sequence[Job],
        room: Room | None = None,
        answer: OutboxEntry | None = None,
        changes: Mapping[str, ProjectValue] = MappingProxyType({}),
    ) -> AdmissionResult:
        """Saves a message as seen, with its jobs if they fit into `room`, with an answer that is still to be sent, and
        with what it changes of its place's project.

        If it replaces an earlier message, that one's waiting jobs are withdrawn; the new jobs go to the end. A press of
        a button whose job is open, or was made a moment ago, counts as seen: whichever process took the first one.
        """
        ...

    async def note_status(self, job_id: str, message_id: str) -> bool:
        """Saves the status message of a job that nobody works on yet; False if somebody does."""
        ...

    async def claim_next(self, token: str, wanted: ClaimFilter | None = None) -> Job | None:
        """Claims the oldest free job that is the oldest open one of its place.

        A job is free if it has no claim, or if its claim has expired. A `READY` job waits for the others of its
        message, at most `Lease.ready` seconds, and does not hold them up. Others that come after another message, as
        those of an edited one do, are not waited for.
        """
        ...

    async def claim(self, job_id: str, token: str, wanted: ClaimFilter | None = None) -> Job | None:
        """Claims what has to be done first for this job: itself, or the oldest open one of its place. None if that one
        is not free, or if the job is over."""
        ...

    async def renew(self, worker: str) -> set[str]:
        """A heartbeat: renews all claims of a worker, and returns the tokens of those that are still good."""
        ...

    async def release(self, token: str) -> None:
        """Ends a claim, so that the job can be claimed again at once."""
        ...

    async def release_claims(self, place: Place | None = None) -> None:
        """Ends all claims. Called at the start, when no other process can have one."""
        ...

    async def job(self, job_id: str) -> Job | None: ...

    async def save(self, job: Job, token: str) -> None:
        """Saves a claimed job. In a final stage the job ends, with those it carries, and its place is free again; in
        stage `READY` it has no claim any more. Raises `LostClaim` if `token` is not its claim."""
        ...

    async def split_batch(self, job_ids: Iterable[str], token: str) -> None:
        """Takes `READY` jobs out of their batch: each is delivered by itself after the job that `token` claims."""
        ...

    async def cancel(self, job_id: str) -> Stage | None:
        """Marks an open job as cancelled, with those it carries, and returns the stage it was in; None if it was over
        already."""
        ...

    async def open_jobs(self, place: Place | None = None) -> list[Job]:
        """The jobs that are not over, oldest first; of one place or of all."""
        ...

    async def jobs_beside(self, job_id: str) -> list[Job]:
        """The other jobs of its message, in order, whatever became of them."""
        ...

    async def jobs(self, *, only_open: bool = False, platform: str | None = None, most: int = 50) -> list[Job]:
        """For the operator: the newest first."""
        ...

    async def ahead_of(self, job_id: str) -> Ahead:
        """What an open job waits for; zeros for one that is over."""
        ...

    async def prune(self, before: float) -> int:
        """Deletes jobs and pages that ended, messages that were seen and results that were kept before that time;
        returns how many rows."""
        ...


class PlaceStore(Protocol):
    """A place's project and kept results, the inbox, and the outbox."""

    async def project(self, place: Place) -> Project: ...

    async def update_project(self, place: Place, **changes: ProjectValue) -> Project:
        """Sets the named fields and leaves the others to whoever else writes at the same time."""
        ...

    async def newest_place(self, platform: str) -> Place | None: ...

    async def move_place(self, old: Place, new: Place) -> None:
        """The platform gave a chat another key: its jobs, project, kept results and unsent answers go along, and the
        adapter's values whose scope is the place's key."""
        ...

    async def keep_result(self, result: KeptResult) -> None:
        """Keeps a delivered result, so that it can be shared. A second time changes nothing."""
        ...

    async def kept_result(self, result_id: str) -> KeptResult | None: ...

    async def result_of_message(self, place: Place, message: str) -> KeptResult | None:
        """The newest result of which that message shows something."""
        ...

    async def kept_results(self, platform: str, sender: str, most: int = 20) -> list[KeptResult]:
        """A person's own results on a platform, the newest first."""
        ...

    async def publish(self, result: PublishedResult) -> PublishedResult:
        """Gives a result a page. If its job has published one before, that page now shows this one: what is returned
        has the slug that people already know."""
        ...

    async def published(self, slug: str) -> PublishedResult | None:
        """Also of pages that have ended, until they are pruned."""
        ...

    async def add_to_inbox(self, platform: str, item: str, body: str) -> None:
        """Saves something that came in and is not a request yet, so that the platform can be told that it arrived.
        Does nothing if it was removed from the inbox before."""
        ...

    async def inbox(self, platform: str, prefix: str) -> list[InboxEntry]:
        """The entries whose names begin so, in the order of their names, whichever process added them."""
        ...

    async def take_over_inbox(self, platform: str, before: float) -> list[str]:
        """The bodies of the entries that have been there since before that time. They belong to the caller now."""
        ...

    async def remove_from_inbox(self, platform: str, items: Iterable[str]) -> None:
        """These have become requests."""
        ...

    async def take_over_outbox(self, before: float, platforms: Collection[str]) -> list[OutboxEntry]:
        """The answers that have been waiting since before that time. They belong to the caller now."""
        ...

    async def remove_from_outbox(self, sent: Sequence[OutboxEntry]) -> None:
        """These answers have been sent."""
        ...


class KeyValues(Protocol):
    """What an adapter keeps for itself, as text: chosen settings, cursors, hashes. Only the adapter knows the keys.

    A scope is what the values belong to: an application, a server, a chat. The scope of one conversation is its
    place's key.
    """

    async def values(self, platform: str, scope: str) -> dict[str, str]:
        """All values of a scope by their keys; {} where there are none."""
        ...

    async def set_values(self, platform: str, scope: str, values: Mapping[str, str]) -> None:
        """Sets the named values and leaves the others; "" deletes one."""
        ...
