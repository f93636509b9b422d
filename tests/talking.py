"""A messenger that writes down what is said, when, and what was asked of it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from core.errors import MissingFile
from core.messages import Attachment, Limits, Mark, Outgoing, Place, Sent, Tone
from core.ports import Clock, SystemClock

PLATFORM = "test"
LIMITS = Limits(text=4096, caption=1024, download=None, upload=None, edit_every=1.0, local_links=True)
Kind = Literal["send", "edit", "buttons", "fetch", "typing", "mark"]


@dataclass(frozen=True, slots=True)
class Event:
    """One call, at the clock's time. `message_id` is what was returned or edited."""

    kind: Kind
    at: float
    place: Place | None = None
    message_id: str = ""
    message: Outgoing | None = None
    attachment: Attachment | None = None
    mark: Mark | None = None

    @property
    def text(self) -> str:
        return self.message.text if self.message else ""


class RecordingMessenger:
    """Implements `core.ports.Messenger`.

    `events` are the calls as they came, `shown` is what each message reads now. `files` are the contents that
    `fetch` hands out, by handle. `seconds` is how long a send or an edit takes on the clock. `fail` is asked
    at each call and may return the error that it is to end with.
    """

    def __init__(
        self,
        *,
        limits: Limits = LIMITS,
        clock: Clock | None = None,
        platform: str = PLATFORM,
        files: Mapping[str, bytes | Path] | None = None,
        seconds: float = 0,
    ) -> None:
        self._limits = limits
        self.platform = platform
        self.files = dict(files or {})
        self.seconds = seconds
        self.fail: Callable[[Event], BaseException | None] = lambda event: None
        self.events: list[Event] = []
        self.shown: dict[str, Outgoing] = {}
        self.most_at_once = 0
        self._clock = clock or SystemClock()
        self._ids = itertools.count(1)
        self._at_once = 0
        self._news = asyncio.Condition()

    # --- what was said

    @property
    def sent(self) -> list[Event]:
        return [event for event in self.events if event.kind == "send"]

    @property
    def edits(self) -> list[Event]:
        return [event for event in self.events if event.kind == "edit"]

    @property
    def spoken(self) -> list[Event]:
        """What was sent or edited in, in order."""
        return [event for event in self.events if event.message and event.kind != "buttons"]

    @property
    def fetched(self) -> list[Event]:
        return [event for event in self.events if event.kind == "fetch"]

    @property
    def texts(self) -> list[str]:
        """Every text that was sent or edited in, in order."""
        return [event.text for event in self.spoken]

    def said(self, tone: Tone) -> list[Outgoing]:
        """The messages of this tone that were sent, in order, as they were sent."""
        return [event.message for event in self.sent if event.message and event.message.tone is tone]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Returns when `condition` holds; looked at after each call that has ended."""
        async with self._news:
            await self._news.wait_for(condition)

    # --- the port

    def limits(self, place: Place) -> Limits:
        return self._limits

    async def send(self, place: Place, message: Outgoing) -> Sent:
        message_id = str(next(self._ids))
        await self._take(Event("send", self._clock.now(), place, message_id, message))
        self.shown[message_id] = message
        await self._tell()
        return Sent(message_id)

    async def edit(self, place: Place, message_id: str, message: Outgoing) -> None:
        assert self._limits.edit_every is not None, "edited where nothing can be edited"
        await self._take(Event("edit", self._clock.now(), place, message_id, message))
        self.shown[message_id] = message
        await self._tell()

    async def set_buttons(self, place: Place, message_id: str, message: Outgoing) -> None:
        assert self._limits.edit_every is not None, "edited where nothing can be edited"
        await self._take(Event("buttons", self._clock.now(), place, message_id, message))
        self.shown[message_id] = replace(self.shown[message_id], buttons=message.buttons)
        await self._tell()

    async def fetch(self, attachment: Attachment, to: Path) -> Path:
        event = Event("fetch", self._clock.now(), attachment=attachment)
        self.events.append(event)
        if error := self.fail(event):
            raise error
        content = self.files.get(attachment.handle)
        if content is None:
            raise MissingFile(name=attachment.name)
        if isinstance(content, Path):
            return content
        await asyncio.to_thread(to.write_bytes, content)
        return to

    async def link(self, attachment: Attachment) -> str:
        """Files lie on this disk."""
        return ""

    async def typing(self, place: Place) -> None:
        event = Event("typing", self._clock.now(), place)
        self.events.append(event)
        if error := self.fail(event):
            raise error

    async def mark(self, place: Place, message_id: str, mark: Mark) -> None:
        self.events.append(Event("mark", self._clock.now(), place, message_id, mark=mark))

    async def _take(self, event: Event) -> None:
        self.events.append(event)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            if self.seconds:
                await self._clock.sleep(self.seconds)
            if error := self.fail(event):
                raise error
        finally:
            self._at_once -= 1

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()
