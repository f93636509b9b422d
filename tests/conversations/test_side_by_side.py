"""Order, cancelling, asking while work goes on, and going on after a restart."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from core.assistant.replies import OVERDUE_SECONDS
from core.errors import ChatGone
from core.job import Stage
from core.messages import Place, Tone
from core.settings import Settings
from tests.conversations.talk import HERE, Talk, action, conversation, labels
from tests.servers.cloud import FakeCloud
from tests.servers.script import TIMELINE, Turn


async def test_requests_of_one_place_run_in_order(talk: Talk, cloud: FakeCloud) -> None:
    jobs = [job for words in ("first", "second", "third") for job in await talk.begin(f"make it {words}")]
    await talk.settle(jobs)
    assert [request.said for request in cloud.asked("run")] == ["make it first", "make it second", "make it third"]


async def test_places_run_side_by_side_with_a_session_each(talk: Talk, cloud: FakeCloud) -> None:
    hold = asyncio.Event()
    cloud.turns.append(Turn(hold=hold))
    slow = await talk.begin("make it slow")
    await cloud.started.wait()
    await talk.say("make it quick", place=Place(HERE.platform, "chat-2"))
    assert not (await talk.job(slow[0])).stage.over
    hold.set()
    await talk.settle(slow)
    assert len(cloud.asked("session")) == 2


async def test_status_and_credits_are_answered_while_a_job_runs(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    hold = asyncio.Event()
    cloud.turns.append(Turn(hold=hold))
    jobs = await talk.begin("make it brighter", clip)
    await cloud.started.wait()
    [status] = await talk.say("status")
    assert status.text.startswith("Editing (")
    [balance] = await talk.say("how many credits do I have left?")
    assert balance.text == "You have 100 credits."
    hold.set()
    await talk.settle(jobs)


async def test_the_status_is_the_timeline(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    [status] = await talk.say("show tracks")
    assert status.text == (
        "Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) "
        '3. Title: "Urban Dreams" (0-3s)'
    )
    [status] = await talk.say("状态")
    assert status.text.startswith("时间线（3 条轨道）： 1. 视频：city timelapse（0–10 秒）")


async def test_frozen_credits_are_told(talk: Talk, cloud: FakeCloud) -> None:
    cloud.credits = {"available": 25000, "frozen": 40, "total": 25040}
    [answer] = await talk.say("balance")
    assert answer.text == "You have 25,000 credits; 40 more are set aside for work under way (25,040 in all)."


@pytest.mark.parametrize("way", ["words", "button"])
async def test_cancel_stops_a_running_job_at_once(talk: Talk, cloud: FakeCloud, clip: Path, way: str) -> None:
    cloud.turns.append(Turn(hold=asyncio.Event()))
    jobs = await talk.begin("make it brighter", clip)
    await cloud.started.wait()
    status = talk.messenger.shown["1"]
    assert labels(status) == ["Cancel"]
    [answer] = await (talk.say("cancel") if way == "words" else talk.press(action(status, "Cancel")))
    assert "Cancelled." in answer.text
    assert "may cost credits" in answer.text
    await talk.settle(jobs)
    assert (await talk.job(jobs[0])).stage is Stage.CANCELLED
    assert talk.messenger.shown["1"].text.startswith("🚫 Cancelled")
    assert [message for message in talk.answers() if message.tone is Tone.RESULT] == []


async def test_cancelling_a_render_tells_the_backend(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.polls = 10_000
    jobs = await talk.begin("make it brighter", clip)
    await talk.messenger.until(lambda: any("45%" in text for text in talk.messenger.texts))
    await talk.say("取消")
    await talk.settle(jobs)
    assert cloud.cancelled == [(await talk.job(jobs[0])).render]


async def test_nobody_cancels_another_persons_job(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    hold = asyncio.Event()
    cloud.turns.append(Turn(hold=hold))
    jobs = await talk.begin("make it brighter", clip)
    await cloud.started.wait()
    [answer] = await talk.press(action(talk.messenger.shown["1"], "Cancel"), sender="bert")
    assert answer.text == "Only the person who asked for this can cancel it."
    [answer] = await talk.say("cancel", sender="bert")
    assert answer.text == "There is nothing to cancel."
    hold.set()
    await talk.settle(jobs)
    assert (await talk.job(jobs[0])).stage is Stage.DONE


async def test_a_cancelled_job_lets_the_next_one_run(talk: Talk, cloud: FakeCloud) -> None:
    cloud.turns.append(Turn(hold=asyncio.Event()))
    await talk.begin("make it brighter")
    await cloud.started.wait()
    queued = await talk.begin("make it darker", sender="bert")
    await talk.say("cancel")
    await talk.settle(queued)
    assert (await talk.job(queued[0])).stage is Stage.DONE


async def test_a_new_project_is_a_fresh_session(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    [answer] = await talk.say("new project")
    assert answer.text.startswith("A new project is open.")
    await talk.say("make it darker", clip)
    assert len(cloud.asked("session")) == 2


async def test_language_and_skill_can_be_chosen(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    [answer] = await talk.say("language 中文")
    assert answer.text == "好的，之后我会用中文回复。"
    [answer] = await talk.say("use skill mp4-to-mp3")
    assert "视频转 MP3" in answer.text
    [result] = await talk.say("make it brighter", clip)
    assert result.media
    assert result.media[0].name == "talk.mp3", "what the chosen skill ends in"


async def test_a_restart_while_the_agent_works_reads_the_state_and_sends_nothing_again(
    settings: Settings, cloud: FakeCloud, clip: Path
) -> None:
    cloud.turns.append(Turn(hold=asyncio.Event()))
    async with conversation(settings) as talk:
        jobs = await talk.begin("make it brighter", clip)
        await cloud.started.wait()
    cloud.sessions[next(iter(cloud.sessions))].draft = TIMELINE  # the agent went on without us
    async with conversation(settings) as talk:
        await talk.settle(jobs)
        [result] = talk.answers()
    assert result.tone is Tone.RESULT
    assert "Added BGM" in result.text
    assert len(cloud.asked("run")) == 1
    assert len(cloud.uploads) == 1


async def test_a_restart_while_it_renders_goes_on_polling_the_same_render(
    settings: Settings, cloud: FakeCloud, clip: Path
) -> None:
    cloud.polls = 10_000
    async with conversation(settings) as talk:
        jobs = await talk.begin("make it brighter", clip)
        await talk.messenger.until(lambda: any("45%" in text for text in talk.messenger.texts))
    cloud.renders = dict.fromkeys(cloud.renders, 1)
    async with conversation(settings) as talk:
        await talk.settle(jobs)
        assert [message.tone for message in talk.answers()] == [Tone.RESULT]
        assert talk.messenger.said(Tone.STATUS) == [], "the message from before is edited"
        assert talk.messenger.edits[-1].message_id == "1"
    assert len(cloud.asked("render")) == 1
    assert len(cloud.asked("run")) == 1


async def test_a_restart_between_the_saved_id_and_its_submission_submits_it_anew(
    settings: Settings, cloud: FakeCloud, clip: Path
) -> None:
    cloud.polls = 10_000
    async with conversation(settings) as talk:
        jobs = await talk.begin("make it brighter", clip)
        await talk.messenger.until(lambda: any("45%" in text for text in talk.messenger.texts))
    cloud.renders.clear()  # as if the request had never been sent
    cloud.polls = 1
    async with conversation(settings) as talk:
        await talk.settle(jobs)
        assert [message.tone for message in talk.answers()] == [Tone.RESULT]
    assert len({request.json["id"] for request in cloud.asked("render")}) == 2
    assert len(cloud.asked("run")) == 1


async def test_a_chat_that_cannot_be_reached_ends_only_its_own_job(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    gone = Place(HERE.platform, "gone")
    talk.messenger.fail = lambda event: ChatGone() if event.place == gone else None
    jobs = await talk.begin("make it brighter", clip, place=gone)
    [result] = await talk.say("make it brighter", clip)
    await talk.settle(jobs)
    assert result.tone is Tone.RESULT
    assert (await talk.job(jobs[0])).error == "chat-gone"


async def test_nothing_of_a_finished_job_stays_on_the_disk(
    talk: Talk, cloud: FakeCloud, clip: Path, settings: Settings
) -> None:
    await talk.say("extract the audio as MP3", clip)
    assert list((settings.data_dir / "work").iterdir()) == []


async def test_the_status_of_a_project_that_is_gone_says_so(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    cloud.sessions.clear()
    [gone] = await talk.say("status")
    assert gone.text.startswith("The editing service no longer has the project")
    [empty] = await talk.say("status")
    assert empty.text == "The timeline is empty."


async def test_an_answer_that_takes_longer_to_say_than_others_are_given_is_said_once(
    talk: Talk, cloud: FakeCloud
) -> None:
    talk.messenger.seconds = 2.5 * OVERDUE_SECONDS
    [answer] = await talk.say("help")
    assert answer.tone is Tone.ANSWER


@pytest.mark.parametrize(
    "words", ["new project", "cancel", "language 中文", "language", "use skill mp4-to-mp3", "skills", "credits", "help"]
)
async def test_a_file_is_kept_whatever_the_words_beside_it_are_about(
    talk: Talk, cloud: FakeCloud, clip: Path, words: str
) -> None:
    before = await talk.say(words, clip)
    assert len(before) == 2, "the answer and the receipt"
    assert [upload.name for upload in cloud.uploads] == ["talk.mp4"]
    [result] = await talk.say("make it brighter")
    assert result.tone is Tone.RESULT
