"""Several people in one place: whose buttons are whose, and whose file is meant."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.messages import Tone
from tests.conversations.talk import HERE, Talk, action, labels
from tests.servers.cloud import FakeCloud
from tests.servers.script import Turn


async def test_only_who_asked_tries_again(talk: Talk, cloud: FakeCloud) -> None:
    cloud.turns.append(Turn(text="", draft=None))
    [error] = await talk.say("make it brighter")
    assert error.tone is Tone.ERROR
    retry = action(error, "Try again")
    before = len(cloud.asked("run"))
    [answer] = await talk.press(retry, sender="ben")
    assert answer.text.startswith("Only the person who asked for this can try it again.")
    assert len(cloud.asked("run")) == before, "no turn was paid for"
    await talk.press(retry)
    assert len(cloud.asked("run")) == before + 1


async def test_status_and_export_and_new_are_everybodys(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    [result] = await talk.say("make it brighter", clip)
    assert labels(result) == ["Status", "New project"]
    [status] = await talk.press(action(result, "Status"), sender="ben")
    assert status.text.startswith("Timeline (3 tracks)")
    [exported] = await talk.press("export", sender="ben")
    assert exported.media
    [fresh] = await talk.press(action(result, "New project"), sender="ben")
    assert fresh.text.startswith("A new project is open.")


async def test_somebody_elses_request_with_a_file_leaves_a_wish_waiting(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    wish = "remove the background music from my video"
    await talk.say(wish)
    await talk.say("make it brighter", clip, sender="ben")
    await talk.say("", clip)
    assert [request.said for request in cloud.asked("run")] == ["make it brighter", wish]


async def test_a_new_project_forgets_the_words_that_wait_for_a_file(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("remove the background music from my video")
    await talk.say("new project")
    [answer] = await talk.say("", clip)
    assert cloud.asked("run") == []
    assert answer.buttons, "a file alone is answered with what could be done"


async def test_words_wait_ten_minutes_for_their_file_and_no_longer(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("remove the background music from my video")
    project = await talk.house.store.project(HERE)
    assert project.pending
    earlier = replace(project.pending, asked=project.pending.asked - 601)
    await talk.house.store.update_project(HERE, pending=earlier)
    await talk.say("", clip)
    assert cloud.asked("run") == []
