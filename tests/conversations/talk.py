"""Whole conversations: the real house on a loopback backend, spoken to by a chat that writes everything down."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path

from bots.wiring.house import Grounds, House, open_house
from core.job import Job
from core.messages import Attachment, Incoming, Limits, Outgoing, Place, Tone
from core.settings import Settings
from core.store import Lease
from storage.opening import sqlite_store
from storage.rows import job_from_row, job_to_row
from tests.talking import LIMITS, PLATFORM, RecordingMessenger

SPEED = 200
HERE = Place(PLATFORM, "chat-1")
_ids = itertools.count(1)


class FastClock:
    """Real time, `speed` times as fast: a wait of 30 s is over in 0.15 s, and everything keeps its order."""

    def __init__(self, speed: float = SPEED) -> None:
        self._speed = speed
        self._start = time.monotonic()
        self._ahead = 0.0

    def now(self) -> float:
        return 1_790_000_000 + self.monotonic() + self._ahead

    def monotonic(self) -> float:
        return (time.monotonic() - self._start) * self._speed

    def forward(self, seconds: float) -> None:
        """Only what asks for the time notices; whoever sleeps goes on sleeping."""
        self._ahead += seconds

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)


class Talk:
    """`say` returns what was said back once everything about it has been said."""

    def __init__(self, house: House, messenger: RecordingMessenger, clock: FastClock) -> None:
        self.house = house
        self.clock = clock
        self.messenger = messenger

    async def say(
        self, text: str, *files: Path, place: Place = HERE, sender: str = "anna", language: str = "en"
    ) -> list[Outgoing]:
        before = len(self.messenger.sent)
        await self.settle(await self.begin(text, *files, place=place, sender=sender, language=language))
        return self.answers(before, place)

    async def begin(
        self, text: str, *files: Path, place: Place = HERE, sender: str = "anna", language: str = "en"
    ) -> tuple[str, ...]:
        """Hands a message over and does not wait."""
        incoming = Incoming(f"m{next(_ids)}", place, sender, text, language=language, reply_to="request")
        return await self.house.assistant.handle(replace(incoming, attachments=self.attach(files)))

    async def reply(
        self, to: Outgoing, text: str, *, sender: str = "anna", files: tuple[Attachment, ...] = ()
    ) -> list[Outgoing]:
        """Replies to a message of ours; `files` are those that hang on it."""
        before = len(self.messenger.sent)
        [number] = [number for number, message in self.messenger.shown.items() if message is to]
        incoming = Incoming(f"m{next(_ids)}", HERE, sender, text, language="en", reply_to="request", result=number)
        await self.settle(await self.house.assistant.handle(replace(incoming, result_files=files)))
        return self.answers(before)

    async def press(
        self, action: str, *, sender: str = "anna", place: Place = HERE, under: Outgoing | None = None
    ) -> list[Outgoing]:
        """`under` is the message with the button, where that is known."""
        before = len(self.messenger.sent)
        number = next((number for number, message in self.messenger.shown.items() if message is under), "")
        incoming = Incoming(f"m{next(_ids)}", place, sender, language="en", action=action, under=number)
        await self.settle(await self.house.assistant.handle(incoming))
        return self.answers(before, place)

    async def settle(self, jobs: Sequence[str]) -> None:
        async with asyncio.timeout(60):
            await self.house.engine.wait_for(jobs)
            await self.house.assistant.quiet()

    def answers(self, after: int = 0, place: Place = HERE) -> list[Outgoing]:
        """What was said in a place, without the status messages."""
        sent = [event for event in self.messenger.sent[after:] if event.place == place]
        messages = [event.message for event in sent if event.message]
        return [message for message in messages if message.tone is not Tone.STATUS]

    def attach(self, files: Sequence[Path]) -> tuple[Attachment, ...]:
        made = []
        for path in files:
            self.messenger.files[str(path)] = path
            made.append(Attachment(str(path), path.name, path.stat().st_size))
        return tuple(made)

    async def job(self, job_id: str) -> Job:
        job = await self.house.store.job(job_id)
        assert job is not None
        return job


@asynccontextmanager
async def conversation(
    settings: Settings, limits: Limits = LIMITS, lease: Lease | None = None, *, public_url: str = ""
) -> AsyncIterator[Talk]:
    """A house that is opened on `settings.data_dir`, again if it was opened there before."""
    clock = FastClock()
    messenger = RecordingMessenger(limits=limits, clock=clock)
    grounds = Grounds(settings.data_dir / "cutroom.db", settings.data_dir / "studio", lease=lease or Lease())
    async with open_house(settings, grounds, [messenger], clock, public_url=public_url) as house:
        yield Talk(house, messenger, clock)


def open_rows(settings: Settings) -> list[Job]:
    """The jobs that are not over, as the database has them at this moment."""
    with closing(sqlite3.connect(settings.data_dir / "cutroom.db")) as connection:
        connection.row_factory = sqlite3.Row
        return [job_from_row(row) for row in connection.execute("select * from jobs where open = 1")]


async def reopen(settings: Settings, job: Job) -> None:
    """Puts a job back to where a crash would have left it. The house is closed meanwhile."""
    async with sqlite_store(settings.data_dir / "cutroom.db") as store:
        values = {"id": job.id, "stage": job.stage.value, "body": job_to_row(job)["body"]}
        await store._driver.single(
            "update jobs set open = 1, stage = :stage, body = :body where id = :id returning id", values
        )


def labels(message: Outgoing) -> list[str]:
    return [button.label for button in message.buttons]


def action(message: Outgoing, label: str) -> str:
    return next(button.action for button in message.buttons if button.label == label)
