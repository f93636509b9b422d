"""google-adk's own server, with a scripted agent, read by our client: `make test-adk`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest

from core.errors import SessionGone
from core.nemo.client import NemoClient
from core.nemo.events import Activity, Doing, Event, StreamFault, Words
from core.nemo.models import Credentials, SkillHeaders
from core.nemo.turn.result import Turn, TurnResult
from core.nemo.turn.stream import StreamReader

ADK_IS_HERE = find_spec("google") is not None and find_spec("google.adk") is not None

pytestmark = [pytest.mark.adk, pytest.mark.skipif(not ADK_IS_HERE, reason="google-adk is not installed here")]

ANSWER = "Working on “it” 🎬 … Done."
CRED = Credentials("token", SkillHeaders("mp4-to-mp3", "1.0.0"))
SESSION = "5529798706024415232"
SCENARIOS = ("text", "tool", "text and tool", "silent", "thought", "error")


@pytest.fixture(scope="module")
def adk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server. It writes its sessions beside its agents, so these are a copy."""
    here = Path(__file__).parent
    agents = shutil.copytree(here / "agents", tmp_path_factory.mktemp("adk") / "agents")
    command = [sys.executable, str(here / "serve.py"), str(agents)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            url = f"http://127.0.0.1:{int(server.stdout.readline())}"
            httpx.post(f"{url}/apps/nemo_agent/users/me/sessions/{SESSION}", json={}, timeout=60).raise_for_status()
            yield url
        finally:
            server.terminate()


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=60) as client:
        yield client


async def listen(client: NemoClient, words: str) -> tuple[TurnResult, list[Event]]:
    turn = Turn()
    events: list[Event] = []
    await client.run(CRED, SESSION, words, on_event=events.append)
    for event in events:
        turn.feed(event)
    return turn.result(), events


@pytest.mark.parametrize("send_role", [False, True])
@pytest.mark.parametrize(
    ("words", "text", "tools"),
    [
        ("text", ANSWER, False),
        ("tool", ANSWER, True),
        ("text and tool", f"Adding it.\n{ANSWER}", True),
        ("silent", "", True),
        ("thought", "a\u2028b\u2029c", False),
    ],
)
async def test_a_turn_is_heard(
    adk: str, http: httpx.AsyncClient, words: str, text: str, tools: bool, send_role: bool
) -> None:
    result, _ = await listen(NemoClient(http, adk, send_role=send_role), words)
    assert result == TurnResult(text, tools, None)


async def test_thoughts_and_tools_are_activity(adk: str, http: httpx.AsyncClient) -> None:
    client = NemoClient(http, adk, send_role=True)
    assert Activity(Doing.THOUGHT) in (await listen(client, "thought"))[1]
    assert (await listen(client, "tool"))[1].count(Activity(Doing.TOOL)) == 2


async def test_an_error_in_the_agent_is_a_fault_inside_the_stream(adk: str, http: httpx.AsyncClient) -> None:
    result, _ = await listen(NemoClient(http, adk, send_role=True), "error")
    assert isinstance(result.fault, StreamFault)
    assert 'the "model" broke' in result.fault.message
    assert result.text == ""


async def test_a_session_that_is_not_there_is_gone(adk: str, http: httpx.AsyncClient) -> None:
    with pytest.raises(SessionGone):
        await NemoClient(http, adk).run(CRED, "1", "text", on_event=lambda event: None)


async def capture(http: httpx.AsyncClient, url: str, words: str) -> bytes:
    """A streaming turn's bytes: with partial texts, which our requests do not ask for."""
    body = {
        "app_name": "nemo_agent",
        "user_id": "me",
        "session_id": SESSION,
        "new_message": {"role": "user", "parts": [{"text": words}]},
        "streaming": True,
    }
    return (await http.post(f"{url}/run_sse", json=body)).raise_for_status().content


@pytest.mark.parametrize("words", SCENARIOS)
async def test_its_bytes_mean_the_same_however_they_are_cut(adk: str, http: httpx.AsyncClient, words: str) -> None:
    raw = await capture(http, adk, words)
    whole = read(raw, len(raw))
    assert whole
    for size in (1, 2, 3, 5, 13, 100, 1024):
        assert read(raw, size) == whole


async def test_partial_texts_are_a_preview_of_the_whole_one(adk: str, http: httpx.AsyncClient) -> None:
    raw = await capture(http, adk, "text")
    events = read(raw, 7)
    assert [event for event in events if isinstance(event, Words)] == [
        Words("Working on ", partial=True),
        Words("“it” 🎬", partial=True),
        Words(ANSWER),
    ]
    turn = Turn()
    for event in events:
        turn.feed(event)
    assert turn.result().text == ANSWER


def read(raw: bytes, size: int) -> list[Event]:
    reader = StreamReader()
    chunks = [raw[at : at + size] for at in range(0, len(raw), size)]
    return [event for chunk in chunks for event in reader.feed(chunk)] + reader.close()
