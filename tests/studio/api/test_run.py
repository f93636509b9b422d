from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from httpx_sse import aconnect_sse

from tests.servers.studio import Beat, Dialect, Drop, Fault, Variants
from tests.studio.caller import Caller, events_of, words_of
from tests.studio.conftest import Clips, OpenStudio, OpenVaried

EXTRACT = "extract the audio as mp3"


async def test_an_edit_streams_tool_call_result_and_words(caller: Caller, clips: Clips) -> None:
    await caller.upload(clips.talk)
    answer = await caller.run(EXTRACT)
    call, result, said = events_of(answer.text)
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert call["content"]["parts"][0]["functionCall"]["name"] == "edit_multitrack"
    assert result["content"]["parts"][0]["functionResponse"]["response"] == {"status": "ok"}
    assert words_of(said) == "I took the audio out as MP3 (192 kbps, 0:04)."
    assert {"invocationId", "author", "actions", "id", "timestamp"} <= said.keys()


async def test_the_stream_is_read_by_the_library_that_clients_use(caller: Caller, clips: Clips) -> None:
    await caller.upload(clips.talk)
    async with aconnect_sse(caller.http, "POST", "/run_sse", json=caller.message(EXTRACT)) as source:
        events = [event.json() async for event in source.aiter_sse()]
    assert "".join(words_of(event) for event in events) == "I took the audio out as MP3 (192 kbps, 0:04)."


async def test_the_answer_is_in_the_sessions_language_and_raw_utf8(open_studio: OpenStudio, clips: Clips) -> None:
    async with Caller(await open_studio(), language="zh-CN") as caller:
        await caller.upload(clips.talk)
        answer = await caller.run("mute the video")
        assert "已将视频静音" in answer.text
        assert "没有要编辑的内容" in await caller.say("hello")


async def test_without_a_language_the_answer_is_in_the_messages(studio: Any, clips: Clips) -> None:
    async with Caller(studio, language="") as caller:
        await caller.upload(clips.talk)
        assert "已提取音频" in await caller.say("提取音频")
        assert "There is no edit in that" in await caller.say("hello")


@pytest.mark.parametrize("text", ["rotate it and trim to 2 seconds", "what is the weather like?", "cut out a bit"])
async def test_what_is_not_understood_is_said_and_changes_nothing(caller: Caller, clips: Clips, text: str) -> None:
    await caller.upload(clips.talk)
    assert "changed nothing" in await caller.say(text)
    assert (await caller.state())["draft"] == {}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("straighten it", "refused"),
        ("undo", "refused"),
        ("hello", "refused"),
        ("cut out a bit", "asked"),
        ("make it look better", "asked"),
        (EXTRACT, None),
    ],
)
async def test_a_turn_that_changes_nothing_says_which_kind_it_is(
    caller: Caller, clips: Clips, text: str, outcome: str | None
) -> None:
    await caller.upload(clips.talk)
    said = events_of((await caller.run(text)).text)[-1]
    assert said["actions"]["stateDelta"].get("cutroom_outcome") == outcome


async def test_an_edit_that_the_disk_has_no_room_for_is_said_in_the_stream(
    open_varied: OpenVaried, clips: Clips
) -> None:
    async with Caller(await open_varied(Variants(disk_full=True))) as caller:
        await caller.upload(clips.talk)
        assert events_of((await caller.run(EXTRACT)).text)[-1] == {"error": "The server's disk is full.", "code": 507}


async def test_a_request_without_a_file_asks_for_one(caller: Caller) -> None:
    assert "send one first" in await caller.say(EXTRACT)


async def test_a_message_that_is_none_is_refused(caller: Caller) -> None:
    for body in ({"session_id": caller.session}, {"session_id": caller.session, "new_message": {"parts": 3}}):
        assert (await caller.http.post("/run_sse", json=body)).status_code == 422
    assert (await caller.http.post("/run_sse", content=b"[" * 100_000)).status_code == 422


async def test_the_run_goes_on_without_its_client(open_varied: OpenVaried, clips: Clips) -> None:
    hold = asyncio.Event()
    async with Caller(await open_varied(Variants(hold=hold))) as caller:
        await caller.upload(clips.talk)
        async with caller.http.stream("POST", "/run_sse", json=caller.message(EXTRACT)):
            pass
        assert (await caller.state())["draft"] == {}
        hold.set()
        assert await draft_after(caller, 60)


