"""Runs a case: the real house between the scripted platform and a cloud of which one call goes wrong."""

from __future__ import annotations

import asyncio
import itertools
import json
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx

from bots.wiring.house import Grounds, House, open_house
from core.messages import Attachment, Incoming, Place
from core.nemo.wire.transport import Waits
from core.settings import BackendKind, Settings
from tests.conversations.talk import FastClock
from tests.making import make_clip
from tests.servers.chat_platform import ChatPlatform, served
from tests.servers.cloud import FakeCloud
from tests.servers.script import Turn
from tests.soak.faults.cases import Case
from tests.soak.faults.faulty_studio import FaultyStudio
from tests.soak.faults.stories import BRIGHTER, Ask, Story, draft
from tests.soak.faults.truth import Told, Witness
from tests.soak.faults.verdict import Count, End, Outcome, judge
from tests.soak.scripted import NAME, ScriptedMessenger

HERE = Place(NAME, "chat")
LAST = ("answer", "result", "error")
TRIES_AGAIN = 2
FAST, STUDIO_FAST = 200.0, 40.0
ENDPOINTS = frozenset({"token", "session", "upload", "run", "state", "credits", "render", "poll", "media", "download"})
Run = Callable[[Case, Path, Path], Awaitable[Outcome]]
# Real seconds: how long a peer may be silent, and how long a case may take at all.
SILENCE_SECONDS = 3.0
CASE_SECONDS = 180.0


@dataclass
class Person:
    """Asks in one chat, and reads what is said there."""

    house: House
    journal: Path
    clips: Path
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    async def ask(self, ask: Ask) -> Told:
        files = tuple(
            Attachment(str(self.clips / name), name, (self.clips / name).stat().st_size) for name in ask.files
        )
        return await self._hand_over(ask.text, files)

    async def press(self, action: str) -> Told:
        return await self._hand_over("", action=action)

    async def _hand_over(self, text: str, files: tuple[Attachment, ...] = (), action: str = "") -> Told:
        name, before = f"m{next(self.numbers)}", len(self._lines())
        incoming = Incoming(name, HERE, "anna", text, files, language="en", action=action, reply_to=name)
        jobs = await self.house.assistant.handle(incoming)
        await self.house.engine.wait_for(jobs)
        await self.house.assistant.quiet()
        return told(name, self._lines()[before:])

    def _lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.journal.read_text(encoding="utf-8").splitlines()]


def told(name: str, lines: Sequence[dict[str, Any]]) -> Told:
    """What the platform's journal has of the message `name`."""
    sent = [line for line in lines if line["event"] == "sent"]
    last = [line for line in sent if line["tone"] in LAST]
    status = {line["id"]: line["text"] for line in sent if line["tone"] == "status"}
    status |= {line["id"]: line["text"] for line in lines if line["event"] == "edited" and line["id"] in status}
    marks = [line["mark"] for line in lines if line["event"] == "marked" and line["id"] == name]
    actions = [button["action"] for line in last for button in line["buttons"]]
    return Told(
        texts=tuple(line["text"] for line in last),
        tones=tuple(line["tone"] for line in last),
        status="\n".join(status.values()),
        sign=marks[-1] if marks else "",
        files=sum(len(line["files"]) for line in last if line["tone"] == "result"),
        retry=next((action for action in actions if action.startswith("retry:")), ""),
    )


@contextmanager
def short_waits() -> Iterator[None]:
    """Houses that are opened here give up a silent peer soon. The network's time is real and does not run faster."""
    waits = Waits(read=SILENCE_SECONDS, upload_read=SILENCE_SECONDS)
    with patch("core.nemo.client.Waits", return_value=waits):
        yield


@asynccontextmanager
async def opened(cloud: FakeCloud | FaultyStudio, folder: Path, clips: Path) -> AsyncIterator[Person]:
    """The house as it is shipped, on a clock that is fast: a studio takes its real time for what it does."""
    is_cloud = isinstance(cloud, FakeCloud)
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        backend=BackendKind.CLOUD if is_cloud else BackendKind.STUDIO,
        nemo_api_url=cloud.url,
        nemo_web_url="https://web.example",
        data_dir=folder / "data",
        edit_timeout_seconds=SILENCE_SECONDS * (1.5 if is_cloud else 4),
        job_timeout_seconds=86_400,
    )
    grounds, journal = Grounds(settings.data_dir / "cutroom.db", settings.data_dir / "studio"), folder / "chat.jsonl"
    async with (
        served(ChatPlatform(journal)) as address,
        httpx.AsyncClient(base_url=address, timeout=60) as http,
        open_house(settings, grounds, [ScriptedMessenger(http)], FastClock(FAST if is_cloud else STUDIO_FAST)) as house,
    ):
        yield Person(house, journal, clips)


