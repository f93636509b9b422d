"""What is said once, what again, and what a person sees of waiting: the real house with a chat that fails."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import ChatGone, MediaRefused, PlatformDown, SendUnknown
from core.job import JobError, Stage
from core.messages import Incoming, Mark, Place, Tone
from core.settings import Settings
from tests.conversations.talk import HERE, Talk, conversation, reopen
from tests.servers.cloud import FakeCloud
from tests.servers.script import Turn
from tests.talking import PLATFORM, Event

MP3 = "extract the audio as MP3"


def _failing(first: int, error: Exception, tone: Tone = Tone.RESULT) -> Callable[[Event], BaseException | None]:
    """Fails the first `first` sends of that tone."""
    left = [error] * first

    def fail(event: Event) -> BaseException | None:
        hit = event.kind == "send" and event.message and event.message.tone is tone
        return left.pop() if hit and left else None

    return fail


async def test_a_send_without_an_answer_is_repeated_once_under_the_same_key(talk: Talk, clip: Path) -> None:
    talk.messenger.fail = _failing(1, SendUnknown())
    [job] = await talk.begin(MP3, clip)
    await talk.settle([job])
    keys = [message.key for message in talk.messenger.said(Tone.RESULT)]
    assert keys == [f"{job}-result"] * 2
    assert (await talk.job(job)).stage is Stage.DONE


async def test_what_stays_unknown_is_not_said_a_third_time_and_followed_by_words(talk: Talk, clip: Path) -> None:
    talk.messenger.fail = _failing(2, SendUnknown())
    [job] = await talk.begin(MP3, clip)
    await talk.settle([job])
    *files, words = talk.messenger.said(Tone.RESULT)
    assert [len(message.media) for message in (*files, words)] == [1, 1, 0]
    assert "could not confirm that it arrived" in words.text
    assert talk.messenger.said(Tone.ERROR) == []
    assert (await talk.job(job)).stage is Stage.DONE


async def test_what_nothing_confirms_is_not_called_done(talk: Talk, clip: Path) -> None:
    talk.messenger.fail = _failing(9, SendUnknown())
    [job] = await talk.begin(MP3, clip)
    await talk.settle([job])
    assert [len(message.media) for message in talk.messenger.said(Tone.RESULT)] == [1, 1, 0, 0]
    ended = await talk.job(job)
    assert (ended.stage, ended.error) == (Stage.FAILED, JobError.PLATFORM_DOWN)
    assert talk.messenger.edits[-1].text.startswith("❌ Stopped")


async def test_a_cancel_from_elsewhere_in_the_last_moment_is_shown(talk: Talk, clip: Path, settings: Settings) -> None:
    def cancel(event: Event) -> None:
        if event.message and event.message.tone is Tone.RESULT:
            with closing(sqlite3.connect(settings.data_dir / "cutroom.db", isolation_level=None)) as database:
                database.execute("update jobs set stage = 'cancelled', open = 0, claim = '' where open = 1")

    talk.messenger.fail = cancel
    [job] = await talk.begin(MP3, clip)
    await talk.settle([job])
    assert (await talk.job(job)).stage is Stage.CANCELLED
    assert talk.messenger.edits[-1].text.startswith("🚫 Cancelled")


async def test_a_platform_that_is_away_for_minutes_is_waited_for(talk: Talk, clip: Path) -> None:
    talk.messenger.fail = _failing(6, PlatformDown())
    [job] = await talk.begin(MP3, clip)
    await talk.settle([job])
    first, *_, last = talk.messenger.sent[-7:]
    assert last.at - first.at >= 2 + 4 + 8 + 15 + 30 + 30
    done = await talk.job(job)
    assert (done.stage, done.begun, done.said) == (Stage.DONE, (f"{job}-result",), (f"{job}-result",))


async def test_an_answer_for_a_platform_that_is_away_stays_owed(talk: Talk) -> None:
    talk.messenger.fail = _failing(1, PlatformDown(), Tone.ANSWER)
    await talk.say("help")
    async with asyncio.timeout(60):
        await talk.messenger.until(lambda: len(talk.messenger.shown) == 1)
    first, second = talk.messenger.said(Tone.ANSWER)
    assert first == second


@pytest.mark.parametrize(
    ("failure", "last", "mark"),
    [("render-failed", "error", "❌ Stopped"), ("unfulfilled", "answer", "💬 Answered"), ("", "result", "✅ Done")],
)
async def test_a_crash_between_the_last_word_and_the_row_ends_as_it_was_told(
    settings: Settings, clip: Path, failure: str, last: str, mark: str
) -> None:
    async with conversation(settings) as talk:
        [job] = await talk.begin(MP3, clip)
        await talk.settle([job])
        done = await talk.job(job)
    said = (f"{job}-{last}",)
    await reopen(settings, replace(done, stage=Stage.DELIVERING, error=failure, said=said))
    async with conversation(settings) as talk:
        await talk.settle([job])
        after = await talk.job(job)
        assert (after.stage, after.error) == (Stage.FAILED if failure else Stage.DONE, failure)
        assert talk.messenger.sent == []
        assert talk.messenger.edits[-1].text.startswith(mark)


async def test_why_a_job_failed_is_noted_before_it_is_said(
    talk: Talk, cloud: FakeCloud, clip: Path, settings: Settings
) -> None:
    noted: list[str] = []

    def look(event: Event) -> None:
        if event.message and event.message.tone is Tone.ERROR:
            with closing(sqlite3.connect(settings.data_dir / "cutroom.db")) as database:
                [(body,)] = database.execute("select body from jobs where open = 1").fetchall()
            noted.append(json.loads(body)["error"])

    talk.messenger.fail = look
    cloud.turns.append(Turn(text="", draft=None))
    [job] = await talk.begin("make it brighter", clip)
    await talk.settle([job])
    assert noted == ["nothing-changed"]
    ended = await talk.job(job)
    assert (ended.stage, ended.error) == (Stage.FAILED, "nothing-changed")


async def test_a_file_that_is_not_taken_leaves_its_words_and_its_link(talk: Talk, clip: Path) -> None:
    talk.messenger.fail = _failing(1, MediaRefused("413"))
    await talk.say(MP3, clip)
    refused, said = talk.messenger.said(Tone.RESULT)
    assert refused.media
    assert not said.media
    assert "not accepted here" in said.text
    assert said.link in said.text
    assert said.key != refused.key


async def test_a_result_for_a_chat_that_is_gone_is_kept(talk: Talk, clip: Path) -> None:
    talk.messenger.fail = _failing(1, ChatGone())
    [job] = await talk.begin(MP3, clip)
    await talk.settle([job])
    assert (await talk.job(job)).error == "chat-gone"
    kept = await talk.house.store.kept_result(job)
    assert kept
    assert (kept.name, kept.file) == ("talk.mp3", "")
    assert kept.link


async def test_a_delivered_result_is_kept(talk: Talk, clip: Path) -> None:
    [job] = await talk.begin(MP3, clip)
    await talk.settle([job])
    [kept] = await talk.house.store.kept_results(PLATFORM, "anna")
    assert (kept.id, kept.name, kept.message) == (job, "talk.mp3", talk.messenger.sent[-1].message_id)


@pytest.mark.parametrize("lost", ["the answer", "the process"])
async def test_a_crash_after_the_last_word_says_nothing_more(settings: Settings, clip: Path, lost: str) -> None:
    async with conversation(settings) as talk:
        [job] = await talk.begin(MP3, clip)
        await talk.settle([job])
        done = await talk.job(job)
    said = done.said if lost == "the process" else ()
    await reopen(settings, replace(done, stage=Stage.DELIVERING, said=said))
    async with conversation(settings) as talk:
        talk.messenger.files[str(clip)] = clip
        await talk.settle([job])
        results = talk.messenger.said(Tone.RESULT)
        assert len(results) == (0 if lost == "the process" else 1)
        assert (await talk.job(job)).stage is Stage.DONE


async def test_a_crash_between_the_answer_and_the_row_does_not_ask_what_became_of_the_turn(
    settings: Settings, cloud: FakeCloud
) -> None:
    cloud.turns.append(Turn("It is a city at night."))
    async with conversation(settings) as talk:
        [job] = await talk.begin("what is in it?")
        await talk.settle([job])
        done = await talk.job(job)
    await reopen(settings, replace(done, stage=Stage.EDITING, said=(), begun=()))
    async with conversation(settings) as talk:
        await talk.settle([job])
        assert [each.text for each in talk.messenger.said(Tone.ANSWER)] == ["It is a city at night."]
    assert len(cloud.asked("run")) == 1


async def test_an_answer_that_was_owed_when_the_process_died_is_given_after(settings: Settings) -> None:
    message = Incoming("m-unsent", HERE, "anna", "help", language="en", reply_to="r1")
    async with conversation(settings) as talk:
        talk.messenger.fail = lambda event: asyncio.CancelledError() if event.kind == "send" else None
        await talk.house.assistant.handle(message)
        await talk.house.assistant.quiet()
    async with conversation(settings) as talk:
        async with asyncio.timeout(60):
            await talk.messenger.until(lambda: bool(talk.messenger.sent))
        [said] = talk.messenger.said(Tone.ANSWER)
        assert said.text.startswith("I edit videos and audio")
        assert said.reply_to == "r1"
        assert await talk.house.assistant.handle(message) == ()


async def test_a_waiting_request_is_told_its_place_in_line_and_begins_in_the_same_message(
    talk: Talk, cloud: FakeCloud
) -> None:
    hold = asyncio.Event()
    cloud.turns.append(Turn(hold=hold))
    first = await talk.begin("make it brighter")
    await cloud.started.wait()
    second = await talk.begin("make it darker")
    await talk.messenger.until(lambda: any("In line" in event.text for event in talk.messenger.sent))
    [line] = [event for event in talk.messenger.sent if "In line" in event.text]
    assert line.text == "⏳ In line: number 1"
    hold.set()
    await talk.settle([*first, *second])
    assert talk.messenger.shown[line.message_id].text.startswith("✅ Done in")


async def test_a_full_waiting_room_is_said_and_saves_nothing(settings: Settings, cloud: FakeCloud) -> None:
    hold = asyncio.Event()
    cloud.turns.append(Turn(hold=hold))
    async with conversation(settings.model_copy(update={"waiting_per_person": 1})) as talk:
        first = await talk.begin("make it brighter")
        await cloud.started.wait()
        [refusal] = await talk.say("make it darker")
        assert refusal.text.startswith("You already have 1 request waiting")
        assert len(await talk.house.store.open_jobs()) == 1
        hold.set()
        await talk.settle(first)


async def test_an_edited_request_is_done_as_it_reads_now(talk: Talk, cloud: FakeCloud) -> None:
    hold = asyncio.Event()
    cloud.turns.append(Turn(hold=hold))
    running = await talk.begin("make it brighter")
    await cloud.started.wait()
    waiting = Incoming("m-1", HERE, "anna", "make it darker", language="en")
    await talk.house.assistant.handle(waiting)
    after = await talk.house.assistant.handle(
        Incoming("m-1-edited", HERE, "anna", "make it warmer", language="en", replaces="m-1")
    )
    hold.set()
    await talk.settle([*running, *after])
    assert [request.said for request in cloud.asked("run")] == ["make it brighter", "make it warmer"]
    before = len(talk.messenger.sent)
    await talk.house.assistant.handle(
        Incoming("m-1-again", HERE, "anna", "make it colder", language="en", replaces="m-1")
    )
    await talk.house.assistant.quiet()
    [late] = talk.answers(before)
    assert late.text.startswith("I have started on that already")


async def test_a_request_is_marked_as_seen_and_as_done(talk: Talk, clip: Path) -> None:
    await talk.say(MP3, clip)
    marks = [event.mark for event in talk.messenger.events if event.kind == "mark"]
    assert marks == [Mark.SEEN, Mark.DONE]


async def test_a_job_that_takes_too_long_is_stopped_and_told(settings: Settings, cloud: FakeCloud) -> None:
    cloud.turns.append(Turn(hold=asyncio.Event()))
    async with conversation(settings.model_copy(update={"job_timeout_seconds": 0.5})) as talk:
        [error] = await talk.say("make it brighter")
        assert error.text.startswith("This took too long")
        assert error.tone is Tone.ERROR


async def test_one_persons_jobs_leave_room_for_another(settings: Settings, cloud: FakeCloud) -> None:
    holds = [asyncio.Event() for _ in range(3)]
    cloud.turns += [Turn(hold=hold) for hold in holds]
    async with conversation(settings.model_copy(update={"jobs_at_once": 3, "jobs_per_person": 2})) as talk:
        annas = [await talk.begin("make it slow", place=Place(PLATFORM, f"c{n}")) for n in range(3)]
        bens = await talk.begin("make it quick", place=Place(PLATFORM, "ben"), sender="ben")
        async with asyncio.timeout(60):
            while len(cloud.asked("run")) < 3:
                cloud.started.clear()
                await cloud.started.wait()
        stages = [(await talk.job(jobs[0])).stage for jobs in annas]
        assert (await talk.job(bens[0])).stage is Stage.EDITING
        assert stages.count(Stage.EDITING) == 2
        for hold in holds:
            hold.set()
        await talk.settle([*bens, *(job for jobs in annas for job in jobs)])


async def test_the_music_remover_brings_the_clean_sound_as_a_second_file(talk: Talk, clip: Path) -> None:
    await talk.say("remove the music and keep the voice", clip)
    [result] = talk.messenger.said(Tone.RESULT)
    assert [(file.name, file.kind) for file in result.media] == [("talk.mp4", "video"), ("talk.mp3", "audio")]
    assert result.media[0].thumbnail


async def test_words_that_come_before_their_file_wait_for_it(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    [question] = await talk.say("remove the background music from my video")
    assert question.text.startswith("Which file?")
    assert cloud.asked("run") == []
    await talk.say("", clip, sender="ben")
    assert cloud.asked("run") == [], "somebody else's file is not what was meant"
    answers = await talk.say("", clip)
    assert [request.said for request in cloud.asked("run")] == ["remove the background music from my video"]
    assert answers[-1].media
    await talk.say("", clip)
    assert len(cloud.asked("run")) == 1, "a wish is fulfilled once"


@pytest.mark.parametrize("words", ["make a film about the sea", "Generate a cat video", "做一个关于大海的短片"])
async def test_what_can_be_made_of_nothing_is_asked_of_the_agent(talk: Talk, cloud: FakeCloud, words: str) -> None:
    await talk.say(words)
    assert [request.said for request in cloud.asked("run")] == [words]
