"""An upload whose answer was lost: the file is looked for, and however late it comes, it stands in the project once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from core.messages import Tone
from tests.conversations.talk import Talk
from tests.making import make_clip
from tests.servers.cloud import FakeCloud
from tests.servers.script import Reply, Request

BAD_GATEWAY = Reply(502, b"<html>bad gateway</html>", content_type="text/html")


def _arrives_late(cloud: FakeCloud, endpoint: str, nth: int) -> None:
    """The file of an upload that was not answered is written into the project at the `nth` call of `endpoint`."""
    calls: Counter[str] = Counter()

    def on_request(request: Request) -> None:
        calls[request.endpoint] += 1
        if request.endpoint == endpoint and calls[endpoint] == nth:
            name = cloud.uploads[-1].name
            session = list(cloud.sessions.values())[-1]
            session.videos.append({"filename": name, "file_type": "video", "cdn_url": f"up://late/{name}"})

    cloud.replies["upload"].append(BAD_GATEWAY)
    cloud.on_request = on_request


@pytest.fixture
def walk(tmp_path: Path) -> Path:
    return make_clip(tmp_path / "walk.mp4", seconds=0.4, size="96x64")


async def test_a_file_that_comes_within_a_while_is_not_sent_again(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    _arrives_late(cloud, "state", 4)
    [result] = await talk.say("make it brighter", clip)
    assert result.tone is Tone.RESULT
    assert len(cloud.asked("upload")) == 1
    assert [turn.files for turn in cloud.taken] == [("talk.mp4",)]


@pytest.mark.parametrize(("endpoint", "nth"), [("upload", 2), ("state", 6)], ids=["with the second", "after it"])
async def test_a_file_that_came_twice_stands_once_in_a_session_of_its_own(
    talk: Talk, cloud: FakeCloud, clip: Path, walk: Path, endpoint: str, nth: int
) -> None:
    _arrives_late(cloud, endpoint, nth)
    [result] = await talk.say("join these clips", clip, walk)
    assert result.tone is Tone.RESULT
    assert "stands twice" not in result.text
    assert [turn.files for turn in cloud.taken] == [("talk.mp4", "walk.mp4")]
    assert len(cloud.asked("session")) == 2


async def test_a_file_that_came_twice_into_a_project_with_others_is_told_of(
    talk: Talk, cloud: FakeCloud, clip: Path, walk: Path
) -> None:
    await talk.say("make it brighter", clip)
    _arrives_late(cloud, "upload", 2)
    [result] = await talk.say("add this clip at the end", walk)
    assert "stands twice in the project" in result.text
    assert len(cloud.asked("session")) == 1
    assert cloud.taken[-1].files == ("talk.mp4", "walk.mp4", "walk.mp4")
