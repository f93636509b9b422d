"""A message's jobs are saved with it and begun, or it is said why they are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.acceptance import Accepted, Room
from core.assistant.replies import Ids, Replies
from core.assistant.waiting_line import Reception
from core.errors import EditTooLate, UserError, WaitingRoomFull, YourShareIsFull
from core.job import Job
from core.messages import Incoming
from core.ports import Engine, Store


@dataclass(frozen=True, slots=True)
class Starting:
    """`room` is how many jobs may be open."""

    store: Store
    engine: Engine
    replies: Replies
    reception: Reception
    room: Room

    async def start(self, incoming: Incoming, jobs: Sequence[Job], **changes: str) -> Ids:
        """Returns the ids of the jobs that were begun. `changes` are what it changes of its place's project."""
        replaced = await self.reception.waiting_of(incoming.place, incoming.replaces)
        match await self.store.accept(incoming, jobs, self.room, changes=changes):
            case Accepted.SAVED:
                self.reception.dismiss(replaced, "status-replaced")
                self.reception.welcome(incoming, jobs)  # before whoever works on it comes between
                self.engine.wake()
                return tuple(job.id for job in jobs)
            case Accepted.SEEN:
                return ()
            case Accepted.TOO_LATE:
                error: UserError = EditTooLate()
            case Accepted.FULL:
                error = WaitingRoomFull()
            case Accepted.FULL_FOR_YOU:
                error = YourShareIsFull(count=self.room.per_person)
        return self.replies.apologise(incoming, jobs[0].language, error)
