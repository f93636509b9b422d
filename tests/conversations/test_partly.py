"""A request of which something is done and something is not: it says which part failed, and is not called done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.job import JobError, Stage
from core.messages import Album, Mark, Tone
from core.settings import Settings
from tests.conversations.talk import Talk, conversation
from tests.making import make_clip
from tests.servers.cloud import FakeCloud
from tests.servers.frames import Dialect, frame, said, used_tool
from tests.servers.script import TIMELINE, Turn
from tests.talking import LIMITS

EACH = "first one: trim to 3 seconds; second one: make it black and white"
BROKEN = frame({"error": "ValueError: x"})
FAILS = Turn(raw=used_tool(Dialect.ADK) + BROKEN, draft=None)


@pytest.fixture
def walk(tmp_path: Path) -> Path:
    return make_clip(tmp_path / "walk.mp4", seconds=0.4, size="96x64")


@pytest.fixture(params=[None, Album(most=10)], ids=["one by one", "together"])
async def either(request: pytest.FixtureRequest, settings: Settings) -> AsyncIterator[Talk]:
    """Where results are shown one by one, and where those of a message come together."""
    async with conversation(settings, replace(LIMITS, album=request.param)) as talk:
        yield talk


def _last_status(talk: Talk) -> str:
    return [event for event in talk.messenger.spoken if event.message and event.message.tone is Tone.STATUS][-1].text


def _last_mark(talk: Talk) -> Mark | None:
    return [event.mark for event in talk.messenger.events if event.mark][-1]


@pytest.mark.parametrize("failed", ["talk.mp4", "walk.mp4"])
async def test_of_two_files_the_one_that_failed_is_named_and_nothing_is_called_done(
    either: Talk, cloud: FakeCloud, clip: Path, walk: Path, failed: str
) -> None:
    good = Turn("I did it.")
    cloud.turns += [FAILS, good] if failed == "talk.mp4" else [good, FAILS]
    messages = await either.say(EACH, clip, walk)
    [error] = [message for message in messages if message.tone is Tone.ERROR]
    [result] = [message for message in messages if message.tone is Tone.RESULT]
    assert error.text.startswith(f"{failed}: The editor had a problem")
    assert [file.name for file in result.media] != [failed]
    assert _last_mark(either) is Mark.FAILED
    last = _last_status(either)
    assert "✅" not in last
    assert last.startswith("❌") or last.endswith(f"but not {failed}")


async def test_where_all_of_them_are_done_so_is_the_message(
    either: Talk, cloud: FakeCloud, clip: Path, walk: Path
) -> None:
    await either.say(EACH, clip, walk)
    assert _last_mark(either) is Mark.DONE
    assert _last_status(either).startswith("✅ Done")


async def test_an_error_about_the_only_file_needs_no_name(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(FAILS)
    [error] = await talk.say("trim to 3 seconds", clip)
    assert error.text.startswith("The editor had a problem")


async def test_a_turn_that_stops_midway_brings_what_there_is_and_is_not_done(
    talk: Talk, cloud: FakeCloud, clip: Path, walk: Path
) -> None:
    only_one = TIMELINE.replace("city timelapse", "talk")
    cloud.turns.append(Turn(raw=used_tool(Dialect.ADK) + said("I joined them.", Dialect.ADK) + BROKEN, draft=only_one))
    [job] = await talk.begin("join these clips", clip, walk)
    await talk.settle([job])
    [result] = talk.messenger.said(Tone.RESULT)
    assert "The editor reported a problem midway" in result.text
    assert "Not in it: walk.mp4" in result.text
    row = await talk.job(job)
    assert (row.stage, row.error) == (Stage.FAILED, JobError.PARTLY)
    assert _last_mark(talk) is Mark.FAILED
    assert _last_status(talk).startswith("⚠️ Only partly done")
