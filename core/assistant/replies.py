"""Answers that need no job: saved in the outbox with the message, sent in the background, then removed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from core.aio import Background
from core.assistant.asked import Asked
from core.chat.sending import speak
from core.errors import ChatGone, PlatformDown, UserError
from core.job import Job, ProjectValue
from core.language.catalogue import explain
from core.messages import Button, Outgoing, Tone
from core.ports import Clock, Messenger, Store
from core.records import AdmissionResult, Inquiry, OutboxEntry
from core.store import StorageTrouble

log = logging.getLogger(__name__)
Ids = tuple[str, ...]  # of the jobs that a message became; none where it was answered at once

# An answer that is in the outbox for that long is of a process that died. While the backend is away, finding out what
# to say takes minutes.
OVERDUE_SECONDS = 300.0
TAKE_OVER_EVERY_SECONDS = 30.0
SETTLE_SECONDS = 0.3
LAST_WORDS_SECONDS = 2.0


class Replies:
    """Answers that need no job. A message that was seen before is answered by nothing.

    `look_up` finds out what an inquiry asks for.
    """

    def __init__(
        self,
        store: Store,
        messengers: Mapping[str, Messenger],
        clock: Clock,
        look_up: Callable[[OutboxEntry, Inquiry], Awaitable[str]],
    ) -> None:
        self._store = store
        self._messengers = messengers
        self._clock = clock
        self._look_up = look_up
        self._saying = Background()
        self._in_hand: set[tuple[str, str]] = set()  # platform and message
        self._given: list[OutboxEntry] = []
        self._settling: asyncio.Task[None] | None = None

    async def say(
        self,
        asked: Asked,
        text: str,
        /,
        buttons: Sequence[Button] = (),
        jobs: Sequence[Job] = (),
        **changes: ProjectValue,
    ) -> Ids:
        """Says `text`, makes the changes to the project that it speaks of, and saves the jobs beside it."""
        entry = _entry(asked, text=text, buttons=tuple(buttons))
        if await self._store.admit(asked.incoming, jobs, answer=entry, changes=changes) is not AdmissionResult.SAVED:
            return ()
        self._begin(entry)
        return tuple(job.id for job in jobs)

    async def refuse(self, asked: Asked, error: UserError, jobs: Sequence[Job] = ()) -> Ids:
        """Says why something is not done, and saves the jobs beside it."""
        entry = _entry(asked, text=explain(asked.language, error), tone=Tone.ERROR)
        if await self._store.admit(asked.incoming, jobs, answer=entry) is not AdmissionResult.SAVED:
            return ()
        self._begin(entry)
        return tuple(job.id for job in jobs)

    def apologise(self, asked: Asked, error: UserError) -> Ids:
        """For a message that the store has taken note of without its jobs."""
        self._begin(_entry(asked, text=explain(asked.language, error), tone=Tone.ERROR))
        return ()

    async def find_out(self, asked: Asked, inquiry: Inquiry, jobs: Sequence[Job] = ()) -> Ids:
        """Says what there is to know when it is there, and saves the jobs beside it."""
        entry = _entry(asked, inquiry=inquiry)
        if await self._store.admit(asked.incoming, jobs, answer=entry) is not AdmissionResult.SAVED:
            return ()
        self._begin(entry)
        return tuple(job.id for job in jobs)

    async def take_over_for_ever(self) -> None:
        """Sends the answers of processes that died."""
        while True:
            try:
                now = self._clock.now()
                for entry in await self._store.take_over_outbox(now - OVERDUE_SECONDS, frozenset(self._messengers)):
                    self._begin(entry)
            except StorageTrouble as trouble:
                log.warning("the outbox could not be read: %s", trouble)
            await self._clock.sleep(TAKE_OVER_EVERY_SECONDS)

    async def quiet(self) -> None:
        """Returns when everything under way has been said."""
        await self._saying.quiet()
        await self._settle()

    async def put_down(self) -> None:
        """Gives what is being said a moment and notes what has been given; the rest stays in the outbox."""
        try:
            async with asyncio.timeout(LAST_WORDS_SECONDS):
                await self.quiet()
        except TimeoutError:
            log.info("ended before everything was answered")
        if self._settling is not None:
            self._settling.cancel()

    def _begin(self, entry: OutboxEntry) -> None:
        """Once: what takes its time, at a platform that has us wait, is overdue and not forgotten."""
        if _name(entry) not in self._in_hand:
            self._in_hand.add(_name(entry))
            self._saying.begin(self._answer(entry))

    async def _answer(self, entry: OutboxEntry) -> None:
        try:
            message = Outgoing(await self._words(entry), entry.tone, entry.buttons)
        except UserError as error:
            log.info("inquiry: %s (%s)", error.key, error.__cause__)
            message = Outgoing(explain(entry.language, error, asked=True), Tone.ERROR)
        except Exception:
            log.exception("inquiry: a mistake of ours")
            message = Outgoing(explain(entry.language, UserError()), Tone.ERROR)
        await self._send(entry, message)

    async def _words(self, entry: OutboxEntry) -> str:
        return await self._look_up(entry, entry.inquiry) if entry.inquiry else entry.text

    async def _send(self, entry: OutboxEntry, message: Outgoing) -> None:
        messenger = self._messengers[entry.place.platform]
        said = Outgoing(
            message.text, message.tone, message.buttons, reply_to=entry.reply_to, key=f"reply-{entry.message}"
        )
        try:
            await speak(messenger, entry.place, said)
        except PlatformDown:
            log.info("not answered yet: the platform is away")
            self._in_hand.discard(_name(entry))
            return  # it stays in the outbox: sent when it is overdue
        except ChatGone:
            log.info("not answered: the chat is gone")
        except Exception:
            log.exception("not answered")
        self._given.append(entry)
        if self._settling is None or self._settling.done():
            self._settling = asyncio.create_task(self._settle_soon())

    async def _settle_soon(self) -> None:
        """Answers given at about the same time are noted together: one commit and not one each."""
        await asyncio.sleep(SETTLE_SECONDS)
        await self._settle()

    async def _settle(self) -> None:
        given, self._given = self._given, []
        if not given:
            return
        try:
            await self._store.remove_from_outbox(given)
        except StorageTrouble as trouble:
            log.warning("answers could not be noted, so they may be given once more: %s", trouble)
        self._in_hand.difference_update(map(_name, given))


def _name(entry: OutboxEntry) -> tuple[str, str]:
    return entry.place.platform, entry.message


def _entry(asked: Asked, **what: Any) -> OutboxEntry:
    incoming = asked.incoming
    return OutboxEntry(incoming.id, incoming.place, asked.language, incoming.reply_to, **what)
