"""Each refusal of the backend, in each place where it may stand, becomes one error of ours."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from core.errors import (
    AgentFailed,
    BackendDown,
    ClientIdRefused,
    FilesTooLarge,
    FileTypeRefused,
    NoCredits,
    OutcomeUnknown,
    PlanBlocked,
    RateLimited,
    Refused,
    ServiceFull,
    SessionGone,
    TokenRefused,
    TooLarge,
    Unsupported,
    UserError,
)
from core.nemo.client import NemoClient
from core.nemo.events import StreamFault
from core.nemo.models import Credentials, SkillHeaders
from core.nemo.wire.download import Download
from core.nemo.wire.faults import BackendSaid, Call, StreamBroken, fault_error
from core.nemo.wire.transport import LOST, Transport, Waits
from tests.core.nemo.conftest import TOKEN
from tests.servers.cloud import FakeCloud
from tests.servers.script import Reply, Turn

Ask = Callable[[NemoClient, Credentials, Path], Awaitable[object]]

CALLS: dict[str, Ask] = {
    "token": lambda client, cred, file: client.anonymous_token("a-client"),
    "session": lambda client, cred, file: client.create_session(cred, "en"),
    "run": lambda client, cred, file: client.run(cred, "1", "hello", on_event=lambda event: None),
    "upload": lambda client, cred, file: client.upload(cred, "1", file, "a.mp4"),
    "credits": lambda client, cred, file: client.credits(cred),
    "state": lambda client, cred, file: client.state(cred, "1"),
    "render": lambda client, cred, file: client.start_render(cred, "render_1", "1", '{"t":[]}'),
    "poll": lambda client, cred, file: client.poll_render(cred, "render_1"),
    "cancel": lambda client, cred, file: client.cancel_render(cred, "render_1"),
    "download": lambda client, cred, file: client.download(cred, "render_1", "", Download(file.with_name("out.mp4"))),
}
PAID_OR_LASTING = ("run", "upload", "render")

TABLE: list[tuple[int, type[UserError]]] = [
    (1001, TokenRefused),
    (1010, TokenRefused),
    (1011, TokenRefused),
    (401, TokenRefused),
    (1002, SessionGone),
    (2001, NoCredits),
    (4001, Unsupported),
    (415, Unsupported),
    (4002, TooLarge),
    (413, TooLarge),
    (402, PlanBlocked),
    (507, ServiceFull),
    (429, RateLimited),
    (403, Refused),
    (422, Refused),
    (9999, Refused),
]


ABOUT_FILES = frozenset({4001, 415, 4002, 413})
# What is said of the project's files by a call that works with them.
OF_THE_PROJECT: dict[int, type[UserError]] = {4001: FileTypeRefused, 4002: FilesTooLarge}


def _meant(code: int, of_upload: type[UserError], call: str) -> type[UserError]:
    """Nothing is said of files by a call that has nothing to do with any."""
    if call == "upload" or code not in ABOUT_FILES:
        return of_upload
    return OF_THE_PROJECT.get(code, Refused) if call in ("run", "render") else Refused


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"video")
    return path


@pytest.mark.parametrize("call", CALLS)
async def test_every_code_means_the_same_in_the_body_and_as_status(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, file: Path, call: str
) -> None:
    for code, of_upload in TABLE:
        error = _meant(code, of_upload, call)
        for http in [False, True] if code < 600 else [False]:
            cloud.replies[call].append(Reply.coded(code, http=http))
            with pytest.raises(error) as caught:
                await CALLS[call](client, cred, file)
            assert type(caught.value) is error
            assert isinstance(caught.value.__cause__, BackendSaid)
            assert caught.value.__cause__.text == f"backend text about {code}"


@pytest.mark.parametrize("call", CALLS)
async def test_a_failing_gateway_leaves_it_open_only_where_something_may_have_begun(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, file: Path, call: str
) -> None:
    for status in (408, 500, 502, 503, 504):
        cloud.replies[call].append(Reply(status, b"<html>Bad Gateway</html>", content_type="text/html"))
        with pytest.raises(OutcomeUnknown if call in PAID_OR_LASTING else BackendDown):
            await CALLS[call](client, cred, file)


@pytest.mark.parametrize("call", [call for call in CALLS if call not in ("download", "cancel")])
async def test_a_good_status_with_an_unreadable_body_is_no_answer(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, file: Path, call: str
) -> None:
    for body in (b"<html>login</html>", b'{"code":', b"[" * 100_000, b"1" * 5000, b'"text"'):
        cloud.replies[call].append(Reply(200, body))
        with pytest.raises(OutcomeUnknown if call in PAID_OR_LASTING else BackendDown):
            await CALLS[call](client, cred, file)


@pytest.mark.parametrize("call", CALLS)
async def test_a_server_that_is_not_there_has_certainly_started_nothing(
    cred: Credentials, file: Path, call: str
) -> None:
    async with httpx.AsyncClient() as http:
        with pytest.raises(BackendDown):
            await CALLS[call](NemoClient(http, "http://127.0.0.1:1"), cred, file)


@pytest.mark.parametrize("call", CALLS)
async def test_an_answer_that_never_comes_is_unclear_only_where_something_may_have_begun(
    cred: Credentials, file: Path, call: str
) -> None:
    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.close()

    async with await asyncio.start_server(mute, "127.0.0.1", 0) as server, httpx.AsyncClient() as http:
        port = server.sockets[0].getsockname()[1]
        expected = {"run": StreamBroken, "upload": OutcomeUnknown, "render": OutcomeUnknown}.get(call, BackendDown)
        with pytest.raises(expected):
            await CALLS[call](NemoClient(http, f"http://127.0.0.1:{port}"), cred, file)


@pytest.mark.parametrize("key", ["message", "msg", "error", "detail", "reason", "error_message", "errorMessage"])
async def test_the_backends_words_are_kept_for_the_log_under_any_key(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, key: str
) -> None:
    cloud.replies["credits"].append(Reply.coded(7, http=False, key=key))
    with pytest.raises(Refused) as caught:
        await client.credits(cred)
    assert caught.value.values == {"code": "7"}
    assert "backend text about 7" in str(caught.value.__cause__)
    assert "backend text" not in str(caught.value)


async def test_an_error_may_be_an_object_or_a_list(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    detail = [{"type": "missing", "loc": ["body", "userId"], "msg": "Field required"}]
    for body, text in [({"error": {"message": "deep"}}, "deep"), ({"detail": detail}, "Field required")]:
        cloud.replies["credits"].append(Reply(422, body))
        with pytest.raises(Refused) as caught:
            await client.credits(cred)
        assert text in str(caught.value.__cause__)


async def test_success_false_is_a_refusal(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    cloud.replies["render"].append(Reply(200, {"success": False, "error": "duplicate id"}))
    with pytest.raises(Refused, match="refused"):
        await client.start_render(cred, "r", "1", '{"t":[]}')


async def test_a_code_may_be_written_as_text(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    cloud.replies["credits"].append(Reply(200, {"code": "2001"}))
    with pytest.raises(NoCredits):
        await client.credits(cred)


@pytest.mark.parametrize("http", [True, False])
async def test_400_on_the_token_endpoint_is_about_the_client_id(
    cloud: FakeCloud, client: NemoClient, http: bool
) -> None:
    cloud.replies["token"].append(Reply.coded(400, http=http))
    with pytest.raises(ClientIdRefused):
        await client.anonymous_token("a-client")


async def test_400_elsewhere_is_a_plain_refusal(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    cloud.replies["credits"].append(Reply.coded(400, http=True))
    with pytest.raises(Refused) as caught:
        await client.credits(cred)
    assert type(caught.value) is Refused


@pytest.mark.parametrize("call", ["run", "upload", "state"])
async def test_404_on_a_sessions_path_means_that_the_session_is_gone(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, file: Path, call: str
) -> None:
    cloud.replies[call].append(Reply(404, {"detail": "Session not found: 1"}))
    with pytest.raises(SessionGone):
        await CALLS[call](client, cred, file)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("30", 30.0), ("1.5", 1.5), ("", None), ("soon", None), ("inf", None), ("Fri, 20 Nov 2026 12:00:30 GMT", 30.0)],
)
async def test_a_rate_limit_says_how_long_to_wait_if_the_server_does(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, header: str, seconds: float | None
) -> None:
    headers = {"Retry-After": header, "Date": "Fri, 20 Nov 2026 12:00:00 GMT"}
    cloud.replies["credits"].append(Reply(429, {}, headers))
    with pytest.raises(RateLimited) as caught:
        await client.credits(cred)
    assert caught.value.retry_after == seconds


@pytest.mark.parametrize(("code", "error"), [row for row in TABLE if _meant(*row, "run") is not Refused])
def test_a_code_inside_a_stream_means_what_it_means_elsewhere(code: int, error: type[UserError]) -> None:
    made = fault_error(StreamFault(code, "text"))
    assert type(made) is _meant(code, error, "run")
    assert isinstance(made.__cause__, BackendSaid)


@pytest.mark.parametrize("code", [None, 413, 415, 500, 9999])
def test_other_faults_inside_a_stream_are_the_agents(code: int | None) -> None:
    assert type(fault_error(StreamFault(code, "ValueError: boom"))) is AgentFailed


@pytest.mark.parametrize("session_id", ["", ".", "..", "x" * 600])
async def test_an_id_that_can_be_no_path_is_a_session_that_is_gone(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, session_id: str
) -> None:
    with pytest.raises(SessionGone):
        await client.state(cred, session_id)
    assert cloud.requests == []


@pytest.mark.parametrize("session_id", ["../../credits", "a/b?c=d#e", "日本", "a b%2F"])
async def test_an_id_stays_one_segment_of_the_path(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, session_id: str
) -> None:
    with pytest.raises(SessionGone):
        await client.state(cred, session_id)
    assert cloud.requests[0].path.count("/") == 6
    assert cloud.requests[0].endpoint == "state"


@pytest.mark.parametrize("token", ["", "with space", "line\r\nX-Evil: 1", "schlüssel"])
async def test_a_token_that_can_be_no_header_is_refused_here(cloud: FakeCloud, client: NemoClient, token: str) -> None:
    with pytest.raises(TokenRefused):
        await client.credits(Credentials(token, SkillHeaders("s", "1")))
    assert cloud.requests == []


@pytest.mark.parametrize("client_id", ["", " ", "x" * 65, "a\nb", "ключ"])
async def test_a_client_id_that_can_be_no_header_is_refused_here(
    cloud: FakeCloud, client: NemoClient, client_id: str
) -> None:
    with pytest.raises(ClientIdRefused):
        await client.anonymous_token(client_id)
    assert cloud.requests == []


async def test_no_token_is_in_any_text_of_ours(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="core")
    cloud.token = TOKEN
    seen = [repr(cred), repr(await client.anonymous_token("a-client")), repr(client._transport)]
    for call, ask in CALLS.items():
        cloud.replies[call].append(Reply(403, {"message": f"Bearer {TOKEN} and {TOKEN} are not allowed"}))
        with pytest.raises(UserError) as caught:
            await ask(client, cred, file)
        seen += [str(caught.value), repr(caught.value), str(caught.value.__cause__), str(caught.value.values)]
    assert TOKEN not in "".join(seen) + caplog.text


def test_every_exception_of_httpx_is_mapped() -> None:
    transport = Transport(httpx.AsyncClient(), "http://x", Waits())
    todo = [httpx.HTTPError, httpx.InvalidURL]
    while todo:
        kind = todo.pop()
        todo += kind.__subclasses__()
        assert issubclass(kind, LOST)
        error = transport.lost(kind.__new__(kind), Call("a paid call", repeatable=False))
        assert isinstance(error, BackendDown | OutcomeUnknown)


async def test_a_turns_refusal_before_its_stream_is_no_broken_stream(
    cloud: FakeCloud, client: NemoClient, cred: Credentials
) -> None:
    cloud.open_session("1")
    cloud.turns.append(Turn(reply=Reply(200, {"code": 2001, "message": "no credits"})))
    with pytest.raises(NoCredits):
        await client.run(cred, "1", "hello", on_event=lambda event: None)
