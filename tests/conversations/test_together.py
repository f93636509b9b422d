"""Results of one message come back together, and none waits for ever: the real house on a loopback backend."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import ChatGone, MediaRefused, SendUnknown
from core.job import Stage
from core.messages import Album, Tone
from core.settings import Settings
from core.store import Lease
from tests.conversations.talk import Talk, conversation
from tests.making import make_clip
from tests.servers.cloud import FakeCloud
from tests.servers.script import TIMELINE, Reply, Turn
from tests.talking import LIMITS, PLATFORM, Event

MP3 = "extract the audio as MP3"
# Time runs two hundred times as fast: two minutes would be over before a busy machine is done.
PATIENT = Lease(ready=86_400.0)
ALBUMS = replace(LIMITS, album=Album(10, (frozenset({"mp4", "png"}), frozenset({"mp3"}))))


@pytest.fixture
async def talk(settings: Settings) -> AsyncIterator[Talk]:
    async with conversation(settings, ALBUMS, PATIENT) as talk:
        yield talk


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("several")
    return [make_clip(folder / f"{name}.mp4", seconds=1) for name in "abc"]


def edit(number: int, hold: asyncio.Event | None = None) -> Turn:
    """A turn that changes the project, each number in another way."""
    return Turn(draft=TIMELINE.replace("Urban Dreams", f"Title {number}"), hold=hold)


def results(talk: Talk) -> list[list[str]]:
    """The files of each result message, in order."""
    return [[file.name for file in message.media] for message in talk.messenger.said(Tone.RESULT)]


def albums(talk: Talk) -> list[list[str]]:
    """Without the words that follow what was never confirmed."""
    return [files for files in results(talk) if files]


def read(talk: Talk, words: str) -> bool:
    """Whether they stood in a message, perhaps beside others."""
    return any(words in text for text in talk.messenger.texts)


async def test_several_files_with_one_instruction_come_back_in_one_message(
    talk: Talk, cloud: FakeCloud, clips: list[Path]
) -> None:
    cloud.turns += [Turn("Here is the sound."), Turn("Here is the sound."), Turn("A last one.")]
    jobs = await talk.begin(MP3, *clips)
    await talk.settle(jobs)
    [album] = talk.messenger.said(Tone.RESULT)
    assert [file.name for file in album.media] == ["a.mp3", "b.mp3", "c.mp3"]
    assert (album.reply_to, len(album.buttons), album.result) == ("request", 2, jobs[0])
    assert album.text.splitlines()[:2] == ["Here is the sound.", "A last one."]
    assert all(album.text.count(f"🎵 {name}.mp3") == 1 for name in "abc")
    assert len(cloud.asked("render")) == 3, "each was rendered once"
    assert [(await talk.job(job)).stage for job in jobs] == [Stage.DONE] * 3
    kept = await talk.house.store.kept_results(PLATFORM, "anna")
    assert sorted(each.name for each in kept) == ["a.mp3", "b.mp3", "c.mp3"]


async def test_a_message_of_several_files_has_one_status_message(talk: Talk, clips: list[Path]) -> None:
    await talk.settle(await talk.begin(MP3, *clips))
    [status] = talk.messenger.said(Tone.STATUS)
    assert read(talk, "✅ 1 ready, 2 to go…")
    assert read(talk, "✅ 2 ready, 1 to go…")
    assert talk.messenger.edits[-1].text.startswith("✅ Done in")
    assert [event.mark for event in talk.messenger.events if event.kind == "mark"][-1] == "done"
    assert status.reply_to == "request"


async def test_what_cannot_stand_together_comes_in_a_message_a_kind(
    talk: Talk, cloud: FakeCloud, clips: list[Path]
) -> None:
    cloud.turns += [edit(1), edit(2), edit(3)]
    await talk.settle(await talk.begin("1: make it brighter\n2: extract the audio as mp3\n3: make it darker", *clips))
    assert results(talk) == [["a.mp4", "c.mp4"], ["b.mp3"]]
    first, last = talk.messenger.said(Tone.RESULT)
    assert (first.buttons, len(last.buttons)) == ((), 2)
    assert "b.mp3" not in first.text


async def test_what_is_too_large_together_comes_in_several_messages(
    settings: Settings, clips: list[Path], cloud: FakeCloud
) -> None:
    one = len(cloud.media)
    cloud.turns += [edit(1), edit(2), edit(3)]
    async with conversation(settings, replace(ALBUMS, upload=2 * one + 1), PATIENT) as talk:
        await talk.settle(await talk.begin("make it brighter", *clips))
        assert results(talk) == [["a.mp4", "b.mp4"], ["c.mp4"]]


async def test_one_that_fails_holds_back_none_of_the_others(talk: Talk, cloud: FakeCloud, clips: list[Path]) -> None:
    cloud.turns += [Turn(), Turn(reply=Reply.coded(2001, http=False)), Turn()]
    jobs = await talk.begin(MP3, *clips)
    await talk.settle(jobs)
    assert results(talk) == [["a.mp3", "c.mp3"]]
    assert len(talk.messenger.said(Tone.ERROR)) == 1
    assert [(await talk.job(job)).stage for job in jobs] == [Stage.DONE, Stage.FAILED, Stage.DONE]


async def test_one_alone_that_is_left_comes_as_any_result(talk: Talk, cloud: FakeCloud, clips: list[Path]) -> None:
    cloud.turns += [Turn("The first."), Turn(reply=Reply.coded(2001, http=False))]
    await talk.settle(await talk.begin(MP3, *clips[:2]))
    [result] = talk.messenger.said(Tone.RESULT)
    assert [file.name for file in result.media] == ["a.mp3"]
    assert result.text.startswith("The first.\n🎵 a.mp3")


async def test_what_is_ready_goes_out_when_another_takes_long_and_that_comes_by_itself(
    talk: Talk, cloud: FakeCloud, clips: list[Path]
) -> None:
    hold = asyncio.Event()
    cloud.turns += [edit(1), edit(2), edit(3, hold)]
    jobs = await talk.begin("make it brighter", *clips)
    async with asyncio.timeout(60):
        await talk.messenger.until(lambda: read(talk, "✅ 2 ready, 1 to go…"))
        while (await talk.job(jobs[2])).stage is not Stage.EDITING:  # noqa: ASYNC110 - a row has no event
            await asyncio.sleep(0.02)
        assert results(talk) == []
        talk.clock.forward(PATIENT.ready)
        talk.house.engine.wake()
        await talk.messenger.until(lambda: len(results(talk)) == 1)
    assert results(talk) == [["a.mp4", "b.mp4"]]
    assert not (await talk.job(jobs[2])).stage.over
    hold.set()
    await talk.settle(jobs)
    assert results(talk) == [["a.mp4", "b.mp4"], ["c.mp4"]]


async def test_a_cancel_of_the_last_lets_the_others_go(talk: Talk, cloud: FakeCloud, clips: list[Path]) -> None:
    cloud.turns += [edit(1), edit(2, asyncio.Event())]
    jobs = await talk.begin("make it brighter", *clips[:2])
    async with asyncio.timeout(60):
        await talk.messenger.until(lambda: read(talk, "✅ 1 ready, 1 to go…"))
        while (await talk.job(jobs[1])).stage is not Stage.EDITING:  # noqa: ASYNC110 - a row has no event
            await asyncio.sleep(0.02)
    await talk.press(f"cancel:{jobs[1]}")
    await talk.settle(jobs)
    assert results(talk) == [["a.mp4"]]
    assert [(await talk.job(job)).stage for job in jobs] == [Stage.DONE, Stage.CANCELLED]


async def test_cancelling_everything_sends_nothing(talk: Talk, cloud: FakeCloud, clips: list[Path]) -> None:
    cloud.turns += [edit(1), edit(2, asyncio.Event())]
    jobs = await talk.begin("make it brighter", *clips)
    async with asyncio.timeout(60):
        await talk.messenger.until(lambda: read(talk, "✅ 1 ready, 2 to go…"))
    await talk.say("cancel")
    await talk.settle(jobs)
    assert results(talk) == []
    assert {(await talk.job(job)).stage for job in jobs} == {Stage.CANCELLED}


async def test_an_album_that_is_not_taken_comes_one_by_one(talk: Talk, clips: list[Path]) -> None:
    def fail(event: Event) -> BaseException | None:
        return MediaRefused("no") if event.message and len(event.message.media) > 1 else None

    talk.messenger.fail = fail
    jobs = await talk.begin(MP3, *clips)
    await talk.settle(jobs)
    assert results(talk) == [["a.mp3", "b.mp3", "c.mp3"], ["a.mp3"], ["b.mp3"], ["c.mp3"]]
    assert [(await talk.job(job)).stage for job in jobs] == [Stage.DONE] * 3
    assert len(await talk.house.store.kept_results(PLATFORM, "anna")) == 3


async def test_an_album_without_an_answer_is_repeated_once_under_the_same_key(talk: Talk, clips: list[Path]) -> None:
    talk.messenger.fail = lambda event: SendUnknown() if event.message and event.message.media else None
    jobs = await talk.begin(MP3, *clips)
    await talk.settle(jobs)
    keys = [message.key for message in talk.messenger.said(Tone.RESULT)]
    assert keys == [f"{jobs[0]}-result", f"{jobs[0]}-result", f"{jobs[0]}-result-words"]
    words = talk.messenger.said(Tone.RESULT)[-1].text
    assert words.count("could not confirm that it arrived") == len(clips)
    assert [(await talk.job(job)).stage for job in jobs] == [Stage.DONE] * 3


async def test_results_of_a_chat_that_is_gone_are_kept(talk: Talk, clips: list[Path]) -> None:
    talk.messenger.fail = lambda event: ChatGone("gone") if event.message and event.message.media else None
    jobs = await talk.begin(MP3, *clips)
    await talk.settle(jobs)
    assert len(talk.messenger.said(Tone.RESULT)) == 1
    assert [(await talk.job(job)).stage for job in jobs] == [Stage.FAILED] * 3
    assert len(await talk.house.store.kept_results(PLATFORM, "anna")) == 3


async def test_what_was_ready_before_a_restart_is_sent_once_after_it(
    settings: Settings, cloud: FakeCloud, clips: list[Path]
) -> None:
    cloud.turns += [edit(1), edit(2, asyncio.Event())]
    async with conversation(settings, ALBUMS, PATIENT) as before:
        jobs = await before.begin("make it brighter", *clips[:2])
        async with asyncio.timeout(60):
            await before.messenger.until(lambda: read(before, "✅ 1 ready, 1 to go…"))
    async with conversation(settings, ALBUMS, PATIENT) as after:
        await after.settle(jobs)
        assert results(after) == [["a.mp4"]], "the turn of the second was lost with the process"
        assert len(after.messenger.said(Tone.ERROR)) == 1
        assert [(await after.job(job)).stage for job in jobs] == [Stage.DONE, Stage.FAILED]


async def test_an_album_that_may_have_been_said_before_a_restart_is_said_once_more_and_whole(
    settings: Settings, cloud: FakeCloud, clips: list[Path]
) -> None:
    cloud.turns += [edit(1), edit(2)]
    async with conversation(settings, ALBUMS, PATIENT) as before:
        before.messenger.fail = lambda event: SendUnknown() if event.message and event.message.media else None
        jobs = await before.begin("make it brighter", *clips[:2])
        async with asyncio.timeout(60):
            await before.messenger.until(lambda: bool(results(before)))
    said_before = len(albums(before))
    async with conversation(settings, ALBUMS, PATIENT) as after:
        await after.settle(jobs)
        assert results(before)[0] == ["a.mp4", "b.mp4"]
        assert said_before + len(albums(after)) == 2
        assert [(await after.job(job)).stage for job in jobs] == [Stage.DONE] * 2
