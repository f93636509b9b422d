"""The status message, with a turned clock and a messenger that writes down what it is told."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from core.chat.status import StatusLine, clock_face
from core.errors import ChatGone, LostClaim, MayNotWrite, PlatformDown
from core.messages import Button, Outgoing, Tone
from tests.clock import FakeClock, settle
from tests.jobs import HERE
from tests.talking import LIMITS, Event, RecordingMessenger

CANCEL = (Button("Cancel", "cancel:1"),)
EDIT_EVERY = 3.0


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def chat(clock: FakeClock) -> RecordingMessenger:
    return RecordingMessenger(limits=replace(LIMITS, edit_every=EDIT_EVERY), clock=clock)


@asynccontextmanager
async def _status(chat: RecordingMessenger, clock: FakeClock, **values: Any) -> AsyncIterator[StatusLine]:
    """A status line whose end does not have to wait for somebody who turns the clock."""
    facts: dict[str, Any] = {"heartbeat": 120, "started": clock.now(), "buttons": CANCEL, **values}
    line = StatusLine(chat, HERE, "en", clock, **facts)
    await line.__aenter__()
    yield line
    leaving = asyncio.create_task(line.__aexit__(None, None, None))
    await clock.advance(60)
    assert leaving.done(), "the end hangs"


def _times(chat: RecordingMessenger, began: float) -> Iterator[float]:
    return (event.at - began for event in chat.spoken)


async def test_the_first_words_are_sent_at_once_and_the_next_are_edited_in(
    chat: RecordingMessenger, clock: FakeClock
) -> None:
    async with _status(chat, clock, reply_to="m7") as status:
        status.show("one")
        await settle()
        status.show("two", 0.5)
        await clock.advance(EDIT_EVERY)
    assert [(event.kind, event.text, event.message_id) for event in chat.spoken] == [
        ("send", "one", "1"),
        ("edit", "two", "1"),
    ]
    first = chat.spoken[0].message
    assert first == Outgoing("one", Tone.STATUS, CANCEL, reply_to="m7")
    assert chat.shown["1"].progress == 0.5


async def test_the_latest_words_win(chat: RecordingMessenger, clock: FakeClock) -> None:
    async with _status(chat, clock) as status:
        status.show("0 %")
        await settle()
        for percent in range(1, 100):
            status.show(f"{percent} %")
        await clock.advance(EDIT_EVERY)
    assert chat.texts == ["0 %", "99 %"]


async def test_it_is_not_edited_oftener_than_the_platform_allows(chat: RecordingMessenger, clock: FakeClock) -> None:
    began = clock.now()
    async with _status(chat, clock) as status:
        for tenth in range(101):
            status.show(f"{tenth}")
            await clock.advance(0.1)
        status.close_with("done")
    times = list(_times(chat, began))
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert min(gaps) >= EDIT_EVERY
    assert len(times) >= 4
    assert chat.texts[-1] == "done"


async def test_after_a_pause_words_are_shown_at_once(chat: RecordingMessenger, clock: FakeClock) -> None:
    began = clock.now()
    async with _status(chat, clock) as status:
        status.show("one")
        await clock.advance(50)
        status.show("two")
        await clock.advance(0)
        assert list(_times(chat, began)) == [0, 50]


async def test_the_chat_shows_that_somebody_is_at_it_before_the_first_words(
    chat: RecordingMessenger, clock: FakeClock
) -> None:
    async with _status(chat, clock) as status:
        await settle()
        assert [event.kind for event in chat.events] == ["typing"]
        status.show("one")
    assert [event.kind for event in chat.events] == ["typing", "send"]


async def test_a_typing_that_fails_costs_nothing(chat: RecordingMessenger, clock: FakeClock) -> None:
    chat.fail = lambda event: RuntimeError("no net") if event.kind == "typing" else None
    async with _status(chat, clock) as status:
        status.show("one")
    assert chat.texts == ["one"]


async def test_unchanged_words_are_not_sent(chat: RecordingMessenger, clock: FakeClock) -> None:
    async with _status(chat, clock) as status:
        for _ in range(5):
            status.show("the same")
            await clock.advance(EDIT_EVERY)
    assert chat.texts == ["the same"]


async def test_words_that_change_back_are_not_sent(chat: RecordingMessenger, clock: FakeClock) -> None:
    async with _status(chat, clock) as status:
        status.show("one")
        await settle()
        status.show("two")
        status.show("one")
        await clock.advance(2 * EDIT_EVERY)
    assert chat.texts == ["one"]


async def test_the_last_words_always_arrive(chat: RecordingMessenger, clock: FakeClock) -> None:
    async with _status(chat, clock) as status:
        status.show("one")
        await settle()
        status.show("two")
        status.close_with("done")
    assert chat.texts == ["one", "done"]


async def test_words_without_a_pause_before_the_end_arrive_in_one_message(
    chat: RecordingMessenger, clock: FakeClock
) -> None:
    async with _status(chat, clock) as status:
        status.show("one")
    assert chat.texts == ["one"]


async def test_a_job_that_showed_nothing_ends_without_a_word(chat: RecordingMessenger, clock: FakeClock) -> None:
    async with _status(chat, clock) as status:
        status.close_with("done")
    assert chat.spoken == []


async def test_only_one_message_is_under_way_at_a_time(chat: RecordingMessenger, clock: FakeClock) -> None:
    chat.seconds = 20
    async with _status(chat, clock) as status:
        for second in range(100):
            status.show(f"{second}")
            await clock.advance(1)
        status.close_with("done")
    assert chat.most_at_once == 1
    assert chat.shown["1"].text == "done"
    assert len(chat.sent) == 1


async def test_an_edit_under_way_never_overtakes_the_last_words(chat: RecordingMessenger, clock: FakeClock) -> None:
    async with _status(chat, clock) as status:
        status.show("one")
        await clock.advance(EDIT_EVERY)
        chat.seconds = 30
        status.show("slow")
        await clock.advance(1)
        chat.seconds = 0
        status.close_with("done")
    assert chat.texts == ["one", "slow", "done"]
    assert chat.shown["1"].text == "done"


async def test_a_first_message_under_way_at_the_end_gets_the_last_words(
    chat: RecordingMessenger, clock: FakeClock
) -> None:
    chat.seconds = 10
    async with _status(chat, clock) as status:
        status.show("one")
        await clock.advance(1)
        status.close_with("done")
    assert [(event.kind, event.text) for event in chat.spoken] == [("send", "one"), ("edit", "done")]


@pytest.mark.parametrize("error", [RuntimeError("no net"), PlatformDown(), TimeoutError()])
async def test_a_failing_edit_costs_nothing(chat: RecordingMessenger, clock: FakeClock, error: Exception) -> None:
    async with _status(chat, clock) as status:
        status.show("one")
        await clock.advance(EDIT_EVERY)
        chat.fail = lambda event: error if event.text == "two" else None
        status.show("two")
        await clock.advance(EDIT_EVERY)
        status.show("three")
        await clock.advance(EDIT_EVERY)
    assert chat.texts == ["one", "two", "three"]
    assert chat.shown["1"].text == "three"


@pytest.mark.parametrize(("error", "gone"), [(ChatGone(), True), (MayNotWrite(), False)])
async def test_where_it_may_not_write_any_more_it_stops(
    chat: RecordingMessenger, clock: FakeClock, error: Exception, gone: bool
) -> None:
    async with _status(chat, clock) as status:
        status.show("one")
        await clock.advance(EDIT_EVERY)
        chat.fail = lambda event: error if event.text == "two" else None
        status.show("two")
        await clock.advance(EDIT_EVERY)
        status.show("three")
        await clock.advance(EDIT_EVERY)
    assert chat.texts == ["one", "two"]
    assert status.gone is gone


async def test_a_first_message_that_failed_is_followed_by_another(chat: RecordingMessenger, clock: FakeClock) -> None:
    chat.fail = lambda event: RuntimeError("no net") if event.text == "one" else None
    async with _status(chat, clock) as status:
        status.show("one")
        await clock.advance(EDIT_EVERY)
        status.show("two")
        await clock.advance(EDIT_EVERY)
    assert [(event.kind, event.text) for event in chat.spoken] == [("send", "one"), ("send", "two")]


async def test_the_id_of_the_message_is_told_once(chat: RecordingMessenger, clock: FakeClock) -> None:
    told: list[str] = []

    async def on_sent(message_id: str) -> None:
        told.append(message_id)

    async with _status(chat, clock, on_sent=on_sent) as status:
        for text in ("one", "two"):
            status.show(text)
            await clock.advance(EDIT_EVERY)
    assert told == ["1"]


async def test_an_id_that_comes_too_late_to_be_saved_costs_nothing(
    chat: RecordingMessenger, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    async def on_sent(message_id: str) -> None:
        raise LostClaim("1")

    async with _status(chat, clock, on_sent=on_sent) as status:
        status.show("one")
        await clock.advance(EDIT_EVERY)
        status.close_with("done")
    assert chat.shown["1"].text == "done"
    assert "Traceback" not in caplog.text


async def test_it_says_every_two_minutes_that_work_goes_on(chat: RecordingMessenger, clock: FakeClock) -> None:
    began = clock.now()
    async with _status(chat, clock) as status:
        status.show("Working…")
        await clock.advance(359)
    assert [(event.at - began, event.text) for event in chat.spoken[:3]] == [
        (0, "Working…"),
        (120, "Working…\n⏳ Still working… (2:00)"),
        (240, "Working…\n⏳ Still working… (4:00)"),
    ]


async def test_the_waiting_time_stands_under_the_step_that_follows(chat: RecordingMessenger, clock: FakeClock) -> None:
    async with _status(chat, clock) as status:
        status.show("one", 0.25)
        await clock.advance(121)
        assert chat.shown["1"].progress == 0.25
        status.show("two")
        await clock.advance(EDIT_EVERY)
        assert chat.shown["1"].text == "two\n⏳ Still working… (2:00)"
        status.close_with("done")
    assert chat.shown["1"].text == "done"


async def test_a_heartbeat_before_the_first_words_stands_alone(chat: RecordingMessenger, clock: FakeClock) -> None:
    async with _status(chat, clock):
        await clock.advance(121)
    assert chat.texts == ["⏳ Still working… (2:00)"]


async def test_a_job_taken_up_again_counts_from_its_own_beginning(chat: RecordingMessenger, clock: FakeClock) -> None:
    began = clock.now()
    async with _status(chat, clock, started=began - 130):
        await clock.advance(109)
        assert chat.spoken == []
        await clock.advance(1)
    assert [(event.at - began, event.text) for event in chat.spoken[:1]] == [(110, "⏳ Still working… (4:00)")]


async def test_the_heart_stops_with_the_job(chat: RecordingMessenger, clock: FakeClock) -> None:
    async with _status(chat, clock) as status:
        status.show("one")
        await clock.advance(10)
        status.close_with("done")
    await clock.advance(1000)
    assert chat.texts == ["one", "done"]
    assert clock.sleeping == ()


async def test_cancel_stands_while_it_runs_and_not_at_the_end(chat: RecordingMessenger, clock: FakeClock) -> None:
    async with _status(chat, clock) as status:
        for text in ("one", "two"):
            status.show(text)
            await clock.advance(EDIT_EVERY)
        await clock.advance(120)
        status.close_with("done")
    buttons = [event.message.buttons for event in chat.spoken if event.message]
    assert buttons == [CANCEL, CANCEL, CANCEL, ()]


async def test_the_buttons_go_even_if_the_words_stay(chat: RecordingMessenger, clock: FakeClock) -> None:
    async with _status(chat, clock) as status:
        status.show("done")
        await settle()
        status.close_with("done")
    assert [event.message.buttons for event in chat.spoken if event.message] == [CANCEL, ()]


async def test_a_message_of_an_earlier_process_is_edited(chat: RecordingMessenger, clock: FakeClock) -> None:
    async with _status(chat, clock, message_id="77") as status:
        status.show("again")
        await settle()
        status.close_with("done")
    assert [(event.kind, event.message_id, event.text) for event in chat.spoken] == [
        ("edit", "77", "again"),
        ("edit", "77", "done"),
    ]


async def test_a_message_of_an_earlier_process_is_tidied_although_nothing_was_shown_since(
    chat: RecordingMessenger, clock: FakeClock
) -> None:
    async with _status(chat, clock, message_id="77") as status:
        status.close_with("done")
    assert [(event.kind, event.text) for event in chat.spoken] == [("edit", "done")]


async def test_where_nothing_can_be_edited_heartbeats_are_messages(clock: FakeClock) -> None:
    chat = RecordingMessenger(limits=replace(LIMITS, edit_every=None), clock=clock)
    began = clock.now()
    async with _status(chat, clock) as status:
        status.show("one")
        await settle()
        for percent in range(100):
            status.show(f"{percent} %")
        await clock.advance(241)
        status.close_with("done")
    assert [(event.kind, event.at - began, event.text) for event in chat.spoken] == [
        ("send", 0, "one"),
        ("send", 120, "⏳ Still working… (2:00)"),
        ("send", 240, "⏳ Still working… (4:00)"),
    ]


async def test_a_failing_heartbeat_is_followed_by_the_next(clock: FakeClock) -> None:
    chat = RecordingMessenger(limits=replace(LIMITS, edit_every=None), clock=clock)

    def fail_first(event: Event) -> Exception | None:
        return RuntimeError("no net") if "2:00" in event.text else None

    chat.fail = fail_first
    async with _status(chat, clock):
        await clock.advance(241)
    assert [text[-6:] for text in chat.texts] == ["(2:00)", "(4:00)"]


@pytest.mark.parametrize(
    ("seconds", "face"),
    [(0, "0:00"), (7.4, "0:07"), (59.6, "1:00"), (120, "2:00"), (3599, "59:59"), (3723, "1:02:03"), (-1, "0:00")],
)
def test_a_length_of_time_reads_as_people_write_it(seconds: float, face: str) -> None:
    assert clock_face(seconds) == face


async def test_a_wall_clock_that_is_set_back_delays_nothing(chat: RecordingMessenger, clock: FakeClock) -> None:
    async with _status(chat, clock, started=clock.now() - 60) as status:
        status.show("one")
        await settle()
        clock.set_by(-3600)
        status.show("two")
        await clock.advance(EDIT_EVERY)
        assert chat.texts == ["one", "two"]
        await clock.advance(120)
        assert chat.texts[-1] == "two\n⏳ Still working… (2:00)"
        assert status.elapsed == 60 + EDIT_EVERY + 120
        status.close_with("done")


async def test_what_is_added_stands_under_every_step_until_it_is_taken_away(
    chat: RecordingMessenger, clock: FakeClock
) -> None:
    async with _status(chat, clock) as status:
        status.show("one")
        await clock.advance(EDIT_EVERY)
        status.add("but")
        await clock.advance(EDIT_EVERY)
        status.show("two")
        await clock.advance(EDIT_EVERY)
        status.add("")
        await clock.advance(EDIT_EVERY)
        status.add("but")
        status.close_with("done")
    assert chat.texts == ["one", "one\nbut", "two\nbut", "two", "done"]