async def test_messages_of_one_session_run_one_after_the_other(open_varied: OpenVaried, clips: Clips) -> None:
    hold = asyncio.Event()
    async with Caller(await open_varied(Variants(hold=hold))) as caller, AsyncExitStack() as streams:
        await caller.upload(clips.talk)
        answers = []
        for text in ("trim to the first 3 seconds", "remove the first 1 seconds"):
            stream = caller.http.stream("POST", "/run_sse", json=caller.message(text))
            answers.append(await streams.enter_async_context(stream))
        hold.set()
        for answer in answers:
            await answer.aread()
        assert (await caller.state())["draft"]["d"] == 2000


@pytest.mark.parametrize("beat", Beat)
async def test_heartbeats_come_while_the_agent_works(open_varied: OpenVaried, clips: Clips, beat: Beat) -> None:
    hold, heard = asyncio.Event(), ""
    async with Caller(await open_varied(Variants(hold=hold, heartbeat=beat), heartbeat_every=0.02)) as caller:
        await caller.upload(clips.talk)
        async with asyncio.timeout(60), caller.http.stream("POST", "/run_sse", json=caller.message(EXTRACT)) as stream:
            async for text in stream.aiter_text():
                heard += text
                if f"\n\n{beat.value}\n\n" in heard:
                    hold.set()
    assert events_of(heard)[-1]["content"]


async def test_the_simple_dialect(open_varied: OpenVaried, clips: Clips) -> None:
    async with Caller(await open_varied(Variants(dialect=Dialect.SIMPLE))) as caller:
        await caller.upload(clips.talk)
        call, result, said = events_of((await caller.run(EXTRACT)).text)
    assert (call["type"], call["name"]) == ("tool_call", "edit_multitrack")
    assert result == {"type": "tool_result", "name": "edit_multitrack", "result": {"status": "ok"}}
    assert said["type"] == "text"


async def test_partials_are_repeated_whole(open_varied: OpenVaried, clips: Clips) -> None:
    async with Caller(await open_varied(Variants(partials=True))) as caller:
        await caller.upload(clips.talk)
        *_, first, second, whole = events_of((await caller.run(EXTRACT)).text)
    assert first["partial"]
    assert second["partial"]
    assert words_of(first) + words_of(second) == words_of(whole)


async def test_a_silent_edit_changes_the_state_without_words(open_varied: OpenVaried, clips: Clips) -> None:
    async with Caller(await open_varied(Variants(silent=True))) as caller:
        await caller.upload(clips.talk)
        assert await caller.say(EXTRACT) == ""
        assert (await caller.state())["draft"]


@pytest.mark.parametrize(("language", "words"), [("en", "Click the Export button"), ("zh", "点击右上角的导出按钮")])
async def test_gui_words(open_varied: OpenVaried, clips: Clips, language: str, words: str) -> None:
    async with Caller(await open_varied(Variants(gui_words=True)), language=language) as caller:
        await caller.upload(clips.talk)
        assert words in await caller.say(EXTRACT)


async def test_a_trailing_temporary_issue(open_varied: OpenVaried, clips: Clips) -> None:
    async with Caller(await open_varied(Variants(temporary_issue=True))) as caller:
        await caller.upload(clips.talk)
        said = await caller.say(EXTRACT)
    assert said.startswith("I took the audio out")
    assert "temporary issue" in said


@pytest.mark.parametrize("fault", Fault)
async def test_an_error_within_the_stream_changes_nothing(open_varied: OpenVaried, clips: Clips, fault: Fault) -> None:
    async with Caller(await open_varied(Variants(fault=fault))) as caller:
        await caller.upload(clips.talk)
        last = (await caller.run(EXTRACT)).text.partition("\n\n")[2]
        assert (await caller.state())["draft"] == {}
    if fault is Fault.RAW:
        with pytest.raises(json.JSONDecodeError):
            json.loads(last.removeprefix("data: ").strip())
    else:
        assert {"error", "errorCode", "code"} & json.loads(last.removeprefix("data: ")).keys()


