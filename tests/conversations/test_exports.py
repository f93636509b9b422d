"""Submitting, polling and fetching renders, in every shape the backend is known to use."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.messages import Tone
from tests.conversations.talk import Talk
from tests.servers.cloud import FakeCloud
from tests.servers.script import Poll, Reply


@pytest.mark.parametrize("shape", list(Poll))
async def test_every_poll_shape_ends_in_the_media(talk: Talk, cloud: FakeCloud, clip: Path, shape: Poll) -> None:
    cloud.poll_shape = shape
    cloud.polls = 3
    [result] = await talk.say("make it brighter", clip)
    assert result.media
    assert any("Rendering… 45%" in text for text in talk.messenger.texts)


async def test_a_place_in_the_queue_is_shown_until_it_is_our_turn(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    # Each for several polls: news that comes too soon after other news is not shown, and a busy machine makes it so.
    waiting = [{"status": "pending", "progress": 0, "queue_position": place} for place in (2, 2, 2, 1, 1, 1)]
    working = [{"status": "processing", "progress": 0}] * 3
    cloud.replies["poll"] += [Reply(body=body) for body in (*waiting, *working)]
    [result] = await talk.say("make it brighter", clip)
    assert result.media
    shown = [text.partition("\n")[0] for text in talk.messenger.texts if "ender" in text]
    places = list(dict.fromkeys(text for text in shown if text.startswith("Waiting to render")))
    assert places == [f"Waiting to render: {others} ahead of this one." for others in ("2 others are", "one other is")]
    assert any("Rendering… 0%" in text for text in shown[shown.index(places[-1]) :])


async def test_what_a_render_has_to_tell_is_said_with_its_result(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    told = {"status": "completed", "output": {"url": f"{cloud.url}/media/r.mp4"}, "notices": ["little-voice"]}
    cloud.replies["poll"].append(Reply(body=told))
    [result] = await talk.say("make it brighter", clip)
    assert result.media
    assert result.text.startswith("I could hardly hear a voice in it")


async def test_nothing_on_the_timeline_is_nothing_to_export(talk: Talk, cloud: FakeCloud) -> None:
    [error] = await talk.say("export")
    assert "nothing to export yet" in error.text
    assert cloud.requests == [], "nothing need be asked to know that"


async def test_an_export_in_words_asks_the_agent_nothing(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    [result] = await talk.say("send me the video")
    assert result.tone is Tone.RESULT
    assert len(cloud.asked("run")) == 1
    first, second = (request.json["id"] for request in cloud.asked("render"))
    assert first != second


async def test_an_export_of_the_audio_alone_is_an_mp3(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    [result] = await talk.say("export audio only MP3")
    assert result.media
    assert (result.media[0].name, result.media[0].kind) == ("talk.mp3", "audio")
    assert len(cloud.asked("run")) == 1


async def test_completed_without_an_address_is_asked_again_and_then_fetched_by_its_id(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.replies["poll"] += [Reply(body={"status": "completed", "progress": 100})] * 10
    [result] = await talk.say("make it brighter", clip)
    assert result.media
    assert len(cloud.asked("download")) == 1
    assert len(cloud.asked("poll")) == 4


async def test_an_address_that_does_not_work_falls_back_to_the_id(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.replies["media"].append(Reply(404, b"gone", content_type="text/plain"))
    [result] = await talk.say("make it brighter", clip)
    assert result.media
    assert len(cloud.asked("download")) == 1


async def test_a_refused_submission_is_tried_once_more_under_another_id(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.replies["render"].append(Reply(body={"success": False, "error": "duplicate id"}))
    [result] = await talk.say("make it brighter", clip)
    assert result.media
    assert len({request.json["id"] for request in cloud.asked("render")}) == 2


async def test_a_render_that_fails_twice_is_told_without_its_id(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.replies["poll"] += [Reply(body={"status": "failed", "error": "lambda died"})] * 2
    [error] = await talk.say("make it brighter", clip)
    last = cloud.asked("render")[-1].json["id"]
    assert str(last) not in error.text
    assert "lambda" not in error.text
    assert len(cloud.asked("render")) == 2


async def test_faults_while_polling_are_asked_again_under_the_same_id(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.replies["poll"] += [Reply(502, b"bad"), Reply(503, b"bad"), Reply(404, {"detail": "not yet"})]
    [result] = await talk.say("make it brighter", clip)
    assert result.media
    assert len(cloud.asked("render")) == 1


async def test_an_unclear_submission_is_polled_under_the_same_id(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.replies["render"].append(Reply(504, b"timeout"))
    [result] = await talk.say("make it brighter", clip)
    assert result.media
    first, second = (str(request.json["id"]) for request in cloud.asked("render"))
    assert f"/{first}" in cloud.asked("poll")[0].path, "first the id that may be running"
    assert f"/{second}" in cloud.asked("poll")[-1].path


async def test_a_render_that_never_ends_is_given_up_after_ten_quiet_polls(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.polls = 10_000
    [error] = await talk.say("make it brighter", clip)
    assert "longer than I can wait" in error.text
    assert len(cloud.asked("poll")) >= 10


async def test_a_result_that_is_no_media_is_not_delivered(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.media = b"<html>please log in</html>" * 10
    [error] = await talk.say("make it brighter", clip)
    assert error.tone is Tone.ERROR
    assert "file can't be read" in error.text


async def test_a_finished_file_that_is_late_at_its_address_is_fetched_again(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.replies["media"] += [Reply(503, b"soon", content_type="text/plain")] * 2
    cloud.replies["download"] += [Reply(404, b"", content_type="text/plain")] * 2
    [result] = await talk.say("make it brighter", clip)
    assert result.media
    assert len(cloud.asked("render")) == 1


async def test_a_finished_file_that_never_comes_is_not_called_unstarted(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.replies["media"] += [Reply(404, b"gone", content_type="text/plain")] * 9
    cloud.replies["download"] += [Reply(404, b"gone", content_type="text/plain")] * 9
    [error] = await talk.say("make it brighter", clip)
    assert error.tone is Tone.ERROR
    assert "The export is finished, but its file could not be fetched" in error.text
    assert len(cloud.asked("download")) == 3
