"""The one status message of a job: sent when the job is accepted, edited while it runs.

The latest text wins, one edit is in flight at a time, and the last one always arrives.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from core.errors import ChatGone, LostClaim, MayNotWrite, PlatformDown
from core.language.catalogue import say
from core.messages import Button, Outgoing, Place, Tone
from core.ports import Clock, Messenger

# Resolves to the id of the message, "" if it could not be sent.
FirstMessage = asyncio.Future[str]

# How long work waits for the first messages of other jobs.
OTHERS_SECONDS = 0.5
# How long a result waits for the buttons of the status message to go: longer than between two edits.
WITHDRAW_SECONDS = 5.0


class FirstMessages:
    """The first status messages that are being sent in this process; those of other processes are in the job's row."""

    def __init__(self) -> None:
        self._untaken: dict[str, FirstMessage] = {}
        self._on_their_way: set[FirstMessage] = set()

    def expect(self, job_id: str) -> FirstMessage:
        """Call it right after the job is accepted, with no await in between, so that no worker is quicker."""
        first_message = self._untaken[job_id] = asyncio.get_running_loop().create_future()
        self._on_their_way.add(first_message)
        first_message.add_done_callback(self._on_their_way.discard)
        return first_message

    def take(self, job_id: str) -> FirstMessage | None:
        """For the worker that goes on with the message; None if only the job's row can name it."""
        return self._untaken.pop(job_id, None)

    async def others_first(self) -> None:
        """If many requests come at once, all are answered before work on the first slows down the answer to the last.
        An answer that is slower than that delays work once, not again."""
        if self._on_their_way:
            _, slow = await asyncio.wait(self._on_their_way, timeout=OTHERS_SECONDS)
            self._on_their_way -= slow


log = logging.getLogger(__name__)


class StatusLine:
    """`async with StatusLine(...) as status`, then `status.show(...)` as often as you like.

    It goes on with `first_message`, which may still be on its way, or with the message `message_id`. Every `heartbeat`
    seconds it says that work goes on, and for how long. `on_sent` gets the id of the message, to be saved; `buttons`
    stay until the end. A status that cannot be sent is logged and never fails the job. Where the chat is closed nothing
    more is tried; `gone` says that nobody is left there to work for.
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
        first_message: asyncio.Future[str] | None = None,
        reply_to: str = "",
        on_sent: Callable[[str], Awaitable[None]] | None = None,
        buttons: tuple[Button, ...] = (),
    ) -> None:
        self._messenger = messenger
        self._place = place
        self._language = language
        self._clock = clock
        self._heartbeat = heartbeat
        self._message_id = message_id
        self._first_message = first_message
        self._on_sent = on_sent
        self._buttons = buttons
        self._wanted = Outgoing("", Tone.STATUS, buttons, reply_to=reply_to)
        self._step = ""
        self._added = ""
        self._waited = ""
        # The wall clock may be set back while we run; how old the job is by now only it can tell.
        self._born = clock.monotonic() - max(0.0, clock.now() - started)
        self._shown: tuple[str, tuple[Button, ...]] = ("", ())
        self._news = asyncio.Event()
        self._withdrawn = asyncio.Event()
        self._closing = False
        self._closed_to_us = False
        self.gone = False
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

    def show(self, step: str, progress: float | None = None) -> None:
        """Shows a new text. `progress` is the share of this step that is done, from 0 to 1."""
        self._step = step
        self._want(progress)

    def add(self, words: str) -> None:
        """Shows `words` under the present text and under those that follow, "" for no more of them."""
        self._added = words
        if self._step:
            self._want(self._wanted.progress)

    @property
    def elapsed(self) -> float:
        """Seconds since the job began."""
        return self._clock.monotonic() - self._born

    def withdraw_buttons(self) -> None:
        """From the next text on: what comes is not worth cancelling."""
        self._withdrawn.clear()
        self._wanted = replace(self._wanted, buttons=())

    def restore_buttons(self) -> None:
        """What comes is worth cancelling after all."""
        self._wanted = replace(self._wanted, buttons=self._buttons)

    async def withdrawn(self) -> None:
        """Waits a while until the message stands without buttons."""
        if not (self._shown[0] or self._message_id or self._first_message):
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(WITHDRAW_SECONDS):
                await self._withdrawn.wait()

    def close_with(self, words: str, buttons: tuple[Button, ...] = ()) -> None:
        """The last text, without Cancel and without the waiting time; none if the message was never sent."""
        if not (self._shown[0] or self._message_id or self._first_message):
            self._wanted = replace(self._wanted, text="")
            return
        self._added = self._waited = ""
        self._step = words
        self._wanted = replace(self._wanted, buttons=buttons)
        self._want(None)

    def _want(self, progress: float | None) -> None:
        text = "\n".join(line for line in (self._step, self._added, self._waited) if line)
        self._wanted = replace(self._wanted, text=text, progress=progress)
        self._news.set()

    async def _write(self) -> None:
        earliest = self._clock.monotonic()
        if self._first_message:
            await self._guarded(self._go_on_with(self._first_message))
            earliest = self._soonest()
        elif not self._message_id:
            await self._guarded(self._messenger.typing(self._place))  # until the first text is sent
        while True:
            await self._news.wait()
            self._news.clear()
            while self._is_news():
                # Also before the last text: a platform refuses edits that come too soon.
                await self._clock.sleep(max(0, earliest - self._clock.monotonic()))
                await self._put()
                earliest = self._soonest()
            if not self._wanted.buttons and not self._shown[1]:
                self._withdrawn.set()
            if self._closing:
                return

    def _soonest(self) -> float:
        """When the next edit is allowed."""
        return self._clock.monotonic() + (self._messenger.limits(self._place).edit_every or 0)

    async def _go_on_with(self, first_message: asyncio.Future[str]) -> None:
        noted, self._message_id = self._message_id, await first_message
        if self._message_id and self._message_id != noted and self._on_sent:
            await self._on_sent(self._message_id)

    def _is_news(self) -> bool:
        if self._closed_to_us or not self._wanted.text:
            return False
        return (self._wanted.text, self._wanted.buttons) != self._shown

    async def _put(self) -> None:
        wanted = self._wanted
        self._shown = (wanted.text, wanted.buttons)
        await self._guarded(self._send_or_edit(wanted))

    async def _guarded(self, saying: Coroutine[Any, Any, object]) -> None:
        try:
            await saying
        except ChatGone as error:
            self._closed_to_us = True
            self.gone = not isinstance(error, MayNotWrite)
            log.info("status not shown any more: %s", type(error).__name__)
        except PlatformDown:
            log.info("status not shown: the platform is away")
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
        done = int(self.elapsed / self._heartbeat)
        for beat in itertools.count(done + 1):
            due = beat * self._heartbeat
            await self._clock.sleep(max(0, due - self.elapsed))
            self._waited = say(self._language, "still-working", elapsed=clock_face(due))
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
