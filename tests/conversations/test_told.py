"""What is said of a failure is what happened: which call it was, how it failed, and what stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.messages import Tone
from tests.conversations.talk import Talk, action
from tests.servers.cloud import FakeCloud
from tests.servers.script import Reply, Turn

SAID = "I made it brighter."
BAD_GATEWAY = Reply(502, b"<html>bad gateway</html>", content_type="text/html")
CONFLICT = Reply.coded(409, http=True)
BUSY = Reply.coded(429, http=True)
GARBAGE = Reply(200, bytes(range(256)), content_type="application/octet-stream")
TOO_LARGE = (Reply.coded(413, http=True), Reply.coded(4002, http=False))
WRONG_TYPE = (Reply.coded(415, http=True), Reply.coded(4001, http=False))
UNANSWERED, REFUSED, TOO_MANY = "did not answer", "refused the next step (code", "got too many requests"


@pytest.mark.parametrize(
    ("endpoint", "reply", "words"),
    [
        ("state", BAD_GATEWAY, UNANSWERED),
        ("state", CONFLICT, f"{REFUSED} 409)"),
        ("state", BUSY, TOO_MANY),
        ("state", Reply.coded(2001, http=False), f"{REFUSED} 2001)"),
        ("state", Reply(200, b"[]"), UNANSWERED),
        ("render", BUSY, TOO_MANY),
        ("poll", Reply.coded(403, http=True), f"{REFUSED} 403)"),
        ("poll", BUSY, TOO_MANY),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value.status),
)
async def test_of_a_step_after_the_turn_it_is_said_how_it_failed(
    talk: Talk, cloud: FakeCloud, clip: Path, endpoint: str, reply: Reply, words: str
) -> None:
    cloud.turns.append(Turn(SAID, breaks={endpoint: reply}))
    [error] = await talk.say("make it brighter", clip)
    assert error.text.startswith(SAID)
    assert words in error.text
    assert "nothing is uploaded or paid for a second time" in error.text
    assert sum(each in error.text for each in (UNANSWERED, REFUSED, TOO_MANY)) == 1
    cloud.broken.clear()
    [result] = await talk.press(action(error, "Try again"))
    assert result.tone is Tone.RESULT
    assert [len(cloud.asked(name)) for name in ("run", "session", "upload")] == [1, 1, 1]


async def test_an_export_that_is_refused_midway_has_begun(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    cloud.broken["poll"] = CONFLICT
    [error] = await talk.say("export")
    assert "The export was begun" in error.text
    assert "Nothing was started" not in error.text
    cloud.broken.clear()
    [result] = await talk.press(action(error, "Try again"))
    assert (result.tone, len(cloud.asked("render"))) == (Tone.RESULT, 2), "one before and one of this export"


@pytest.mark.parametrize("endpoint", ["token", "session", "state", "credits", "poll"])
@pytest.mark.parametrize("reply", [*TOO_LARGE, *WRONG_TYPE], ids=["413", "4002", "415", "4001"])
async def test_of_files_nothing_is_said_where_none_was_worked_with(
    talk: Talk, cloud: FakeCloud, clip: Path, endpoint: str, reply: Reply
) -> None:
    cloud.broken[endpoint] = reply
    said = await (talk.say("credits") if endpoint == "credits" else talk.say("make it brighter", clip))
    assert said[-1].tone is Tone.ERROR
    assert "refused" in said[-1].text
    assert not [
        words for words in ("too large", "compress", "type of a file", "send one of these") if words in said[-1].text
    ]


@pytest.mark.parametrize("endpoint", ["run", "render"])
@pytest.mark.parametrize(("code", "words"), [(4001, "type of a file in this project"), (4002, "is too large")])
async def test_of_the_projects_files_it_is_said_where_they_are_worked_with(
    talk: Talk, cloud: FakeCloud, clip: Path, endpoint: str, code: int, words: str
) -> None:
    cloud.broken[endpoint] = Reply.coded(code, http=False)
    [error] = await talk.say("make it brighter", clip)
    assert words in error.text


async def test_a_service_without_credits_for_a_first_token_is_no_mistake_of_ours(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.broken["token"] = Reply.coded(2001, http=False)
    [error] = await talk.say("make it brighter", clip)
    assert "credits are used up" in error.text
    assert "/register" in error.text


async def test_a_state_that_speaks_of_no_session_is_no_empty_project(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    cloud.broken["state"] = Reply(200, b"[]")
    [error] = await talk.say("export")
    assert "nothing to export" not in error.text
    assert "cannot be reached" in error.text


async def test_a_file_that_is_no_media_is_asked_for_by_its_id(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.broken["media"] = GARBAGE
    [result] = await talk.say("make it brighter", clip)
    assert result.tone is Tone.RESULT
    assert len(cloud.asked("download")) == 1


async def test_of_a_file_that_cannot_be_read_it_is_not_said_that_it_was_not_made(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.broken |= {"media": GARBAGE, "download": GARBAGE}
    [error] = await talk.say("make it brighter", clip)
    assert "export is finished, but its file can't be read" in error.text
    cloud.broken.clear()
    [result] = await talk.press(action(error, "Try again"))
    assert result.tone is Tone.RESULT
    assert [len(cloud.asked(name)) for name in ("run", "render")] == [1, 2], "it is made anew, and nothing is paid"


@pytest.mark.parametrize(
    "reply", [Reply.coded(404, http=True), CONFLICT, BUSY, BAD_GATEWAY], ids=lambda it: str(it.status)
)
async def test_an_answer_in_words_hangs_on_no_state_also_where_a_file_came_along(
    talk: Talk, cloud: FakeCloud, clip: Path, reply: Reply
) -> None:
    cloud.turns.append(Turn("It is a city at night.", draft=None, tools=False, breaks={"state": reply}))
    [answer] = await talk.say("what is in this video?", clip)
    assert (answer.text, answer.tone) == ("It is a city at night.", Tone.ANSWER)


async def test_an_upload_whose_answer_names_no_file_is_looked_for(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.replies["upload"].append(Reply(200, b"[]", does=True))
    [result] = await talk.say("make it brighter", clip)
    assert result.tone is Tone.RESULT
    assert len(cloud.asked("upload")) == 1
