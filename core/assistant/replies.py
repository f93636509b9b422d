"""What is said at once, without a job: saved as owed with the message, said in the background, then settled."""

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
from core.records import Accepted, Inquiry, Owed
from core.store import StorageTrouble

log = logging.getLogger(__name__)
Ids = tuple[str, ...]  # of the jobs that a message became; none where it was answered at once

# What is owed for that long is owed by a process that is gone.
OVERDUE_SECONDS = 60.0
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
        look_up: Callable[[Owed, Inquiry], Awaitable[str]],
    ) -> None:
        self._store = store
        self._messengers = messengers
        self._clock = clock
        self._look_up = look_up
        self._saying = Background()
        self._in_hand: set[tuple[str, str]] = set()  # platform and message
        self._given: list[Owed] = []
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
        owed = _owed(asked, text=text, buttons=tuple(buttons))
        if await self._store.accept(asked.incoming, jobs, owed=owed, changes=changes) is not Accepted.SAVED:
            return ()
        self._begin(owed)
        return tuple(job.id for job in jobs)

    async def refuse(self, asked: Asked, error: UserError) -> Ids:
        owed = _owed(asked, text=explain(asked.language, error), tone=Tone.ERROR)
        if await self._store.accept(asked.incoming, [], owed=owed) is Accepted.SAVED:
            self._begin(owed)
        return ()

    def apologise(self, asked: Asked, error: UserError) -> Ids:
        """For a message that the store has taken note of without its jobs."""
        self._begin(_owed(asked, text=explain(asked.language, error), tone=Tone.ERROR))
        return ()

    async def find_out(self, asked: Asked, inquiry: Inquiry, jobs: Sequence[Job] = ()) -> Ids:
        """Says what there is to know when it is there, and saves the jobs beside it."""
        owed = _owed(asked, inquiry=inquiry)
        if await self._store.accept(asked.incoming, jobs, owed=owed) is not Accepted.SAVED:
            return ()
        self._begin(owed)
        return tuple(job.id for job in jobs)

    async def take_over_for_ever(self) -> None:
        """Says what a process that is gone still owes."""
        while True:
            try:
                now = self._clock.now()
                for owed in await self._store.take_over_owed(now - OVERDUE_SECONDS, frozenset(self._messengers)):
                    self._begin(owed)
            except StorageTrouble as trouble:
                log.warning("what is owed could not be read: %s", trouble)
            await self._clock.sleep(TAKE_OVER_EVERY_SECONDS)

    async def quiet(self) -> None:
        """Returns when everything under way has been said."""
        await self._saying.quiet()
        await self._settle()

    async def put_down(self) -> None:
        """Gives what is being said a moment and notes what has been given; the rest stays owed."""
        try:
            async with asyncio.timeout(LAST_WORDS_SECONDS):
                await self.quiet()
        except TimeoutError:
            log.info("ended before everything was answered")
        if self._settling is not None:
            self._settling.cancel()

    def _begin(self, owed: Owed) -> None:
        """Once: what takes its time, at a platform that has us wait, is overdue and not forgotten."""
        if _name(owed) not in self._in_hand:
            self._in_hand.add(_name(owed))
            self._saying.begin(self._answer(owed))

    async def _answer(self, owed: Owed) -> None:
        try:
            message = Outgoing(await self._words(owed), owed.tone, owed.buttons)
        except UserError as error:
            log.info("inquiry: %s (%s)", error.key, error.__cause__)
            message = Outgoing(explain(owed.language, error), Tone.ERROR)
        except Exception:
            log.exception("inquiry: a mistake of ours")
            message = Outgoing(explain(owed.language, UserError()), Tone.ERROR)
        await self._send(owed, message)

    async def _words(self, owed: Owed) -> str:
        return await self._look_up(owed, owed.inquiry) if owed.inquiry else owed.text

    async def _send(self, owed: Owed, message: Outgoing) -> None:
        messenger = self._messengers[owed.place.platform]
        said = Outgoing(
            message.text, message.tone, message.buttons, reply_to=owed.reply_to, key=f"reply-{owed.message}"
        )
        try:
            await speak(messenger, owed.place, said)
        except PlatformDown:
            log.info("not answered yet: the platform is away")
            self._in_hand.discard(_name(owed))
            return  # still owed: said when it is overdue
        except ChatGone:
            log.info("not answered: the chat is gone")
        except Exception:
            log.exception("not answered")
        self._given.append(owed)
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
            await self._store.settle(given)
        except StorageTrouble as trouble:
            log.warning("answers could not be noted, so they may be given once more: %s", trouble)
        self._in_hand.difference_update(map(_name, given))


def _name(owed: Owed) -> tuple[str, str]:
    return owed.place.platform, owed.message


def _owed(asked: Asked, **what: Any) -> Owed:
    incoming = asked.incoming
    return Owed(incoming.id, incoming.place, asked.language, incoming.reply_to, **what)
