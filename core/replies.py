"""What is said at once, without a job: saved as answered first, said in the background."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.acceptance import Accepted
from core.errors import ChatGone, UserError
from core.job import Job
from core.messages import Button, Incoming, Outgoing, Tone
from core.ports import Messenger, Store
from core.speaking import speak
from core.words import explain

log = logging.getLogger(__name__)
Ids = tuple[str, ...]  # of the jobs that a message became; none where it was answered at once


class Replies:
    """Answers that need no job. A message that was seen before is answered by nothing."""

    def __init__(self, store: Store, messengers: Mapping[str, Messenger]) -> None:
        self._store = store
        self._messengers = messengers
        self._under_way: set[asyncio.Task[None]] = set()

    async def say(
        self,
        incoming: Incoming,
        text: str,
        buttons: Sequence[Button] = (),
        jobs: Sequence[Job] = (),
        **changes: str | tuple[str, ...],
    ) -> Ids:
        """Says `text`, makes the changes to the project that it speaks of, and saves the jobs beside it."""
        if await self._store.accept(incoming, jobs) is not Accepted.SAVED:
            return ()
        if changes:
            await self._store.update_project(incoming.place, **changes)
        self._later(self._send(incoming, Outgoing(text, buttons=tuple(buttons))))
        return tuple(job.id for job in jobs)

    async def refuse(self, incoming: Incoming, language: str, error: UserError) -> Ids:
        if await self._store.accept(incoming, []) is Accepted.SAVED:
            self._later(self._send(incoming, Outgoing(explain(language, error), Tone.ERROR)))
        return ()

    async def find_out(
        self, incoming: Incoming, language: str, words: Coroutine[Any, Any, str], jobs: Sequence[Job] = ()
    ) -> Ids:
        """Says `words` when they are there, and saves the jobs beside it."""
        if await self._store.accept(incoming, jobs) is not Accepted.SAVED:
            words.close()
            return ()
        self._later(self._tell(incoming, language, words))
        return tuple(job.id for job in jobs)

    async def quiet(self) -> None:
        """Returns when everything under way has been said."""
        while self._under_way:
            await asyncio.wait(set(self._under_way))

    async def _tell(self, incoming: Incoming, language: str, words: Awaitable[str]) -> None:
        try:
            message = Outgoing(await words)
        except UserError as error:
            log.info("inquiry: %s (%s)", error.key, error.__cause__)
            message = Outgoing(explain(language, error), Tone.ERROR)
        except Exception:
            log.exception("inquiry: a mistake of ours")
            message = Outgoing(explain(language, UserError()), Tone.ERROR)
        await self._send(incoming, message)

    async def _send(self, incoming: Incoming, message: Outgoing) -> None:
        messenger = self._messengers[incoming.place.platform]
        try:
            await speak(messenger, incoming.place, replace(message, reply_to=incoming.reply_to))
        except ChatGone:
            log.info("not answered: the chat is gone")
        except Exception:
            log.exception("not answered")

    def _later(self, saying: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(saying)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