@pytest.mark.parametrize("drop", Drop)
async def test_a_broken_stream_and_the_edit_shows_in_the_state(
    open_varied: OpenVaried, clips: Clips, drop: Drop
) -> None:
    async with Caller(await open_varied(Variants(drop=drop))) as caller:
        await caller.upload(clips.talk)
        with pytest.raises(httpx.RemoteProtocolError):
            await caller.run(EXTRACT)
        assert await draft_after(caller, 60)


async def test_a_broken_stream_with_a_lost_edit(open_varied: OpenVaried, clips: Clips) -> None:
    async with Caller(await open_varied(Variants(drop=Drop.BEFORE_COMMIT, edit_lost=True))) as caller:
        await caller.upload(clips.talk)
        with pytest.raises(httpx.RemoteProtocolError):
            await caller.run(EXTRACT)
        assert not await draft_after(caller, 0.2)


async def test_an_edit_may_show_late(open_varied: OpenVaried, clips: Clips) -> None:
    async with Caller(await open_varied(Variants(late_commit=1.5))) as caller:
        await caller.upload(clips.talk)
        assert await caller.say(EXTRACT)
        assert (await caller.state())["draft"] == {}
        assert await draft_after(caller, 60)


async def test_errors_may_come_by_http_and_under_other_keys(open_varied: OpenVaried) -> None:
    variants = Variants(codes_in_http=True, error_key="detail")
    async with Caller(await open_varied(variants)) as caller:
        caller.session = "1234567890123456789"
        answer = await caller.run(EXTRACT)
    assert (answer.status_code, answer.json()) == (404, {"detail": "Session not found."})


async def test_no_credits_as_a_body_or_within_the_stream(open_varied: OpenVaried) -> None:
    studio = await open_varied(Variants(refuses_run=True))
    async with Caller(studio) as caller:
        assert (await caller.run(EXTRACT)).json()["code"] == 2001
        studio.variants.refuses_run, studio.variants.no_credits = False, True
        assert events_of((await caller.run(EXTRACT)).text)[0]["code"] == 2001


async def test_some_requests_may_be_rate_limited(open_varied: OpenVaried) -> None:
    studio = await open_varied(Variants())
    async with Caller(studio) as caller:
        studio.variants.rate_limited = 1
        assert (await caller.run(EXTRACT)).status_code == 429
        assert (await caller.run(EXTRACT)).status_code == 200


async def test_the_user_id_may_be_absent(open_varied: OpenVaried) -> None:
    async with Caller(await open_varied(Variants(user_id_absent=True))) as caller:
        assert "user_id" not in await caller.log_in()


async def test_other_keys_of_segments_come_back_as_what_they_say(
    open_varied: OpenVaried, clips: Clips, tmp_path: Any
) -> None:
    async with Caller(await open_varied(Variants(long_keys=True))) as caller:
        await caller.upload(clips.talk)
        await caller.say("keep 1s to 3s")
        [segment] = (await caller.state())["draft"]["t"][0]["sg"]
        assert (segment["label"], segment["range"]["duration"], segment["volume"]) == ("talk.mp4", 2000, 100)
        assert (await caller.render(tmp_path, format="mp3")).stat().st_size


async def test_nothing_of_the_inside_reaches_a_client(
    studio: Any, caller: Caller, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    def fall(*_: object) -> None:
        raise RuntimeError(str(tmp_path))

    monkeypatch.setattr("studio.accounts.Accounts.balance", fall)
    answer = await caller.http.get("/api/credits/balance/simple")
    assert answer.json() == {"code": 5000, "message": "Something broke on the server."}
    assert (await caller.http.get("/nowhere")).json() == {"code": 404, "message": "Not Found"}


async def draft_after(caller: Caller, seconds: float) -> dict[str, Any]:
    """The draft as soon as there is one."""
    for _ in range(int(seconds / 0.02)):
        if draft := (await caller.state())["draft"]:
            return dict(draft)
        await asyncio.sleep(0.02)
    return {}


async def test_a_turn_that_breaks_breaks_its_stream_and_says_so_in_the_log(
    caller: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fall(*_: object) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr("studio.agent.turns.take_turn", fall)
    with pytest.raises(httpx.RemoteProtocolError):
        await caller.run(EXTRACT)
    assert "inside" in caplog.text
