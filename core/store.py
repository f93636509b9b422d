"""What the core asks of a database, and what can be wrong with one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from core.errors import CutroomError
from core.job import Job, Project, Stage
from core.messages import Incoming, Place
from core.records import Accepted, Ahead, Held, KeptResult, Owed, Room


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
class Whose:
    """Which jobs may be claimed: of one place, of some platforms (None: any), and none of somebody of whom
    `per_person` are being worked on already."""

    place: Place | None = None
    platforms: frozenset[str] | None = None
    per_person: int = 1_000_000


class JobStore(Protocol):
    """Messages become jobs, and jobs are handed out, saved and ended."""

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


class PlaceStore(Protocol):
    """A place's project, results, what came in and is no request yet, and answers that are owed."""

    async def project(self, place: Place) -> Project: ...

    async def update_project(self, place: Place, **changes: str | tuple[str, ...]) -> Project:
        """Sets the named fields and leaves the others to whoever else writes at the same time."""
        ...

    async def newest_place(self, platform: str) -> Place | None: ...

    async def move_place(self, old: Place, new: Place) -> None:
        """The platform gave a chat another key: its jobs, project, results and unsent answers go along, and
        the values whose scope is the place's key."""
        ...

    async def keep_result(self, result: KeptResult) -> None:
        """Puts a delivered result on the shelf, from where it can be shared. Once more changes nothing."""
        ...

    async def kept_result(self, result_id: str) -> KeptResult | None: ...

    async def kept_results(self, platform: str, sender: str, most: int = 20) -> list[KeptResult]:
        """A person's own results on a platform, the newest first."""
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
