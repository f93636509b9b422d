"""What a user sees of a request before a worker takes it: that it was received, and its number in the waiting line."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from typing import Any

from core.aio import Background
from core.attachments import refusal_of
from core.chat.buttons import PressCancel, write_press
from core.chat.status import FirstMessage, FirstMessages, clock_face
from core.errors import CutroomError
from core.job import Job, Stage
from core.language.catalogue import say
from core.messages import Button, Incoming, Mark, Outgoing, Place, Sent, Tone
from core.ports import Clock, Messenger, Store

log = logging.getLogger(__name__)
REFRESH_SECONDS = 5.0
# Jobs further back are not shown every step.
SHOWN = 30


class WaitingLine:
    """`slots` is how many jobs run side by side. A failure here never fails a job.

    With `first_messages`, the workers are in this process: every job is announced, and its worker goes on with that
    message. Without, only jobs that have to wait are announced; the worker elsewhere sends a status message of its own.
    """

    def __init__(
        self,
        store: Store,
        messengers: Mapping[str, Messenger],
        clock: Clock,
        slots: int,
        first_messages: FirstMessages | None = None,
    ) -> None:
        self._store = store
        self._messengers = messengers
        self._clock = clock
        self._slots = slots
        self._first_messages = first_messages
        self._showing = Background()
        self._shown: dict[str, int] = {}
        self._refreshing = False

    def announce(self, incoming: Incoming, jobs: Sequence[Job]) -> None:
        """Says that the first of the jobs was taken, or its number in the line, then marks the message as seen."""
        words, mark = self._first_words(jobs[0]), self._mark(incoming.place, incoming.reply_to)
        self._later(self._in_turn(words, mark) if words else mark)

    async def waiting_of(self, place: Place, message: str) -> list[str]:
        """The open jobs that a message became."""
        jobs = await self._store.open_jobs(place) if message else []
        return [job.id for job in jobs if job.message == message]

    def dismiss(self, job_ids: Iterable[str], key: str) -> None:
        """Edits the status messages of jobs that were cancelled before a worker took them; `key` names the sentence."""
        for job_id in job_ids:
            self._later(self._dismiss(job_id, key))

    def moved(self) -> None:
        """A job is over: waiting jobs are shown their new numbers, at most once every few seconds."""
        if not self._refreshing and self._shown:
            self._refreshing = True
            self._later(self._refresh())

    async def keep_up_to_date(self, *, inherit: bool) -> None:
        """Never returns. Jobs also end in other processes, which do not tell us, so the line is read regularly.
        `inherit` goes on with the messages that an earlier process sent."""
        if inherit:
            await self._guarded(self._inherit())
        while True:
            self.moved()
            await self._clock.sleep(REFRESH_SECONDS)

    async def _inherit(self) -> None:
        self._shown.update({job.id: 0 for job, _ in self._in_line(await self._store.open_jobs())})

    async def quiet(self) -> None:
        await self._showing.quiet()

    def _first_words(self, job: Job) -> Coroutine[Any, Any, None] | None:
        if self._first_messages is None:
            return self._announce_waiting(job)
        if self._is_refused(job):
            return None
        return self._open(job, self._first_messages, self._first_messages.expect(job.id))

    async def _in_turn(self, *doing: Coroutine[Any, Any, None]) -> None:
        """One after the other: under load, everybody gets the first words before anybody gets the mark."""
        for each in doing:
            await self._guarded(each)

    async def _mark(self, place: Place, message_id: str) -> None:
        if message_id:
            await self._messengers[place.platform].mark(place, message_id, Mark.SEEN)

    def _is_refused(self, job: Job) -> bool:
        """The refusal of a file that cannot be used is the only answer."""
        download = self._messengers[job.place.platform].limits(job.place).download
        return any(refusal_of(attachment, download) for attachment in job.attachments)

    async def _open(self, job: Job, first_messages: FirstMessages, first_message: FirstMessage) -> None:
        message_id, waits = "", False
        try:
            number = await self._standing(job)
            message_id = (await self._send(job, self._words(job, number))).id
            waits = await self._note(job, message_id, number) and number > 0
        finally:
            if not first_message.done():  # abandoned by a worker that was stopped
                first_message.set_result(message_id)
            if waits or not message_id:  # its worker finds the message in the row
                first_messages.take(job.id)

    async def _dismiss(self, job_id: str, key: str) -> None:
        job = await self._store.job(job_id)
        if job is None or job.stage is not Stage.CANCELLED:
            return
        first_message = self._first_messages.take(job_id) if self._first_messages else None
        message_id = await first_message if first_message else job.status_message
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
        """False if a worker has the job already."""
        if not await self._store.note_status(job.id, message_id):
            return False
        if number > 0:
            self._shown[job.id] = number
        return True

    async def _take_back(self, job: Job, message_id: str) -> None:
        """A worker took the job in the meantime and has sent a status message of its own."""
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
        """How many jobs have to end before it begins; 0 or less if it begins at once."""
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
