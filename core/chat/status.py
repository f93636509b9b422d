"""The one status message of a job: said when it is accepted, edited while it is worked on.

The latest words win, one edit is in flight, and the last one always arrives.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from core.errors import ChatGone, LostClaim, PlatformDown
from core.language.catalogue import say
from core.messages import Button, Outgoing, Place, Tone
from core.ports import Clock, Messenger

# The id of the message once it stands, "" where it could not be said.
Opening = asyncio.Future[str]

# As long as the work for a rush waits for all of it to be answered.
OTHERS_SECONDS = 0.5


class Openings:
    """Of one process: words that were said in another one are found in the job's row, or not at all."""

    def __init__(self) -> None:
        self._untaken: dict[str, Opening] = {}
        self._on_their_way: set[Opening] = set()

    def expect(self, job_id: str) -> Opening:
        """Called with no step between it and the job's acceptance, so that no worker is quicker."""
        opening = self._untaken[job_id] = asyncio.get_running_loop().create_future()
        self._on_their_way.add(opening)
        opening.add_done_callback(self._on_their_way.discard)
        return opening

    def take(self, job_id: str) -> Opening | None:
        """For the one who goes on with them; None where there are none, or only the job's row has them."""
        return self._untaken.pop(job_id, None)

    async def others_first(self) -> None:
        """Where many come in the same moment, all are answered before the work for the first of them slows down the
        answer to the last. An answer that takes longer than that holds up the work once, and not again."""
        if self._on_their_way:
            _, slow = await asyncio.wait(self._on_their_way, timeout=OTHERS_SECONDS)
            self._on_their_way -= slow


log = logging.getLogger(__name__)


class StatusLine:
    """`async with StatusLine(...) as status`, then `status.show(...)` as often as you like.

    `opening` are first words that are on their way already: they are gone on with, as are those of `message_id`. Every
    `heartbeat` seconds it says that work goes on and for how long. A status that cannot be sent is
    logged and never costs the job.
    """

    def __init__(
        self,
        messenger: Messenger,
        place: Place,
        language: str,
        clock: Clock,
        *,
        heartbeat: float,
        started: float,
        message_id: str = "",
        opening: asyncio.Future[str] | None = None,
        reply_to: str = "",
    ) -> None:
        self._messenger = messenger
        self._place = place
        self._language = language
        self._clock = clock
        self._heartbeat = heartbeat
        self._started = started
        self._message_id = message_id
        self._opening = opening
        self._on_sent: Callable[[str], Awaitable[None]] | None = None
        self._wanted = Outgoing("", Tone.STATUS, reply_to=reply_to)
        self._step = ""
        self._waited = ""
        self._shown: tuple[str, tuple[Button, ...]] = ("", ())
        self._news = asyncio.Event()
        self._closing = False
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(self._write()), asyncio.create_task(self._beat())]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        writer, beat = self._tasks
        beat.cancel()
        self._closing = True
        self._news.set()
        # The writer ends by itself after what is in flight, so that an old edit cannot overtake the last one.
        await asyncio.wait([writer, beat])

    def attend(self, on_sent: Callable[[str], Awaitable[None]], buttons: tuple[Button, ...]) -> None:
        """`on_sent` is told the id of the message, for whoever continues it later; `buttons` stand until the end."""
        self._on_sent = on_sent
        self._wanted = replace(self._wanted, buttons=buttons)

    def show(self, step: str, progress: float | None = None) -> None:
        """Puts new words. `progress` is the share from 0 to 1 of this step; the words may name it too."""
        self._step = step
        self._want(progress)

    def close_with(self, words: str, buttons: tuple[Button, ...] = ()) -> None:
        """The last words of the message, without Cancel and without the waiting time; none if it never came up."""
        if not (self._shown[0] or self._message_id or self._opening):
            self._wanted = replace(self._wanted, text="")
            return
        self._waited = ""
        self._step = words
        self._wanted = replace(self._wanted, buttons=buttons)
        self._want(None)

    def _want(self, progress: float | None) -> None:
        text = "\n".join(line for line in (self._step, self._waited) if line)
        self._wanted = replace(self._wanted, text=text, progress=progress)
        self._news.set()

    async def _write(self) -> None:
        earliest = 0.0
        if self._opening:
            await self._guarded(self._go_on_with(self._opening))
            earliest = self._soonest()
        elif not self._message_id:
            await self._guarded(self._messenger.typing(self._place))  # until the first words come
        while True:
            await self._news.wait()
            self._news.clear()
            while self._is_news():
                # Also before the last words: a platform that is hurried refuses them.
                await self._clock.sleep(max(0, earliest - self._clock.now()))
                await self._put()
                earliest = self._soonest()
            if self._closing:
                return

    def _soonest(self) -> float:
        """When it may be changed again."""
        return self._clock.now() + (self._messenger.limits(self._place).edit_every or 0)

    async def _go_on_with(self, opening: asyncio.Future[str]) -> None:
        noted, self._message_id = self._message_id, await opening
        if self._message_id and self._message_id != noted and self._on_sent:
            await self._on_sent(self._message_id)

    def _is_news(self) -> bool:
        return bool(self._wanted.text) and (self._wanted.text, self._wanted.buttons) != self._shown

    async def _put(self) -> None:
        wanted = self._wanted
        self._shown = (wanted.text, wanted.buttons)
        await self._guarded(self._send_or_edit(wanted))

    async def _guarded(self, saying: Coroutine[Any, Any, object]) -> None:
        try:
            await saying
        except (ChatGone, PlatformDown) as error:
            log.info("status not shown: %s", type(error).__name__)
        except LostClaim:
            log.info("the status message's id came too late to be saved")
        except Exception:
            log.warning("status not shown", exc_info=True)

    async def _send_or_edit(self, wanted: Outgoing) -> None:
        if not self._message_id:
            self._message_id = (await self._messenger.send(self._place, wanted)).id
            if self._on_sent:
                await self._on_sent(self._message_id)
        elif self._messenger.limits(self._place).edit_every is not None:
            await self._messenger.edit(self._place, self._message_id, wanted)

    async def _beat(self) -> None:
        done = int((self._clock.now() - self._started) / self._heartbeat)
        for beat in itertools.count(done + 1):
            due = self._started + beat * self._heartbeat
            await self._clock.sleep(max(0, due - self._clock.now()))
            self._waited = say(self._language, "still-working", elapsed=clock_face(due - self._started))
            if self._messenger.limits(self._place).edit_every is None:
                message = Outgoing(self._waited, Tone.STATUS)
                await self._guarded(self._messenger.send(self._place, message))
            else:
                self._want(self._wanted.progress)


def clock_face(seconds: float) -> str:
    """A length of time as people write it: 0:07, 2:00, 1:02:03."""
    whole = max(0, round(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
