"""The first words about a job: said at its acceptance, gone on with by its status line, orphaned by nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from core.assistant.waiting_line import WaitingLine
from core.chat import status
from core.chat.status import FirstMessages, StatusLine
from core.errors import ChatGone
from core.job import Job
from core.jobs.worker import Worker
from core.messages import Outgoing
from core.records import AdmissionResult
from storage.opening import sqlite_store
from storage.store import SqlStore
from tests.clock import FakeClock, settle
from tests.jobs import HERE, a_job, a_message
from tests.talking import LIMITS, PLATFORM, Event, RecordingMessenger

AT_ONCE = replace(LIMITS, edit_every=0.0)


def waiting_line(
    store: SqlStore, chat: RecordingMessenger, clock: FakeClock, first_messages: FirstMessages | None
) -> WaitingLine:
    return WaitingLine(store, {PLATFORM: chat}, clock, 1, first_messages)


def line(
    chat: RecordingMessenger,
    clock: FakeClock,
    first_message: asyncio.Future[str] | None,
    on_sent: Callable[[str], Awaitable[None]] | None = None,
) -> StatusLine:
    return StatusLine(
        chat, HERE, "en", clock, heartbeat=120, started=clock.now(), first_message=first_message, on_sent=on_sent
    )


@dataclass(frozen=True)
class Scene:
    """A job that was accepted and welcomed; what is said of it may still be under way."""

    clock: FakeClock
    first_messages: FirstMessages
    chat: RecordingMessenger
    store: SqlStore
    door: WaitingLine
    job: Job


@asynccontextmanager
async def welcomed(
    folder: Path, fail: Callable[[Event], BaseException | None] = lambda event: None
) -> AsyncIterator[Scene]:
    clock, first_messages = FakeClock(), FirstMessages()
    chat = RecordingMessenger(clock=clock, limits=AT_ONCE)
    chat.fail = fail
    async with sqlite_store(folder / "db") as store:
        door, message, job = waiting_line(store, chat, clock, first_messages), a_message(), a_job()
        assert await store.admit(message, [job]) is AdmissionResult.SAVED
        door.announce(message, [job])
        yield Scene(clock, first_messages, chat, store, door, job)


async def test_whoever_works_on_it_goes_on_with_the_words_that_opened_it(tmp_path: Path) -> None:
    noted = []

    async def note(message_id: str) -> None:
        noted.append(message_id)

    async with welcomed(tmp_path) as at:
        opened = at.first_messages.take(at.job.id)  # by a worker that is as quick as can be
        status = line(at.chat, at.clock, opened, note)
        async with status:
            status.show("Working…")
            await at.door.quiet()
            status.close_with("Done.")
    assert [event.text for event in at.chat.spoken] == ["On it…", "Working…", "Done."]
    assert [event.message_id for event in at.chat.spoken] == noted * 3, "one message, whose id is saved"


async def test_words_that_opened_it_stand_in_its_row_for_whoever_comes_later(tmp_path: Path) -> None:
    async with welcomed(tmp_path) as at:
        await at.door.quiet()
        [kept] = await at.store.open_jobs()
        assert kept.status_message == at.chat.sent[0].message_id


async def test_words_about_a_place_in_the_line_are_long_said_when_its_turn_comes(tmp_path: Path) -> None:
    clock, first_messages = FakeClock(), FirstMessages()
    chat = RecordingMessenger(clock=clock)
    async with sqlite_store(tmp_path / "db") as store:
        door = waiting_line(store, chat, clock, first_messages)
        first, second = a_job(), a_job()
        for job in (first, second):
            message = a_message()
            await store.admit(message, [job])
            door.announce(message, [job])
        await door.quiet()
        assert first_messages.take(first.id) is not None
        assert first_messages.take(second.id) is None


async def test_words_that_just_came_are_left_standing_as_long_as_a_platform_wants(tmp_path: Path) -> None:
    async with welcomed(tmp_path) as at:
        await at.door.quiet()
        [kept] = await at.store.open_jobs()
        chat = RecordingMessenger(clock=at.clock, limits=LIMITS)
        status = StatusLine(
            chat,
            HERE,
            "en",
            at.clock,
            heartbeat=120,
            started=at.clock.now(),
            message_id=kept.status_message,
            first_message=at.first_messages.take(at.job.id),
        )
        async with status:
            status.show("Working…")
            await at.clock.someone_sleeps(1.0)
            assert chat.events == []
            await at.clock.advance(1.0)
            await chat.until(lambda: [event.text for event in chat.edits] == ["Working…"])


async def test_the_work_for_a_rush_begins_when_all_of_it_is_answered(tmp_path: Path) -> None:
    first_messages = FirstMessages()
    begun = asyncio.Event()

    async def run(job: Job, token: str) -> None:
        begun.set()

    async with sqlite_store(tmp_path / "db") as store, Worker(store, run, first_messages=first_messages) as worker:
        job = a_job()
        mine, another = first_messages.expect(job.id), first_messages.expect("another job, far away")
        await store.admit(a_message(), [job])
        worker.wake()
        mine.set_result("1")
        await settle()
        await store.open_jobs()  # behind everything that the database was asked before
        assert not begun.is_set()
        another.set_result("2")
        async with asyncio.timeout(60):
            await begun.wait()


async def test_an_answer_that_takes_long_holds_up_the_work_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "OTHERS_SECONDS", 0.05)
    first_messages, loop = FirstMessages(), asyncio.get_running_loop()
    first_messages.expect("one whose chat has to wait")
    before = loop.time()
    await first_messages.others_first()
    assert loop.time() - before >= 0.05
    monkeypatch.setattr(status, "OTHERS_SECONDS", 3600)
    async with asyncio.timeout(60):
        await first_messages.others_first()


async def test_words_that_could_not_be_said_are_not_waited_for(tmp_path: Path) -> None:
    def fail(event: Event) -> ChatGone | None:
        return ChatGone("away") if event.kind == "send" and event.text == "On it…" else None

    async with welcomed(tmp_path, fail) as at, line(at.chat, at.clock, at.first_messages.take(at.job.id)) as status:
        status.show("Working…")
        await at.chat.until(lambda: any(event.text == "Working…" for event in at.chat.sent))


async def test_where_somebody_else_may_work_on_it_only_one_that_waits_is_announced(tmp_path: Path) -> None:
    clock = FakeClock()
    chat = RecordingMessenger(clock=clock, limits=AT_ONCE)
    async with sqlite_store(tmp_path / "db") as store:
        door = waiting_line(store, chat, clock, None)
        for message, job in ((a_message(), a_job()), (a_message(), a_job())):
            await store.admit(message, [job])
            door.announce(message, [job])
        await door.quiet()
    assert [event.message for event in chat.sent if event.text != "⏳ In line: number 1"] == []
    assert len(chat.sent) == 1
    assert isinstance(chat.sent[0].message, Outgoing)


async def test_a_worker_that_was_as_quick_as_the_note_of_them_still_finds_them(tmp_path: Path) -> None:
    async with welcomed(tmp_path) as at:
        assert await at.store.claim_next("t" * 48)  # claimed before they could be noted, and not begun yet
        await at.door.quiet()
        first_message = at.first_messages.take(at.job.id)
        assert first_message is not None
        assert await first_message == at.chat.sent[0].message_id
    assert [event.text for event in at.chat.spoken] == ["On it…"]


async def test_the_status_of_a_job_that_is_cancelled_while_it_waits_says_so(tmp_path: Path) -> None:
    async with welcomed(tmp_path) as at:
        await at.door.quiet()
        at.door.dismiss([at.job.id], "status-cancelled")
        await at.door.quiet()
        assert at.chat.edits == [], "it is not cancelled"
        await at.store.cancel(at.job.id)
        at.door.dismiss([at.job.id], "status-cancelled")
        await at.door.quiet()
    assert at.chat.edits[0].text.startswith("🚫 Cancelled after")
    assert at.chat.shown[at.chat.sent[0].message_id].buttons == ()