@contextmanager
def studio_behind_faults() -> Iterator[None]:
    """Houses that are opened here on an embedded studio find it behind the door of `backend_of`."""

    @asynccontextmanager
    async def address(settings: Settings, data: Path) -> AsyncIterator[str]:
        yield settings.nemo_api_url

    with patch("bots.wiring.backend.backend_address", address):
        yield


async def run_on_studio(case: Case, folder: Path, clips: Path, studio: str) -> Outcome:
    """As `run`, on a real studio at that address."""
    async with asyncio.timeout(CASE_SECONDS), FaultyStudio(studio) as door, opened(door, folder, clips) as person:
        for ask in case.story.before:
            await person.ask(ask)
        return judge(case, await _ends(person, Witness(door, case)))


async def with_calls(story: Story, folder: Path, clips: Path, studio: str) -> Story:
    """The story, with how often its request calls each endpoint where nothing goes wrong."""
    folder.mkdir()
    async with FaultyStudio(studio) as door, opened(door, folder, clips) as person:
        for ask in story.before:
            await person.ask(ask)
        before = len(door.requests)
        await person.ask(story.ask)
        calls = Counter(request.endpoint for request in door.requests[before:])
    return replace(story, calls={name: count for name, count in calls.items() if name in ENDPOINTS})


async def _ends(person: Person, witness: Witness) -> list[End]:
    ends = [End(await person.ask(witness.case.story.ask), witness.truth())]
    witness.be_well()
    while ends[-1].told.retry and len(ends) <= TRIES_AGAIN:
        ends.append(End(await person.press(ends[-1].told.retry), witness.truth()))
    return ends


async def run(case: Case, folder: Path, clips: Path) -> Outcome:
    """Raises `TimeoutError` where it comes to no end."""
    async with asyncio.timeout(CASE_SECONDS), FakeCloud() as cloud, opened(cloud, folder, clips) as person:
        cloud.media, cloud.poll_shape = (clips / "talk.mp4").read_bytes(), case.story.poll_shape
        for number, ask in enumerate(case.story.before):
            cloud.turns.append(_turn_before(number))
            await person.ask(ask)
        cloud.turns += [*case.story.turns, *_more_turns(case)]
        return judge(case, await _ends(person, Witness(cloud, case)))


def _turn_before(number: int) -> Turn:
    return Turn(BRIGHTER, draft(f"before {number}"))


def _more_turns(case: Case) -> list[Turn]:
    """Should the agent be asked once more, it does the same once more, which shows."""
    return [
        replace(turn, draft=None if turn.draft is None else draft(f"once more {number} {place}"))
        for number in range(4)
        for place, turn in enumerate(case.story.turns)
    ]


def make_clips(folder: Path) -> Path:
    """What people send, as small as media can be."""
    for name in ("talk.mp4", "walk.mp4"):
        make_clip(folder / name, seconds=0.4, size="96x64")
    return folder


async def run_all(cases: Sequence[Case], at_once: int, run: Run = run) -> Count:
    """Several cases side by side, each in a house of its own."""
    count, gate = Count(), asyncio.Semaphore(at_once)
    began = asyncio.get_running_loop().time()

    async def one(case: Case, clips: Path) -> None:
        async with gate:
            with tempfile.TemporaryDirectory(prefix="cutroom-fault-") as folder:
                try:
                    count.outcomes.append(await run(case, Path(folder), clips))
                except TimeoutError:
                    count.broken.append(str(case))

    with tempfile.TemporaryDirectory(prefix="cutroom-clips-") as folder:
        clips = await asyncio.to_thread(make_clips, Path(folder))
        with short_waits():
            async with asyncio.TaskGroup() as group:
                for case in cases:
                    group.create_task(one(case, clips))
    count.seconds = asyncio.get_running_loop().time() - began
    return count
