"""The backend fails, and the job does not: every fault at every free call of a job, and a backend that is away."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from core.job import Job, Stage
from core.messages import Outgoing, Place, Tone
from core.settings import Settings
from storage.opening import sqlite_store
from storage.rows import job_to_row
from tests.conversations.talk import Talk, action, conversation
from tests.servers.cloud import FakeCloud
from tests.servers.script import Cut, Drop, Reply, Turn
from tests.talking import PLATFORM

WAITING = "The editing service cannot be reached right now"
EDIT = "make it brighter"
SHORT = '{"t":[{"tt":0,"sg":[{"n":"talk","s":0,"d":1000}]}],"d":1000}'
PAGE = b"<html>Bad Gateway</html>"
FAULTS = {
    **{str(code): Reply(code, PAGE, content_type="text/html") for code in (500, 502, 503, 504)},
    "no answer": Reply(cut=Cut.BEFORE),
    "half an answer": Reply(body=PAGE, cut=Cut.WITHIN),
    "garbage": Reply(body=PAGE),
}
# The calls of an edit with a file, to its export, by endpoint and how many of them came before.
CALLS = [
    *[("token", 0), ("session", 0), ("upload", 0)],
    *[("state", 0), ("state", 1), ("state", 2)],  # before the turn, after it, and for the render
    *[("poll", 0), ("poll", 1), ("download", 0)],
]


def _result(said: list[Outgoing]) -> Outgoing:
    [result] = said
    assert result.tone is Tone.RESULT, result.text
    assert result.media
    return result


def _files(cloud: FakeCloud) -> list[object]:
    """What the only session holds."""
    [session] = cloud.sessions.values()
    return [video["filename"] for video in session.videos]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(("endpoint", "before"), CALLS)
async def test_a_free_call_that_fails_is_repeated(
    talk: Talk, cloud: FakeCloud, clip: Path, endpoint: str, before: int, fault: str
) -> None:
    if endpoint == "download":  # asked for where the address does not serve
        cloud.replies["media"] += [Reply(404)] * 9
    cloud.replies[endpoint] += [*[None] * before, *[FAULTS[fault]] * 3]
    _result(await talk.say(EDIT, clip))
    assert len(cloud.asked(endpoint)) >= before + 4
    assert len(cloud.asked("run")) == len(cloud.asked("render")) == 1
    assert _files(cloud) == ["talk.mp4"]


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_balance_that_cannot_be_read_is_asked_for_again(talk: Talk, cloud: FakeCloud, fault: str) -> None:
    cloud.replies["credits"] += [FAULTS[fault]] * 3
    [answer] = await talk.say("credits")
    assert "100" in answer.text


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_file_that_arrived_without_an_answer_is_not_sent_again(
    talk: Talk, cloud: FakeCloud, clip: Path, song: Path, fault: str
) -> None:
    await talk.say("", song)
    cloud.replies["upload"].append(replace(FAULTS[fault], does=True))
    _result(await talk.say(EDIT, clip))
    assert _files(cloud) == ["song.mp3", "talk.mp4"]
    assert len(cloud.asked("upload")) == 2


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_turn_is_sent_once_whatever_comes_back(talk: Talk, cloud: FakeCloud, clip: Path, fault: str) -> None:
    cloud.turns.append(Turn(reply=FAULTS[fault]))
    await talk.say(EDIT, clip)
    assert len(cloud.asked("run")) == 1


async def test_a_render_without_an_answer_is_asked_for_before_it_is_submitted_again(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.replies["render"].append(replace(FAULTS["502"], does=True))
    _result(await talk.say(EDIT, clip))
    assert len(cloud.asked("render")) == 1


async def test_what_fails_for_most_of_a_minute_is_waited_for(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    began = talk.clock.monotonic()
    cloud.replies["state"] += [FAULTS["503"]] * 9  # 1 + 2 + 4 + 6 times 8 seconds
    _result(await talk.say(EDIT, clip))
    assert talk.clock.monotonic() - began >= 55
    steps = [text.partition("\n⏳")[0] for text in talk.messenger.texts]
    told = [step for step, _ in itertools.groupby(steps) if WAITING in step]
    assert len(told) == 1, "it is said once, and taken away"


async def test_what_arrived_while_nobody_could_look_is_there_at_the_next_try(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.replies["upload"].append(replace(FAULTS["502"], does=True))
    cloud.replies["state"] += [FAULTS["502"]] * 99
    [error] = await talk.say(EDIT, clip)
    assert error.tone is Tone.ERROR
    cloud.replies["state"].clear()
    _result(await talk.press(action(error, "Try again")))
    assert _files(cloud) == ["talk.mp4"]
    assert len(cloud.asked("run")) == 1


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_crash_in_an_upload_leaves_each_file_once(
    settings: Settings, cloud: FakeCloud, clip: Path, arrived: bool
) -> None:
    async with conversation(settings) as talk:
        [job] = await talk.begin(EDIT, clip)
        await talk.settle([job])
        done = await talk.job(job)
    cloud.turns.append(Turn(draft=SHORT))
    if not arrived:
        cloud.sessions[done.session].videos.clear()
    await _reopen(
        settings, replace(done, stage=Stage.UPLOADING, uploaded=(), said=(), begun=(), edited=False, before="")
    )
    async with conversation(settings) as talk:
        talk.messenger.files[str(clip)] = clip
        await talk.settle([job])
        assert (await talk.job(job)).stage is Stage.DONE
    assert _files(cloud) == ["talk.mp4"]
    assert len(cloud.asked("upload")) == (1 if arrived else 2)


async def _reopen(settings: Settings, job: Job) -> None:
    """Puts a job back to where a crash would have left it."""
    async with sqlite_store(settings.data_dir / "cutroom.db") as store:
        values = {"id": job.id, "stage": job.stage.value, "body": job_to_row(job)["body"]}
        await store._driver.single(
            "update jobs set open = 1, stage = :stage, body = :body where id = :id returning id", values
        )


# --- a backend that is away

LEAVES = [("", 0), ("token", 1), ("session", 1), ("upload", 1), ("state", 1), ("run", 1), ("state", 2), ("state", 3)]
LEAVES += [("render", 1), ("poll", 1)]


@pytest.mark.parametrize("after", LEAVES)
async def test_a_backend_that_goes_away_at_any_moment_is_waited_for(
    talk: Talk, cloud: FakeCloud, clip: Path, after: tuple[str, int]
) -> None:
    if after[0]:
        cloud.leaves_after = after
    else:
        await cloud.leave()
    jobs = await talk.begin(EDIT, clip)
    await talk.messenger.until(lambda: any(WAITING in text for text in talk.messenger.texts))
    await cloud.come_back()
    await talk.settle(jobs)
    _result(talk.answers())
    assert len(cloud.asked("run")) == len(cloud.asked("render")) == 1
    assert _files(cloud) == ["talk.mp4"]


async def test_while_the_backend_is_away_nothing_is_claimed_and_nobody_is_told_of_an_error(
    settings: Settings, cloud: FakeCloud
) -> None:
    await cloud.leave()
    async with conversation(settings.model_copy(update={"jobs_at_once": 2})) as talk:
        places = [Place(PLATFORM, f"chat-{number}") for number in range(12)]
        first = [job for place in places[:2] for job in await talk.begin(EDIT, place=place, sender=place.key)]
        await talk.messenger.until(lambda: any(WAITING in text for text in talk.messenger.texts))
        rest = [job for place in places[2:] for job in await talk.begin(EDIT, place=place, sender=place.key)]
        await cloud.come_back()
        await talk.settle([*first, *rest])
        stages = [(await talk.job(job)).stage for job in (*first, *rest)]
        assert stages == [Stage.DONE] * 12
        assert talk.messenger.said(Tone.ERROR) == []
    assert len(cloud.asked("run")) == 12


async def test_a_backend_that_stays_away_is_told_after_minutes(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await cloud.leave()
    began = talk.clock.monotonic()
    [error] = await talk.say(EDIT, clip)
    assert "cannot be reached" in error.text
    assert talk.clock.monotonic() - began >= 180


# --- renders


async def test_an_export_asked_for_again_goes_on_with_the_render_that_nobody_saw_the_end_of(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.polls = 14
    [error] = await talk.say(EDIT, clip)
    assert "say “export” again" in error.text
    _result(await talk.say("export"))
    assert len(cloud.asked("render")) == 1
    cloud.polls = 1
    _result(await talk.say("export"))
    assert len(cloud.asked("render")) == 2, "what was delivered is rendered anew"


async def test_a_project_that_was_edited_since_is_rendered_anew(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.polls = 14
    await talk.say(EDIT, clip)
    cloud.turns.append(Turn(draft=SHORT))
    await talk.say("only keep the first second")
    cloud.polls = 1
    _result(await talk.say("export"))
    assert len({request.json["id"] for request in cloud.asked("render")}) == 2


async def test_an_hour_until_the_next_poll_is_not_believed(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    began = talk.clock.monotonic()
    body = {"status": "processing", "progress": 10}
    cloud.replies["poll"].append(Reply(body=body, headers={"Retry-After": "3600"}))
    _result(await talk.say(EDIT, clip))
    assert 120 <= talk.clock.monotonic() - began < 3600


async def test_a_turn_whose_answer_breaks_off_while_the_state_fails_is_told_by_the_state(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.turns.append(Turn(drop=Drop.AFTER))
    cloud.replies["state"] += [None, *[FAULTS["502"]] * 5]
    _result(await talk.say(EDIT, clip))
    assert len(cloud.asked("run")) == 1
