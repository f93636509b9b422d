"""From the moment a turn is taken: its words are not lost, nothing untrue is said, and nothing is paid for twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from core.job import Stage
from core.messages import Album, Tone
from core.nemo.gateway import Gateway
from core.settings import Settings
from tests.conversations.talk import Talk, action, conversation, labels, open_rows
from tests.servers.cloud import FakeCloud
from tests.servers.frames import Dialect, frame, used_tool
from tests.servers.script import TIMELINE, Drop, Reply, Turn
from tests.talking import LIMITS

BAD_GATEWAY = Reply(502, b"<html>bad gateway</html>", content_type="text/html")
BUSY = Reply.coded(429, http=True)
GONE = Reply.coded(1002, http=False)
NO_CREDITS = Reply.coded(2001, http=False)
SAID = "I made it brighter."
UNTRUE = ("Nothing was started", "nothing has changed", "changed nothing", "nothing in the project changed")


async def _again(talk: Talk, cloud: FakeCloud) -> str:
    """Presses "Try again" under the last error, when the backend is well again; what is said then."""
    error = talk.messenger.said(Tone.ERROR)[-1]
    assert not [words for words in UNTRUE if words in error.text]
    cloud.broken.clear()
    [said] = await talk.press(action(error, "Try again"))
    assert said.tone is Tone.RESULT
    return said.text


@pytest.mark.parametrize(
    ("endpoint", "reply"),
    [
        ("state", BAD_GATEWAY),
        ("state", BUSY),
        ("state", Reply(404, b"{}", content_type="text/plain")),
        ("state", Reply(200, b"no json")),
        ("render", BAD_GATEWAY),
        ("render", BUSY),
        ("render", Reply(400, {"code": 400})),
        ("poll", Reply(body={"status": "failed"})),
        ("media", BAD_GATEWAY),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value.status),
)
async def test_trying_again_goes_on_from_the_step_that_failed(
    talk: Talk, cloud: FakeCloud, clip: Path, endpoint: str, reply: Reply
) -> None:
    if endpoint == "media":
        cloud.turns.append(Turn(SAID, breaks={"media": reply, "download": reply}))
    else:
        cloud.turns.append(Turn(SAID, breaks={endpoint: reply}))
    [error] = await talk.say("make it brighter", clip)
    if reply.status == 404:
        assert "no longer has the project" in error.text
        return
    assert error.text.startswith(SAID), "the agent's words are not lost"
    assert SAID in await _again(talk, cloud)
    assert [len(cloud.asked(name)) for name in ("run", "session")] == [1, 1]
    assert [upload.name for upload in cloud.uploads] == ["talk.mp4"]


async def test_a_turn_that_cannot_be_looked_at_may_fail_again_and_again(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.turns.append(Turn(text="", breaks={"state": BAD_GATEWAY}))
    [error] = await talk.say("make it brighter", clip)
    [error] = await talk.press(action(error, "Try again"))
    assert not [words for words in UNTRUE if words in error.text]
    assert "Added BGM" in await _again(talk, cloud)
    assert len(cloud.asked("run")) == 1


async def test_an_answer_in_words_hangs_on_nothing_else(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    cloud.turns.append(Turn("It is a city at night.", draft=None, tools=False, breaks={"state": BAD_GATEWAY}))
    [answer] = await talk.say("what is in it?")
    assert (answer.text, answer.tone) == ("It is a city at night.", Tone.ANSWER)


async def test_a_balance_that_cannot_be_had_does_not_cost_the_edit(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(Turn(f"{SAID} Check your account to top up.", breaks={"credits": BAD_GATEWAY}))
    [result] = await talk.say("make it brighter", clip)
    assert result.tone is Tone.RESULT
    assert result.text.startswith(SAID)


@pytest.mark.parametrize("turn", [Turn(drop=Drop.AFTER, text="", late=5), Turn(text="", late=4)])
async def test_an_edit_that_shows_after_it_was_given_up_on_is_not_paid_for_again(
    talk: Talk, cloud: FakeCloud, clip: Path, turn: Turn
) -> None:
    cloud.turns.append(turn)
    [error] = await talk.say("give it music", clip)
    assert error.tone is Tone.ERROR
    [result] = await talk.press(action(error, "Try again"))
    assert "Added BGM" in result.text
    assert len(cloud.asked("run")) == 1


async def test_the_edit_of_another_request_is_not_taken_for_the_one_that_was_given_up_on(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.turns += [Turn(text="", draft=None), Turn("I added music."), Turn("It is brighter.", draft="{}")]
    [error] = await talk.say("make it brighter", clip)
    await talk.say("add music")
    await talk.press(action(error, "Try again"))
    assert [request.said for request in cloud.asked("run")][-1] == "make it brighter"


async def test_a_project_is_not_taken_back_again_over_a_turn_that_was_taken(
    settings: Settings, cloud: FakeCloud, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bots.wiring.backend.Gateway", partial(_restoring, Gateway))
    async with conversation(settings) as talk:
        [first] = await talk.say("make it brighter", clip)
        await talk.say("make it darker")
        cloud.turns.append(Turn(SAID, breaks={"state": BAD_GATEWAY}))
        [error] = await talk.reply(first, "add a title")
        assert len(cloud.asked("restore")) == 1
        cloud.broken.clear()
        [result] = await talk.press(action(error, "Try again"))
        assert result.tone is Tone.RESULT
    assert len(cloud.asked("restore")) == 1
    assert len(cloud.asked("run")) == 3


def _restoring(made: Callable[..., Gateway], *values: Any, **named: Any) -> Gateway:
    return made(*values, **{**named, "restores": True})


# --- the second turn


OPTIONAL = [
    "Added a title; you may preview it in the timeline or drag it to the end.",
    "标题已添加。您也可以打开时间线查看，或将标题拖拽到开头。",
    "Added a title. Want it elsewhere? Drag it.",
    "Added a title. Drag the title to the end.",
]


@pytest.mark.parametrize("said", OPTIONAL)
async def test_what_could_be_done_besides_is_a_button_and_no_turn(
    talk: Talk, cloud: FakeCloud, clip: Path, said: str
) -> None:
    cloud.turns.append(Turn(said))
    [result] = await talk.say("add a title", clip)
    assert result.tone is Tone.RESULT
    assert len(cloud.asked("run")) == 1
    assert len(labels(result)) == 3, "what could be done stands beside status and new project"


async def test_a_step_that_is_only_possible_can_be_pressed(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    cloud.turns.append(Turn(OPTIONAL[0], draft=TIMELINE.replace("3000", "4000")))
    [answer] = await talk.say("add a title")
    assert "Move it to the end" in labels(answer)


FAILED_STEPS = [
    Turn(reply=NO_CREDITS),
    Turn(reply=BAD_GATEWAY, draft=None),
    Turn(raw=used_tool(Dialect.ADK) + frame({"error": "ValueError: x"}), draft=None),
    Turn(raw=frame({"code": 2001, "message": "no"}), draft=None, tools=False),
]


@pytest.mark.parametrize("second", FAILED_STEPS)
async def test_a_second_turn_that_fails_does_not_hide_that_the_first_stands(
    talk: Talk, cloud: FakeCloud, clip: Path, second: Turn
) -> None:
    cloud.turns += [Turn("I added the title. Drag the title to the end."), second]
    [result] = await talk.say("put the title at the end", clip)
    assert result.tone is Tone.RESULT
    assert "I added the title." in result.text
    assert "One step is left that I could not do now: “Move the title to the end”" in result.text
    assert len(cloud.asked("run")) == 2


@pytest.mark.parametrize(("first", "second"), [(TIMELINE, None), (None, TIMELINE)])
async def test_a_request_of_two_turns_is_exported_whichever_of_them_made_the_edit(
    talk: Talk, cloud: FakeCloud, clip: Path, first: str | None, second: str | None
) -> None:
    cloud.turns += [Turn("Drag the title to the end.", draft=first), Turn("The title is at the end.", draft=second)]
    [result] = await talk.say("put the title at the end", clip)
    assert result.tone is Tone.RESULT
    assert len(cloud.asked("run")) == 2


# --- the session is gone


def _in_the_session_of_the_turn(cloud: FakeCloud) -> list[object]:
    session = str(cloud.asked("run")[-1].json["session_id"])
    return [video["filename"] for video in cloud.sessions[session].videos]


def _second(clip: Path, folder: Path) -> Path:
    second = folder / "second.mp4"
    second.write_bytes(clip.read_bytes())
    return second


@pytest.mark.parametrize(
    ("endpoint", "replies"),
    [
        ("run", [GONE]),
        ("run", [Reply.coded(1001, http=False), GONE]),
        ("state", [GONE]),
        ("upload", [GONE]),
    ],
)
async def test_a_new_session_gets_every_file_before_the_turn(
    talk: Talk, cloud: FakeCloud, clip: Path, tmp_path: Path, endpoint: str, replies: list[Reply]
) -> None:
    cloud.replies[endpoint] += replies
    [result] = await talk.say("merge these videos", clip, _second(clip, tmp_path))
    assert result.tone is Tone.RESULT
    assert _in_the_session_of_the_turn(cloud) == ["talk.mp4", "second.mp4"]
    assert "earlier project" not in result.text, "there was none"
    assert len(cloud.sessions) == 2


async def test_a_session_that_is_gone_at_the_second_upload_gets_the_first_file_again(
    talk: Talk, cloud: FakeCloud, clip: Path, tmp_path: Path
) -> None:
    cloud.on_request = lambda request: (
        cloud.sessions.clear() if request.endpoint == "upload" and len(cloud.asked("upload")) == 2 else None
    )
    [result] = await talk.say("merge these videos", clip, _second(clip, tmp_path))
    assert result.tone is Tone.RESULT
    assert _in_the_session_of_the_turn(cloud) == ["talk.mp4", "second.mp4"]
    assert "earlier project" not in result.text


async def test_what_another_message_brought_is_asked_for_again_before_a_turn_is_paid(
    talk: Talk, cloud: FakeCloud, clip: Path, tmp_path: Path
) -> None:
    await talk.say("", clip)
    cloud.replies["run"].append(GONE)
    [error] = await talk.say("merge it with this one", _second(clip, tmp_path))
    assert "please send the file again" in error.text
    assert len(cloud.asked("run")) == 1, "the one that was refused"


async def test_a_turn_that_ran_out_of_time_is_not_taken_again_in_a_new_session(
    settings: Settings, cloud: FakeCloud, clip: Path
) -> None:
    cloud.on_request = lambda request: cloud.replies["state"].append(GONE) if request.endpoint == "run" else None
    cloud.turns.append(Turn(raw=b": working\n\n", late=99))
    async with conversation(settings.model_copy(update={"edit_timeout_seconds": 0.5})) as talk:
        [error] = await talk.say("make it brighter", clip)
    assert "no longer has the project" in error.text
    assert len(cloud.asked("run")) == 1


async def test_a_project_that_somebody_began_meanwhile_gets_the_files_of_a_job_that_goes_on(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.broken["state"] = BAD_GATEWAY
    [error] = await talk.say("make it brighter", clip)
    cloud.broken.clear()
    await talk.say("new project")
    [result] = await talk.press(action(error, "Try again"))
    assert result.tone is Tone.RESULT
    assert _in_the_session_of_the_turn(cloud) == ["talk.mp4"]


async def test_the_row_says_so_before_anything_is_done_that_cannot_be_repeated(
    talk: Talk, cloud: FakeCloud, clip: Path, settings: Settings
) -> None:
    seen: dict[str, list[tuple[Stage, bool, bool]]] = {}

    def note(what: str) -> None:
        rows = open_rows(settings)
        seen.setdefault(what, [(job.stage, job.edited, bool(job.render)) for job in rows])

    cloud.on_request = lambda request: note(request.endpoint)
    talk.messenger.fail = lambda event: note(event.message.tone) if event.message else None
    await talk.say("make it brighter", clip)
    assert seen["upload"] == [(Stage.UPLOADING, False, False)]
    assert seen["run"] == [(Stage.EDITING, True, False)]
    assert seen["render"] == [(Stage.RENDERING, True, True)]
    assert seen[Tone.RESULT] == [(Stage.DELIVERING, True, True)]


async def test_the_render_that_the_backend_named_is_the_one_that_is_polled(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.replies["render"].append(Reply(body={"success": True, "data": {"id": "its-own", "status": "pending"}}))
    cloud.renders["its-own"] = 0
    [job] = await talk.begin("make it brighter", clip)
    await talk.settle([job])
    assert {request.path.rpartition("/")[2] for request in cloud.asked("poll")} == {"its-own"}
    assert (await talk.job(job)).render == "its-own"


async def test_words_and_tools_whose_edit_shows_late_are_an_edit(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(Turn(SAID, late=2))
    [result] = await talk.say("make it brighter", clip)
    assert result.tone is Tone.RESULT


async def test_what_was_noted_for_a_result_that_waits_for_others_is_said_with_them(
    settings: Settings, cloud: FakeCloud, clip: Path, tmp_path: Path
) -> None:
    midway = Turn(raw=used_tool(Dialect.ADK) + frame({"error": "ValueError: x"}))
    cloud.turns += [midway, Turn(SAID, draft=TIMELINE.replace("3000", "4000"))]
    limits = replace(LIMITS, album=Album(10, (frozenset({"mp4"}),)))
    async with conversation(settings, limits) as talk:
        [result] = await talk.say("make it brighter", clip, _second(clip, tmp_path))
    assert len(result.media) == 2
    assert "The editor reported a problem midway" in result.text
