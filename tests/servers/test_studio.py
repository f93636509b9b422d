"""The client against the real studio in every way in which the cloud may answer, over a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from core.errors import NoCredits, PlanBlocked, RateLimited, SessionGone, UserError
from core.nemo.client import NemoClient
from core.nemo.events import Event, Heartbeat
from core.nemo.models import Credentials, RenderBroken, Rendered, RenderedWithoutUrl, RenderState, SkillHeaders
from core.nemo.turn.result import Turn, TurnResult
from core.nemo.wire.download import Download
from core.nemo.wire.faults import StreamBroken, fault_error
from studio import StudioSettings
from tests.making import chosen_ffmpeg, make_audio
from tests.servers.studio import Beat, Dialect, Drop, Fault, Shape, Variants, VariedStudio

SAID = "I took the audio out as WAV (16 bit PCM, 0:01)."

# Each is a turn that edits, says so, and can be exported.
WORKING = {
    "as it is": Variants(),
    "another dialect": Variants(dialect=Dialect.SIMPLE),
    "partials": Variants(partials=True),
    "a temporary issue": Variants(temporary_issue=True),
    "no user id": Variants(user_id_absent=True),
    "long keys": Variants(long_keys=True),
    "a late commit": Variants(late_commit=0.05),
    "wrapped renders": Variants(render_shape=Shape.WRAPPED),
    "coded renders": Variants(render_shape=Shape.CODED),
    "a link that comes later": Variants(polls_without_url=1),
}


class Talk:
    """One session of one client with one sound in it."""

    def __init__(self, studio: VariedStudio, client: NemoClient, folder: Path) -> None:
        self.variants = studio.variants
        self.client = client
        self._folder = folder

    async def begin(self) -> None:
        token = await self.client.anonymous_token("tests")
        self.cred = Credentials(token.token, SkillHeaders("tests", "1.0.0", "unknown"))
        self.session = (await self.client.create_session(self.cred)).session_id
        await self.client.upload(self.cred, self.session, self._folder / "tone.wav", "tone.wav")

    async def says(self, text: str = "extract the audio as wav") -> TurnResult:
        """The turn as it was heard. One that is held goes on at its first heartbeat."""
        turn = Turn()

        def hear(event: Event) -> None:
            turn.feed(event)
            if isinstance(event, Heartbeat) and self.variants.hold:
                self.variants.hold.set()

        await self.client.run(self.cred, self.session, text, on_event=hear)
        return turn.result()

    async def draft(self) -> str | None:
        return (await self.client.state(self.cred, self.session)).raw_draft

    async def draft_in_time(self) -> str:
        async with asyncio.timeout(10):
            while True:
                draft = await self.draft()
                if draft and draft != "{}":
                    return draft
                await asyncio.sleep(0.01)

    async def rendered(self, *passed_over: type[RenderState]) -> RenderState:
        draft = await self.draft_in_time()
        await self.client.start_render(self.cred, "r", self.session, draft, output_format="wav")
        async with asyncio.timeout(30):
            while True:
                state = await self.client.poll_render(self.cred, "r")
                if isinstance(state, Rendered | RenderBroken | RenderedWithoutUrl) and type(state) not in passed_over:
                    return state
                await asyncio.sleep(0.01)


@pytest.fixture(scope="module")
def tone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_audio(tmp_path_factory.mktemp("tone") / "tone.wav", seconds=1)


@pytest.fixture
async def talk(tmp_path: Path, tone: Path, request: pytest.FixtureRequest) -> AsyncIterator[Talk]:
    settings = StudioSettings(data=tmp_path / "data", ffmpeg=chosen_ffmpeg().binary, heartbeat_every=0.02)
    variants = getattr(request, "param", None) or Variants()
    async with VariedStudio(settings, variants) as studio, httpx.AsyncClient() as http:
        talk = Talk(studio, NemoClient(http, studio.base_url), tone.parent)
        await talk.begin()
        yield talk


@pytest.mark.parametrize("talk", WORKING.values(), ids=WORKING, indirect=True)
async def test_a_turn_is_heard_seen_in_the_state_and_exported(talk: Talk, tmp_path: Path) -> None:
    assert replace(await talk.says(), asking=None) == TurnResult(SAID, saw_tools=True, fault=None)
    state = await talk.rendered(RenderedWithoutUrl)
    assert isinstance(state, Rendered)
    await talk.client.download(talk.cred, "r", state.url, Download(tmp_path / "result.wav"))
    assert (tmp_path / "result.wav").read_bytes()[:4] == b"RIFF"


async def test_every_heartbeat_is_passed_over(talk: Talk) -> None:
    for beat in Beat:
        talk.variants.heartbeat, talk.variants.hold = beat, asyncio.Event()
        async with asyncio.timeout(10):
            assert replace(await talk.says(), asking=None) == TurnResult(SAID, saw_tools=True, fault=None), beat


async def test_a_silent_edit_is_seen_in_the_state(talk: Talk) -> None:
    talk.variants.silent = True
    assert await talk.says() == TurnResult("", saw_tools=True, fault=None)
    assert await talk.draft_in_time()


@pytest.mark.parametrize("fault", Fault)
async def test_a_fault_within_the_stream_is_heard_and_nothing_was_edited(talk: Talk, fault: Fault) -> None:
    talk.variants.fault = fault
    result = await talk.says()
    assert result.fault
    assert isinstance(fault_error(result.fault), NoCredits) == (fault is Fault.NO_CREDITS)
    assert await talk.draft() in (None, "{}")


@pytest.mark.parametrize("drop", Drop)
async def test_a_broken_stream_is_told_and_the_edit_shows_in_the_state(talk: Talk, drop: Drop) -> None:
    talk.variants.drop = drop
    with pytest.raises(StreamBroken):
        await talk.says()
    assert await talk.draft_in_time()


async def test_a_lost_edit_is_not_in_the_state(talk: Talk) -> None:
    talk.variants.edit_lost = True
    assert (await talk.says()).text == SAID
    assert await talk.draft() in (None, "{}")


async def test_a_failed_render_is_told(talk: Talk) -> None:
    talk.variants.render_fails = True
    await talk.says()
    assert await talk.rendered() == RenderBroken("The render failed.")


@pytest.mark.parametrize(
    ("refusing", "error"),
    [
        ({"refuses_run": True}, NoCredits),
        ({"refuses_run": True, "error_key": "detail"}, NoCredits),
        ({"rate_limited": 1}, RateLimited),
    ],
)
async def test_a_refused_turn_is_its_error(talk: Talk, refusing: dict[str, object], error: type[UserError]) -> None:
    for name, value in refusing.items():
        setattr(talk.variants, name, value)
    with pytest.raises(error):
        await talk.says()


async def test_no_credits_within_the_stream_is_that_error(talk: Talk) -> None:
    talk.variants.no_credits = True
    fault = (await talk.says()).fault
    assert fault
    assert isinstance(fault_error(fault), NoCredits)


@pytest.mark.parametrize("key", ["message", "detail", "error"])
@pytest.mark.parametrize("by_http", [False, True])
async def test_a_session_that_is_gone_is_that_error_by_code_or_by_status(talk: Talk, key: str, by_http: bool) -> None:
    talk.variants.error_key, talk.variants.codes_in_http = key, by_http
    talk.session = "1234567890123456789"
    with pytest.raises(SessionGone):
        await talk.says()


async def test_a_second_token_may_be_refused(talk: Talk) -> None:
    talk.variants.rate_limits = True
    await talk.client.anonymous_token("tests")
    with pytest.raises(RateLimited):
        await talk.client.anonymous_token("tests")


async def test_a_plan_without_exports_is_that_error(talk: Talk) -> None:
    await talk.says()
    talk.variants.plan_blocks = True
    with pytest.raises(PlanBlocked):
        await talk.rendered()


async def test_a_render_that_is_submitted_again_is_the_same_one(talk: Talk) -> None:
    await talk.says()
    talk.variants.duplicate_returns_job = True
    again = [await talk.client.start_render(talk.cred, "r", talk.session, await talk.draft_in_time()) for _ in range(2)]
    assert again == ["r", "r"]
