"""A turn over a real socket: every dialect, every heartbeat, every way in which it can end."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from core.errors import BackendDown, NoCredits, OutcomeUnknown, SessionGone
from core.nemo.client import NemoClient
from core.nemo.events import Event, Heartbeat, StreamFault
from core.nemo.models import Credentials
from core.nemo.turn.result import Turn as Heard
from core.nemo.turn.result import TurnResult
from core.nemo.turn.running import Patience
from core.nemo.wire.faults import StreamBroken, TurnTimedOut
from tests.servers.cloud import FakeCloud
from tests.servers.frames import HEARTBEATS, Dialect, adk, frame, said
from tests.servers.script import TIMELINE, Drop, Reply, Turn

SID = "5529798706024415232"


async def listen(client: NemoClient, cred: Credentials, patience: Patience | None = None) -> TurnResult:
    turn = Heard()
    await client.run(cred, SID, 'Trim it, "please" \u2028 🎬', on_event=turn.feed, patience=patience)
    return turn.result()


@pytest.fixture(autouse=True)
def _session(cloud: FakeCloud) -> None:
    cloud.open_session(SID)


async def test_the_request_is_the_published_one(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    await listen(client, cred)
    (request,) = cloud.requests
    assert request.json == {
        "app_name": "nemo_agent",
        "user_id": "me",
        "session_id": SID,
        "new_message": {"parts": [{"text": 'Trim it, "please" \u2028 🎬'}]},
    }
    assert request.headers["accept"] == "text/event-stream"
    assert request.headers["content-type"] == "application/json"


async def test_the_role_is_sent_only_when_it_is_asked_for(cloud: FakeCloud, cred: Credentials) -> None:
    async with httpx.AsyncClient() as http:
        await listen(NemoClient(http, cloud.url, send_role=True), cred)
    message = cloud.requests[0].json["new_message"]
    assert isinstance(message, dict)
    assert message["role"] == "user"


@pytest.mark.parametrize("dialect", Dialect)
async def test_words_and_tools_are_heard_in_every_dialect(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, dialect: Dialect
) -> None:
    cloud.turns.append(Turn("I added “Urban Dreams”.\u2028Enjoy 🎬", dialect=dialect))
    result = await listen(client, cred)
    assert result == TurnResult("I added “Urban Dreams”.\u2028Enjoy 🎬", True, None)
    assert cloud.sessions[SID].draft == TIMELINE


@pytest.mark.parametrize("dialect", Dialect)
async def test_a_silent_edit_is_silent_in_every_dialect(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, dialect: Dialect
) -> None:
    cloud.turns.append(Turn("", dialect=dialect))
    assert await listen(client, cred) == TurnResult("", True, None)


@pytest.mark.parametrize("beat", HEARTBEATS)
async def test_heartbeats_say_nothing(cloud: FakeCloud, client: NemoClient, cred: Credentials, beat: bytes) -> None:
    events: list[Event] = []
    cloud.turns.append(Turn(raw=beat * 3 + said("Done.", Dialect.ADK) + beat))
    await client.run(cred, SID, "hi", on_event=events.append)
    assert [event for event in events if isinstance(event, Heartbeat)] == [Heartbeat()] * 4
    assert len(events) == 5


async def test_a_stream_without_a_byte_is_a_silent_turn(
    cloud: FakeCloud, client: NemoClient, cred: Credentials
) -> None:
    cloud.turns.append(Turn(raw=b""))
    assert await listen(client, cred) == TurnResult("", False, None)


async def test_an_empty_answer_without_a_stream_is_a_silent_turn(
    cloud: FakeCloud, client: NemoClient, cred: Credentials
) -> None:
    cloud.turns += [Turn(reply=Reply(204, b"")), Turn(reply=Reply(200, b""))]
    assert await listen(client, cred) == TurnResult("", False, None)
    assert await listen(client, cred) == TurnResult("", False, None)


@pytest.mark.parametrize("kind", ["text/event-stream; charset=utf-8", "text/plain", "application/octet-stream"])
async def test_a_stream_is_read_whatever_it_calls_itself(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, kind: str
) -> None:
    cloud.turns.append(Turn("Done.", content_type=kind))
    assert (await listen(client, cred)).text == "Done."


@pytest.mark.parametrize(
    "body",
    [
        {"text": "Done."},
        {"code": 0, "data": {"text": "Done."}},
        {"code": 0, "data": [{"content": {"parts": [{"text": "Done."}]}}]},
        [{"content": {"parts": [{"text": "Done."}], "role": "model"}}],
    ],
)
async def test_an_answer_as_json_counts_like_a_stream(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, body: object
) -> None:
    cloud.turns.append(Turn(reply=Reply(200, body)))
    assert await listen(client, cred) == TurnResult("Done.", False, None)


async def test_an_error_as_json_instead_of_a_stream_is_that_error(
    cloud: FakeCloud, client: NemoClient, cred: Credentials
) -> None:
    cloud.turns += [Turn(reply=Reply(200, {"code": 2001})), Turn(reply=Reply(200, {"code": 1002}))]
    with pytest.raises(NoCredits):
        await listen(client, cred)
    with pytest.raises(SessionGone):
        await listen(client, cred)


async def test_a_page_instead_of_a_stream_leaves_the_outcome_open(
    cloud: FakeCloud, client: NemoClient, cred: Credentials
) -> None:
    cloud.turns.append(Turn(reply=Reply(200, b"<html>log in</html>", content_type="text/html")))
    with pytest.raises(OutcomeUnknown):
        await listen(client, cred)


IN_STREAM = {
    b'data: {"code":2001,"message":"no credits"}\n\n': (2001, "no credits"),
    b'{"code":2001,"message":"no credits"}\n': (2001, "no credits"),
    b'data: {"error":"ValueError: boom","error_details":{"type":"ValueError"}}\n\n': (None, "ValueError: boom"),
    b'data: {"error":"ValueError: boom"}\n\n': (None, "ValueError: boom"),
    b'data: {"error": "Tool "x" failed\nTraceback: line 1\n\ndetails"}\n\n': (None, 'Tool "x" failed'),
    b'event: error\ndata: {"message":"boom"}\n\n': (None, "boom"),
    b"event: error\ndata: boom\n\n": (None, "boom"),
    b'data: {"type":"error","error":"boom"}\n\n': (None, "boom"),
    b'data: {"success":false,"error":"boom"}\n\n': (None, "boom"),
    adk(errorCode="SAFETY", errorMessage="blocked"): (None, "blocked"),
    frame({"error_code": "1001", "error_message": "expired"}): (1001, "expired"),
}


@pytest.mark.parametrize("raw", IN_STREAM)
async def test_an_error_inside_the_stream_is_heard(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, raw: bytes
) -> None:
    cloud.turns.append(Turn(raw=raw))
    result = await listen(client, cred)
    assert result == TurnResult("", False, StreamFault(*IN_STREAM[raw]))


@pytest.mark.parametrize("drop", Drop)
async def test_a_drop_breaks_the_stream_after_what_was_heard(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, drop: Drop
) -> None:
    events: list[Event] = []
    cloud.turns.append(Turn("Done.", drop=drop))
    with pytest.raises(StreamBroken):
        await client.run(cred, SID, "hi", on_event=events.append)
    assert (cloud.sessions[SID].draft == TIMELINE) == (drop is Drop.AFTER)
    assert len(cloud.asked("run")) == 1


async def test_a_turn_ends_when_its_time_is_over(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    for patience, error in [
        (Patience(total=0.1), TurnTimedOut),
        (Patience(silence=0.1), StreamBroken),
    ]:
        cloud.turns.append(Turn(hold=asyncio.Event()))
        with pytest.raises(error):
            await listen(client, cred, patience)


async def test_heartbeats_alone_are_waited_for_as_long_as_a_turn_may_take(
    cloud: FakeCloud, client: NemoClient, cred: Credentials
) -> None:
    cloud.turns.append(Turn(hold=asyncio.Event(), beat_seconds=0.05))
    began, patience = asyncio.get_running_loop().time(), Patience(total=0.6, silence=60.0)
    with pytest.raises(TurnTimedOut, match="took too long"):
        await listen(client, cred, patience)
    assert asyncio.get_running_loop().time() - began >= patience.total


async def test_a_cancelled_turn_hangs_up(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    cloud.turns.append(Turn(hold=asyncio.Event()))
    task = asyncio.create_task(listen(client, cred))
    await cloud.started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_turn_that_reaches_nobody_was_not_started(cred: Credentials) -> None:
    async with httpx.AsyncClient() as http:
        with pytest.raises(BackendDown):
            await listen(NemoClient(http, "http://127.0.0.1:1"), cred)


async def test_words_arrive_before_the_turn_is_over(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    hold, first = asyncio.Event(), asyncio.Event()
    cloud.turns.append(Turn(hold=hold))
    task = asyncio.create_task(client.run(cred, SID, "hi", on_event=lambda event: first.set()))
    await asyncio.wait_for(first.wait(), 60)
    assert not task.done()
    hold.set()
    await task
