"""A row at each stage, left by a process that died: the next one does what is missing, and nothing twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from core.job import Job, Stage
from core.messages import Tone
from core.settings import BackendKind, Settings
from tests.conversations.talk import HERE, Talk, conversation, reopen
from tests.making import make_silent_clip
from tests.servers.cloud import FakeCloud
from tests.servers.script import Turn

SAID = "I made it brighter."


@dataclass(frozen=True)
class Done:
    """How often each was done."""

    uploads: int = 0
    turns: int = 0
    renders: int = 0
    results: int = 0

    @classmethod
    def by(cls, cloud: FakeCloud, talk: Talk) -> Done:
        counts = (len(cloud.uploads), len(cloud.asked("run")), len(cloud.asked("render")))
        return cls(*counts, len(talk.messenger.said(Tone.RESULT)))


NO_TURN: dict[str, Any] = {
    "before": "",
    "edited": False,
    "concluded": False,
    "exportable": False,
    "answer": "",
    "render": "",
}
NEW = {**NO_TURN, "uploaded": (), "held": None}
ALL = Done(1, 1, 1, 1)
TAKEN: dict[str, Any] = {"concluded": False, "exportable": False, "render": ""}


@pytest.fixture
async def done(settings: Settings, cloud: FakeCloud, clip: Path) -> Job:
    """A job that is done; nothing of it is known to have been said."""
    cloud.turns.append(Turn(SAID))
    async with conversation(settings) as talk:
        [job] = await talk.begin("make it brighter", clip)
        await talk.settle([job])
        assert Done.by(cloud, talk) == ALL
        done = await talk.job(job)
    return replace(done, begun=(), said=())


@pytest.mark.parametrize(
    ("stage", "row", "missing"),
    [
        (Stage.ACCEPTED, {**NEW, "session": ""}, ALL),
        (Stage.ACCEPTED, NEW, ALL),
        (Stage.UPLOADING, NEW, ALL),
        (Stage.UPLOADING, NO_TURN, Done(0, 1, 1, 1)),
        (Stage.EDITING, {**TAKEN, "answer": "", "edited": False}, Done(0, 0, 1, 1)),
        (Stage.EDITING, {**TAKEN, "answer": ""}, Done(0, 0, 1, 1)),
        (Stage.EDITING, TAKEN, Done(0, 0, 1, 1)),
        (Stage.EDITING, {"render": ""}, Done(0, 0, 1, 1)),
        (Stage.RENDERING, {"render": "never-submitted"}, Done(0, 0, 1, 1)),
        (Stage.RENDERING, {}, Done(0, 0, 0, 1)),
        (Stage.READY, {}, Done(0, 0, 0, 1)),
        (Stage.DELIVERING, {}, Done(0, 0, 0, 1)),
        (Stage.DELIVERING, {"begun": ("result",)}, Done(0, 0, 0, 1)),
        (Stage.DELIVERING, {"begun": ("result", "result")}, Done(0, 0, 0, 1)),  # in words and its link
        (Stage.DELIVERING, {"begun": ("result",), "said": ("result",)}, Done()),
    ],
)
async def test_what_is_missing_is_done_and_nothing_twice(
    settings: Settings, cloud: FakeCloud, clip: Path, done: Job, stage: Stage, row: dict[str, Any], missing: Done
) -> None:
    keys: dict[str, Any] = {
        name: tuple(f"{done.id}-{each}" for each in row[name]) for name in ("begun", "said") if name in row
    }
    await reopen(settings, replace(done, stage=stage, **(row | keys)))
    if missing.turns:  # as it was before the first of them
        cloud.turns.append(Turn(SAID))
        for session in cloud.sessions.values():
            session.draft = "{}"
    async with conversation(settings) as talk:
        talk.messenger.files[str(clip)] = clip
        await talk.settle([done.id])
        after = Done.by(cloud, talk)
        assert (await talk.job(done.id)).stage is Stage.DONE
        assert all(SAID in message.text or row.get("answer") == "" for message in talk.messenger.said(Tone.RESULT))
    there = Done(after.uploads - ALL.uploads, after.turns - ALL.turns, after.renders - ALL.renders, after.results)
    assert there == missing


async def test_an_answer_keeps_its_buttons_over_a_crash(settings: Settings, cloud: FakeCloud, clip: Path) -> None:
    async with conversation(settings) as talk:
        await talk.say("make it brighter", clip)
        cloud.turns.append(Turn('The effect is ready. Click "Apply" to use it.'))
        [job] = await talk.begin("prepare an effect")
        await talk.settle([job])
        done = await talk.job(job)
    await reopen(settings, replace(done, stage=Stage.EDITING, begun=(), said=()))
    async with conversation(settings) as talk:
        await talk.settle([job])
        [answer] = talk.messenger.said(Tone.ANSWER)
    assert answer.buttons[0].label == "Apply"


async def test_a_result_that_was_sent_counts_more_than_an_error_that_was_only_noted(
    settings: Settings, cloud: FakeCloud, done: Job
) -> None:
    told = replace(done, stage=Stage.DELIVERING, error="result-out-of-reach", said=(f"{done.id}-result",))
    await reopen(settings, told)
    async with conversation(settings) as talk:
        await talk.settle([done.id])
        ended = await talk.job(done.id)
        assert talk.messenger.sent == []
    assert (ended.stage, ended.error) == (Stage.DONE, "")


@pytest.mark.parametrize("answer", [SAID, ""])
async def test_a_missing_sound_is_answered_alike_by_whichever_run_finds_it(
    settings: Settings, cloud: FakeCloud, clip: Path, done: Job, tmp_path: Path, answer: str
) -> None:
    cloud.media = make_silent_clip(tmp_path / "silent.mp4").read_bytes()
    await reopen(settings, replace(done, stage=Stage.DELIVERING, output="mp3", answer=answer))
    async with conversation(settings) as talk:
        await talk.settle([done.id])
        [said] = [message for message in talk.answers() if message.tone is Tone.ERROR]
    assert (SAID in said.text) is bool(answer)
    assert len(cloud.asked("run")) == 1


# --- the studio that is part of the bot has another port in every life


@pytest.fixture
def embedded(settings: Settings) -> Settings:
    return settings.model_copy(update={"backend": BackendKind.STUDIO})


async def test_an_edit_that_was_lost_with_the_studio_is_not_told_as_made(embedded: Settings, clip: Path) -> None:
    async with conversation(embedded) as talk:
        await talk.say("mute it", clip)
        [job] = await talk.begin("add the title “Summer”")
        await talk.settle([job])
        kept = await talk.job(job)
        [undone] = await talk.say("undo")
        assert undone.tone is Tone.ANSWER
    lost = replace(kept, stage=Stage.EDITING, begun=(), said=(), **(TAKEN | {"answer": ""}))
    await reopen(embedded, lost)
    async with conversation(embedded) as talk:
        await talk.settle([job])
        [error] = talk.answers(place=HERE)
    assert "nothing has changed in the project since" in error.text


async def test_an_edit_that_the_studio_had_made_is_found_after_both_died(embedded: Settings, clip: Path) -> None:
    async with conversation(embedded) as talk:
        [job] = await talk.begin("mute it", clip)
        await talk.settle([job])
        made = await talk.job(job)
    left = replace(made, stage=Stage.EDITING, begun=(), said=(), **(TAKEN | {"answer": ""}))
    await reopen(embedded, left)
    async with conversation(embedded) as talk:
        await talk.settle([job])
        [result] = talk.answers(place=HERE)
    assert result.tone is Tone.RESULT
