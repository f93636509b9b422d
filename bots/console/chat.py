"""A conversation in the terminal, in turns, through the same entry point as on every platform."""

from __future__ import annotations

import asyncio
import signal
import uuid
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bots.console.attachments import attach
from bots.console.messenger import ConsoleMessenger
from bots.console.screen import Screen
from core.assistant.assistant import Assistant
from core.errors import UserError
from core.job import Stage
from core.language.catalogue import explain
from core.messages import Attachment, Incoming, Place
from core.ports import Engine, Store

PERSON = "you"


class Rooms(Protocol):
    """What a conversation needs of the house it takes place in."""

    @property
    def assistant(self) -> Assistant: ...
    @property
    def engine(self) -> Engine: ...
    @property
    def store(self) -> Store: ...


@dataclass(slots=True)
class Conversation:
    """`fulfilled` is whether every request so far ended as its person wanted. `asked` are the open questions: a request
    that waits for an answer is fulfilled with that."""

    rooms: Rooms
    place: Place
    messenger: ConsoleMessenger
    screen: Screen
    language: str
    fulfilled: bool = True
    asked: set[str] = field(default_factory=set)

    async def say(self, text: str, files: Sequence[Path] = ()) -> None:
        """Says something, with files, and returns when everything about it has been said."""
        self.screen.said(PERSON, " ".join([*(f"[{path.name}]" for path in files), text]).strip())
        try:
            attachments = tuple(attach(path) for path in files)
        except UserError as error:
            await self._refuse(error)
            return
        await self._hand_over(text=text, attachments=attachments)

    async def press(self, number: int) -> None:
        """Presses the button that stands as `number` under the last message."""
        chosen = self.messenger.buttons[number - 1]
        self.screen.said(PERSON, f"[{chosen.label}]")
        await self._hand_over(action=chosen.action)

    async def cancel(self) -> None:
        await self._hand_over(text="cancel")

    async def _refuse(self, error: UserError) -> None:
        self.fulfilled = False
        self.screen.error(explain(self.language, error))

    async def _hand_over(self, text: str = "", attachments: tuple[Attachment, ...] = (), action: str = "") -> None:
        failed_before = len(self.messenger.failures)
        incoming = Incoming(
            id=uuid.uuid4().hex,
            place=self.place,
            sender=PERSON,
            text=text,
            attachments=attachments,
            language=self.language,
            action=action,
        )
        jobs = await self.rooms.assistant.handle(incoming)
        await self.rooms.engine.wait_for(jobs)
        await self.rooms.assistant.quiet()
        self.screen.settle()
        await self.note(jobs)
        self.fulfilled = self.fulfilled and len(self.messenger.failures) == failed_before

    async def note(self, jobs: Sequence[str]) -> None:
        """How these jobs ended counts for whether everything was fulfilled."""
        for job in [job for job_id in jobs if (job := await self.rooms.store.job(job_id))]:
            self.asked.discard(job.answers)
            if job.question and job.stage is not Stage.DONE:
                self.asked.add(job.question.id)
            else:
                self.fulfilled = self.fulfilled and job.stage is Stage.DONE


async def converse(talk: Conversation, files: Sequence[Path], lines: AsyncIterator[str]) -> None:
    """Files first, then a line at a time: words, the number of a button, or the path of a file."""
    if files:
        await _interruptible(talk, talk.say("", files))
    async for line in lines:
        text = line.strip()
        if text in ("quit", "exit", "退出"):
            return
        if text:
            await _interruptible(talk, _turn(talk, text))


async def _turn(talk: Conversation, text: str) -> None:
    if text.isdecimal() and 0 < int(text) <= len(talk.messenger.buttons):
        await talk.press(int(text))
    elif (path := _dropped(text)) is not None:
        await talk.say("", [path])
    else:
        await talk.say(text)


def _dropped(text: str) -> Path | None:
    """The file that was dragged into the terminal, which writes its path, in quotes or with its blanks escaped."""
    name = text.strip("'\"").replace("\\ ", " ")
    if not name or "\n" in name or len(name) > 1000:
        return None
    try:
        path = Path(name).expanduser()
        return path if path.is_file() else None
    except (OSError, RuntimeError):  # words too long for a name, or a "~" before something that is no user
        return None


async def _interruptible(talk: Conversation, turn: Coroutine[Any, Any, None]) -> None:
    """Ctrl-C while something runs cancels that, and not the conversation."""
    pressed = asyncio.Event()
    with _on_interrupt(pressed):
        task = asyncio.ensure_future(turn)
        waiting = asyncio.ensure_future(pressed.wait())
        await asyncio.wait([task, waiting], return_when=asyncio.FIRST_COMPLETED)
        if pressed.is_set() and not task.done():
            await talk.cancel()
        waiting.cancel()
        await task


@contextmanager
def _on_interrupt(pressed: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, pressed.set)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
