"""A turn is believed only as far as the project's state agrees, and never sent twice."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from core.messages import Tone
from core.settings import Settings
from tests.conversations.talk import Talk, action, conversation, labels
from tests.servers.cloud import FakeCloud
from tests.servers.frames import HEARTBEATS, Dialect, frame, used_tool
from tests.servers.script import TIMELINE, Drop, Reply, Turn


async def test_a_silent_edit_is_told_by_what_changed(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(Turn(text=""))
    [result] = await talk.say("give it music and a title", clip)
    assert result.tone is Tone.RESULT
    assert 'Added Title: "Urban Dreams" (0-3s).' in result.text
    assert "Added BGM: Lo-fi (0-10s, 35%)." in result.text


async def test_a_silent_edit_that_is_written_late_is_waited_for(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(Turn(text="", late=2))
    [result] = await talk.say("give it music", clip)
    assert "Added BGM" in result.text


async def test_a_silent_turn_that_changed_nothing_is_not_called_done(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(Turn(text="", draft=None))
    [error] = await talk.say("make it brighter", clip)
    assert error.tone is Tone.ERROR
    assert "nothing in the project changed" in error.text
    assert not cloud.asked("render")


async def test_zero_bytes_are_a_silent_turn(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(Turn(raw=b"", tools=False))
    [result] = await talk.say("give it music", clip)
    assert "Added BGM" in result.text


async def test_words_without_an_edit_are_an_answer_and_not_a_result(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(Turn("Which part shall I keep?", draft=None, tools=False))
    [answer] = await talk.say("cut it", clip)
    assert answer.text == "Which part shall I keep?"
    assert not cloud.asked("render")


@pytest.mark.parametrize("dialect", list(Dialect))
async def test_every_dialect_is_the_same_to_the_user(
    talk: Talk, cloud: FakeCloud, clip: Path, dialect: Dialect
) -> None:
    cloud.turns.append(Turn("Done, it is brighter.", dialect=dialect))
    [result] = await talk.say("make it brighter", clip)
    assert result.text.splitlines()[0] == "Done, it is brighter."


async def test_a_trailing_temporary_issue_is_not_shown_after_work(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(Turn("Made it brighter. I encountered a temporary issue. Please try again."))
    [result] = await talk.say("make it brighter", clip)
    assert result.text.splitlines()[0] == "Made it brighter."


async def test_a_broken_stream_is_resolved_by_the_state(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(Turn(drop=Drop.AFTER, text=""))
    [result] = await talk.say("give it music", clip)
    assert "Added BGM" in result.text
    assert len(cloud.asked("run")) == 1


async def test_a_broken_stream_that_left_nothing_is_told_and_offered_again(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.turns.append(Turn(drop=Drop.BEFORE))
    [error] = await talk.say("give it music", clip)
    assert "did not send it a second time" in error.text
    assert len(cloud.asked("run")) == 1
    assert len(cloud.asked("state")) == 1 + 5, "one look before the turn and five after"
    [result] = await talk.press(action(error, "Try again"))
    assert result.tone is Tone.RESULT
    assert len(cloud.asked("run")) == 2


@pytest.mark.parametrize("status", [502, 504])
async def test_a_gateway_that_gives_up_is_not_asked_again(
    talk: Talk, cloud: FakeCloud, clip: Path, status: int
) -> None:
    cloud.turns.append(Turn(reply=Reply(status, b"<html>bad gateway</html>", content_type="text/html")))
    [error] = await talk.say("give it music", clip)
    assert "did not send it a second time" in error.text
    assert len(cloud.asked("run")) == 1


async def test_still_working_is_said_every_two_minutes_while_only_heartbeats_come(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    hold = asyncio.Event()
    cloud.turns.append(Turn(hold=hold))
    jobs = await talk.begin("make it brighter", clip)
    await talk.messenger.until(lambda: any("(4:00)" in text for text in talk.messenger.texts))
    hold.set()
    await talk.settle(jobs)
    beats = [text.splitlines()[-1] for text in talk.messenger.texts if "⏳" in text]
    assert beats[:2] == ["⏳ Still working… (2:00)", "⏳ Still working… (4:00)"]
    assert talk.answers()[-1].tone is Tone.RESULT


async def test_a_turn_over_the_limit_ends_in_an_honest_sentence(
    settings: Settings, cloud: FakeCloud, clip: Path
) -> None:
    cloud.turns.append(Turn(hold=asyncio.Event()))
    async with conversation(settings.model_copy(update={"edit_timeout_seconds": 1.0})) as talk:
        [error] = await talk.say("make it brighter", clip)
    assert error.text.startswith("The edit took too long and has not shown up so far. It may still be running")
    assert len(cloud.asked("run")) == 1


@pytest.mark.parametrize("heartbeat", HEARTBEATS)
async def test_heartbeats_of_any_form_are_not_words(talk: Talk, cloud: FakeCloud, clip: Path, heartbeat: bytes) -> None:
    cloud.turns.append(Turn(raw=heartbeat * 3, text=""))
    [result] = await talk.say("give it music", clip)
    assert "heartbeat" not in result.text


async def test_the_user_never_reads_of_buttons(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    said = "Done! I added the title. Click the Export button to download your video."
    cloud.turns.append(Turn(said, draft=TIMELINE.replace("Urban", "Rural")))
    [answer] = await talk.say("add a title")
    assert answer.text == "Done! I added the title."
    assert "Export" in labels(answer)


async def test_words_that_only_send_to_export_run_it_for_a_file(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(Turn("点击导出按钮即可下载。", draft=None))
    cloud.open_session()
    [result] = await talk.say("提取视频里的声音", clip)
    assert "点击" not in result.text


async def test_a_panel_to_open_is_shown_as_words(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    named = TIMELINE.replace('"title":"Project"', '"title":"City"')
    cloud.turns.append(Turn("I added the music. Open the timeline panel to preview it.", draft=named))
    [answer] = await talk.say("add music")
    assert answer.text.splitlines() == [
        "I added the music.",
        "Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) "
        '3. Title: "Urban Dreams" (0-3s)',
    ]


async def test_a_drag_becomes_a_request_once(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns += [Turn("Drag the title to the end."), Turn("Moved the title. Drag it again to the start.")]
    [result] = await talk.say("put the title at the end", clip)
    assert [request.said for request in cloud.asked("run")][1:] == ["Move the title to the end"]
    assert "rag" not in result.text


async def test_a_session_that_is_gone_after_the_turn_does_not_take_the_turn_again(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.turns.append(Turn(raw=used_tool(Dialect.ADK) + frame({"code": 1002, "message": "gone"}), draft=None))
    [error] = await talk.say("make it brighter", clip)
    assert "changed nothing" in error.text
    assert len(cloud.asked("run")) == 1


async def test_a_session_that_is_gone_before_the_export_asks_for_the_file_again(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.replies["render"].append(Reply.coded(1002, http=False))
    [error] = await talk.say("make it brighter", clip)
    assert "send the file again" in error.text
    assert len(cloud.asked("run")) == 1


async def test_a_fault_midway_is_told_with_what_was_done(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(Turn(raw=used_tool(Dialect.ADK) + frame({"error": "ValueError: x"})))
    [result] = await talk.say("give it music", clip)
    assert result.text.startswith("(The editor reported a problem midway.")
    assert "Added BGM" in result.text


async def test_a_backend_that_goes_away_after_the_turn_is_not_called_unstarted(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    good = Reply(body={"code": 0, "data": {"state": {"draft": {}, "video_infos": []}}})
    cloud.replies["state"] += [good, *[Reply(503, b"down")] * 99]
    [error] = await talk.say("make it brighter", clip)
    assert error.text.startswith("Done! I made the edit.\n\nThe edit was sent")


async def test_trying_again_after_a_failed_export_takes_no_new_turn(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.replies["poll"] += [Reply(body={"status": "failed"})] * 2
    [error] = await talk.say("make it brighter", clip)
    [result] = await talk.press(action(error, "Try again"))
    assert result.tone is Tone.RESULT
    assert len(cloud.asked("run")) == 1
