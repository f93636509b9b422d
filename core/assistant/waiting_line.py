"""What a person sees of a request before it is worked on: that it was seen, and where it stands in the line."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from typing import Any

from core.aio import Background
from core.attachments import refusal_of
from core.chat.buttons import PressCancel, write_press
from core.chat.status import Opening, Openings, clock_face
from core.errors import CutroomError
from core.job import Job, Stage
from core.language.catalogue import say
from core.messages import Button, Incoming, Mark, Outgoing, Place, Sent, Tone
from core.ports import Clock, Messenger, Store

log = logging.getLogger(__name__)
REFRESH_SECONDS = 5.0
# Whoever stands further back is not told of every step.
SHOWN = 30


class Reception:
    """`slots` is how many jobs are worked on side by side. Nothing here ever costs a job.

    With `openings` every job is announced, for those who work on it in this process to go on with; without, only one
    that has to wait, for its status message is then somebody else's.
    """

    def __init__(
        self,
        store: Store,
        messengers: Mapping[str, Messenger],
        clock: Clock,
        slots: int,
        openings: Openings | None = None,
    ) -> None:
        self._store = store
        self._messengers = messengers
        self._clock = clock
        self._slots = slots
        self._openings = openings
        self._showing = Background()
        self._shown: dict[str, int] = {}
        self._refreshing = False

    def welcome(self, incoming: Incoming, jobs: Sequence[Job]) -> None:
        """Says at once that its first job was taken, or where that stands in the line, and marks the message then."""
        words, mark = self._first_words(jobs[0]), self._mark(incoming.place, incoming.reply_to)
        self._later(self._in_turn(words, mark) if words else mark)

    async def waiting_of(self, place: Place, message: str) -> list[str]:
        """The jobs that a message became and that are not over."""
        jobs = await self._store.open_jobs(place) if message else []
        return [job.id for job in jobs if job.message == message]

    def dismiss(self, job_ids: Iterable[str], key: str) -> None:
        """The status messages of jobs that were taken back before anybody worked on them say by `key` what became of
        them."""
        for job_id in job_ids:
            self._later(self._dismiss(job_id, key))

    def line_moved(self) -> None:
        """A job is over: those who wait are told their new places, not more often than every few seconds."""
        if not self._refreshing and self._shown:
            self._refreshing = True
            self._later(self._refresh())

    async def keep_the_line(self, *, inherit: bool) -> None:
        """Never returns. Nobody tells us of jobs that end in another process, so the line is looked at by itself.
        `inherit` goes on with those whom an earlier process has told their places."""
        if inherit:
            await self._guarded(self._inherit())
        while True:
            self.line_moved()
            await self._clock.sleep(REFRESH_SECONDS)

    async def _inherit(self) -> None:
        self._shown.update({job.id: 0 for job, _ in self._in_line(await self._store.open_jobs())})

    async def quiet(self) -> None:
        await self._showing.quiet()

    def _first_words(self, job: Job) -> Coroutine[Any, Any, None] | None:
        if self._openings is None:
            return self._announce_waiting(job)
        if self._is_refused(job):
            return None
        return self._open(job, self._openings, self._openings.expect(job.id))

    async def _in_turn(self, *doing: Coroutine[Any, Any, None]) -> None:
        """One after the other: under a rush the first words to all come before the first sign."""
        for each in doing:
            await self._guarded(each)

    async def _mark(self, place: Place, message_id: str) -> None:
        if message_id:
            await self._messengers[place.platform].mark(place, message_id, Mark.SEEN)

    def _is_refused(self, job: Job) -> bool:
        """What cannot be used is answered with that alone."""
        download = self._messengers[job.place.platform].limits(job.place).download
        return any(refusal_of(attachment, download) for attachment in job.attachments)

    async def _open(self, job: Job, openings: Openings, opening: Opening) -> None:
        message_id, waits = "", False
        try:
            number = await self._standing(job)
            message_id = (await self._send(job, self._words(job, number))).id
            waits = await self._note(job, message_id, number) and number > 0
        finally:
            if not opening.done():  # given up by a worker that was stopped
                opening.set_result(message_id)
            if waits or not message_id:  # when its turn comes, its row is enough
                openings.take(job.id)

    async def _dismiss(self, job_id: str, key: str) -> None:
        job = await self._store.job(job_id)
        if job is None or job.stage is not Stage.CANCELLED:
            return
        opening = self._openings.take(job_id) if self._openings else None
        message_id = await opening if opening else job.status_message
        if message_id:
            text = say(job.language, key, elapsed=clock_face(self._clock.now() - job.created))
            await self._edit(job, message_id, Outgoing(text, Tone.STATUS))

    async def _announce_waiting(self, job: Job) -> None:
        number = await self._standing(job)
        if number > 0:
            message_id = (await self._send(job, self._words(job, number))).id
            if not await self._note(job, message_id, number):
                await self._take_back(job, message_id)

    async def _standing(self, job: Job) -> int:
        ahead = await self._store.ahead_of(job.id)
        return self._number(ahead.in_place, ahead.in_all)

    async def _note(self, job: Job, message_id: str, number: int) -> bool:
        """False where somebody works on it already."""
        if not await self._store.note_status(job.id, message_id):
            return False
        if number > 0:
            self._shown[job.id] = number
        return True

    async def _take_back(self, job: Job, message_id: str) -> None:
        """Its turn came in this moment, and its status message is another one."""
        await self._edit(job, message_id, Outgoing(say(job.language, "your-turn"), Tone.STATUS))

    async def _send(self, job: Job, message: Outgoing) -> Sent:
        return await self._messengers[job.place.platform].send(job.place, message)

    async def _refresh(self) -> None:
        await self._clock.sleep(REFRESH_SECONDS)
        self._refreshing = False
        waiting = list(self._in_line(await self._store.open_jobs()))
        self._shown = {job.id: self._shown.get(job.id, 0) for job, _ in waiting}
        for job, number in waiting[:SHOWN]:
            if self._shown[job.id] != number:
                self._shown[job.id] = number
                await self._edit(job, job.status_message, self._words(job, number))

    def _in_line(self, jobs: Iterable[Job]) -> Iterable[tuple[Job, int]]:
        before: Counter[Place] = Counter()
        for all_before, job in enumerate(jobs):
            number = self._number(before[job.place], all_before)
            before[job.place] += 1
            here = job.place.platform in self._messengers
            if number > 0 and here and job.status_message and job.stage is Stage.ACCEPTED:
                yield job, number

    def _number(self, in_place: int, in_all: int) -> int:
        """How many have to be done with before it begins; 0 or less where it begins at once."""
        return max(in_place, in_all - self._slots + 1)

    def _words(self, job: Job, number: int) -> Outgoing:
        cancel = Button(say(job.language, "button-cancel"), write_press(PressCancel(job.id)))
        text = say(job.language, "in-line", number=number) if number > 0 else say(job.language, "taken")
        return Outgoing(text, Tone.STATUS, (cancel,), reply_to=job.reply_to, key=f"{job.id}-line")

    async def _edit(self, job: Job, message_id: str, message: Outgoing) -> None:
        messenger = self._messengers[job.place.platform]
        if messenger.limits(job.place).edit_every is not None:
            await messenger.edit(job.place, message_id, message)

    def _later(self, doing: Coroutine[Any, Any, None]) -> None:
        self._showing.begin(self._guarded(doing))

    async def _guarded(self, doing: Coroutine[Any, Any, None]) -> None:
        try:
            await doing
        except CutroomError as error:
            log.info("not shown: %s", type(error).__name__)
        except Exception:
            log.warning("not shown", exc_info=True)
