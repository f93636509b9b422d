"""A house that listens and a house that works, on one database server: what a person sees is the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from bots.results.routes import result_routes
from bots.wiring.house import Grounds, House, open_house
from bots.wiring.http import serve_http
from core.job import Stage
from core.messages import Incoming, Tone
from core.settings import Settings
from tests.conversations.talk import HERE, FastClock, Talk, action, conversation
from tests.servers.cloud import FakeCloud
from tests.servers.postgres import Postgres
from tests.servers.script import Reply, Turn
from tests.talking import RecordingMessenger


@pytest.fixture
def shared(settings: Settings, server: Postgres) -> Settings:
    return settings.model_copy(update={"database_url": SecretStr(server.empty())})


@pytest.fixture
async def talk(shared: Settings) -> AsyncIterator[Talk]:
    """Speaks to the front; the worker is another house that answers in the same chat."""
    clock = FastClock()
    messenger = RecordingMessenger(clock=clock)
    async with (
        open_house(shared, _grounds(shared, "front"), [messenger], clock, works=False) as front,
        open_house(shared, _grounds(shared, "worker"), [messenger], clock),
    ):
        yield Talk(front, messenger, clock)


def _grounds(settings: Settings, name: str) -> Grounds:
    return Grounds(settings.data_dir / name, settings.data_dir / f"studio-{name}", url=settings.postgres_url)


async def test_a_worker_answers_what_a_front_took_on(talk: Talk, clip: Path) -> None:
    [result] = await talk.say("extract the audio as MP3", clip)
    assert result.tone is Tone.RESULT
    assert result.media


async def test_a_cancel_that_a_front_hears_stops_the_worker(talk: Talk, cloud: FakeCloud) -> None:
    cloud.turns.append(Turn(hold=asyncio.Event()))
    [job] = await talk.begin("make it brighter")
    await cloud.started.wait()
    await talk.messenger.until(lambda: bool(talk.messenger.said(Tone.STATUS)))
    await talk.press(action(talk.messenger.said(Tone.STATUS)[0], "Cancel"))
    async with asyncio.timeout(60):
        await talk.messenger.until(lambda: any(text.startswith("🚫 Cancelled") for text in talk.messenger.texts))
    assert (await talk.job(job)).stage is Stage.CANCELLED


async def test_those_in_line_at_a_front_are_told_when_it_moves(talk: Talk, cloud: FakeCloud) -> None:
    hold = asyncio.Event()
    cloud.turns.append(Turn("One.", draft=None, tools=False, hold=hold))
    first = await talk.begin("make it brighter")
    await cloud.started.wait()
    cloud.turns.append(Turn("Two.", draft=None, tools=False, hold=asyncio.Event()))
    await talk.begin("make it darker")
    await talk.messenger.until(lambda: "⏳ In line: number 1" in talk.messenger.texts)
    await talk.begin("make it blue")
    await talk.messenger.until(lambda: "⏳ In line: number 2" in talk.messenger.texts)
    hold.set()
    await talk.settle(first)
    async with asyncio.timeout(60):
        await talk.messenger.until(lambda: _moved(talk))


def _moved(talk: Talk) -> bool:
    return any(event.text == "⏳ In line: number 1" for event in talk.messenger.edits)


async def test_those_in_line_are_told_after_a_restart(settings: Settings, cloud: FakeCloud) -> None:
    cloud.turns += [Turn("One.", draft=None, tools=False, hold=asyncio.Event())]
    async with conversation(settings) as talk:
        for words in ("make it brighter", "make it darker", "make it blue"):
            await talk.begin(words)
        await cloud.started.wait()
        await talk.messenger.until(lambda: "⏳ In line: number 2" in talk.messenger.texts)
    cloud.turns += [Turn("Two.", draft=None, tools=False, hold=asyncio.Event())]
    async with conversation(settings) as talk:
        async with asyncio.timeout(60):
            await talk.messenger.until(lambda: _moved(talk))


async def test_a_message_that_two_fronts_hear_is_one_job(shared: Settings, clip: Path, cloud: FakeCloud) -> None:
    clock = FastClock()
    messenger = RecordingMessenger(clock=clock)
    async with (
        open_house(shared, _grounds(shared, "a"), [messenger], clock, works=False) as one,
        open_house(shared, _grounds(shared, "b"), [messenger], clock, works=False) as other,
    ):
        message = Incoming("m-twice", HERE, "anna", "make it brighter", language="en")
        ids = await asyncio.gather(*(house.assistant.handle(message) for house in (one, other) for _ in range(5)))
        assert sum(map(len, ids)) == 1
        assert await _open(one) == 1


async def _open(house: House) -> int:
    return len(await house.store.open_jobs())


async def test_a_front_shows_what_a_worker_made(shared: Settings, cloud: FakeCloud, clip: Path) -> None:
    public, clock = "https://bot.example.org", FastClock()
    messenger = RecordingMessenger(clock=clock)
    async with (
        open_house(shared, _grounds(shared, "front"), [messenger], clock, works=False, public_url=public) as front,
        open_house(shared, _grounds(shared, "worker"), [messenger], clock, public_url=public),
        serve_http("127.0.0.1", 0, front.store, result_routes(front, public)) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http,
    ):
        [result] = await Talk(front, messenger, clock).say("make it brighter", clip)
        page = result.link.removeprefix(public)
        assert (await http.get(page)).status_code == 200
        cloud.replies["media"].append(Reply(404, b"moved", content_type="text/plain"))
        assert (await http.get(f"{page}/talk.mp4")).content == cloud.media
