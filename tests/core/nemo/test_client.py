"""The backend's calls over a real socket: what is sent to the byte, and what is made of the answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from core.errors import (
    EmptyFile,
    IsDirectory,
    MissingFile,
    NothingToExport,
    Refused,
    TooLarge,
    Unsupported,
)
from core.nemo.client import NemoClient
from core.nemo.models import AnonymousToken, Credentials, Credits, Session, SkillHeaders, UploadedFile
from core.nemo.wire.download import Download
from core.nemo.wire.multipart import BLOCK, file_form, safe_name
from tests.core.nemo.conftest import TOKEN
from tests.servers.cloud import SKILL_HEADERS, FakeCloud
from tests.servers.script import Reply


async def test_every_request_carries_token_and_attribution(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, tmp_path: Path
) -> None:
    file = tmp_path / "a.mp4"
    file.write_bytes(b"x")
    session = await client.create_session(cred, "en")
    await client.upload(cred, session.session_id, file, "a.mp4")
    await client.upload_url(cred, session.session_id, ["https://example.com/b.mp4"])
    await client.run(cred, session.session_id, "hello", on_event=lambda event: None)
    state = await client.state(cred, session.session_id)
    await client.credits(cred)
    render = await client.start_render(cred, "render_1", session.session_id, state.raw_draft or "")
    await client.poll_render(cred, render)
    await client.cancel_render(cred, render)
    await client.download(cred, render, "", Download(tmp_path / "out.mp4"))
    assert {request.endpoint for request in cloud.requests} == {
        "session", "upload", "run", "state", "credits", "render", "poll", "cancel", "download",
    }  # fmt: skip
    for request in cloud.requests:
        assert request.headers["authorization"] == f"Bearer {TOKEN}"
        assert [request.headers[name] for name in SKILL_HEADERS] == ["mp4-to-mp3", "1.2.0", "unknown"]


async def test_attribution_that_is_no_ascii_is_escaped(cloud: FakeCloud, client: NemoClient) -> None:
    await client.credits(Credentials(TOKEN, SkillHeaders("音频\r\nX-Evil: 1", "1.0", "unknown")))
    assert cloud.requests[0].headers["x-skill-source"] == "%E9%9F%B3%E9%A2%91%0D%0AX-Evil: 1"
    assert "x-evil" not in cloud.requests[0].headers


async def test_an_anonymous_token_is_asked_for_with_the_client_id_alone(cloud: FakeCloud, client: NemoClient) -> None:
    token = await client.anonymous_token("3f1c")
    assert token == AnonymousToken("nmv_usr_test", "anon_abc123", 4077475200.0, 100)
    (request,) = cloud.requests
    assert request.headers["x-client-id"] == "3f1c"
    assert "authorization" not in request.headers
    assert request.body == b""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"token": "nmv_1", "credits": 100}, AnonymousToken("nmv_1", credits=100)),
        ({"code": 0, "data": {"token": "nmv_1"}}, AnonymousToken("nmv_1")),
        ({"data": {"auth": {"token": "nmv_1", "user_id": 7}}}, AnonymousToken("nmv_1", "7")),
        ({"token": "nmv_1", "expires_at": 1773792000000}, AnonymousToken("nmv_1", expires_at=1773792000.0)),
        ({"token": "nmv_1", "expires_at": "never"}, AnonymousToken("nmv_1")),
    ],
)
async def test_a_token_is_found_wherever_the_answer_has_it(
    cloud: FakeCloud, client: NemoClient, body: object, expected: AnonymousToken
) -> None:
    cloud.replies["token"].append(Reply(body=body))
    assert await client.anonymous_token("3f1c") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"code": 0, "data": {"task_id": "t", "session_id": "5529798706024415232", "user_id": "anon_1"}},
         Session("5529798706024415232", "t", "anon_1")),
        ({"code": 0, "data": {"session_id": 5529798706024415232}}, Session("5529798706024415232")),
        ({"session_id": "s", "task_id": 5}, Session("s", "5")),
        ({"code": 0, "data": {"session": {"session_id": "s"}, "user_id": "u"}}, Session("s", "", "u")),
        ({"data": {"sessionId": "s", "bind_id": "b"}}, Session("s", "", "b")),
    ],
)  # fmt: skip
async def test_a_sessions_ids_are_found_wherever_the_answer_has_them(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, body: object, expected: Session
) -> None:
    cloud.replies["session"].append(Reply(body=body))
    assert await client.create_session(cred, "zh-CN") == expected
    assert cloud.requests[0].json == {"task_name": "project", "language": "zh-CN"}


async def test_a_session_without_a_language_leaves_it_to_the_backend(
    cloud: FakeCloud, client: NemoClient, cred: Credentials
) -> None:
    await client.create_session(cred)
    assert cloud.requests[0].body == b'{"task_name": "project"}'


async def test_credits_are_read_as_they_stand(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    cloud.credits = {"available": 25000, "frozen": 40, "total": 25040}
    assert await client.credits(cred) == Credits(25000, 40, 25040)
    cloud.replies["credits"].append(Reply(body={"available": 60.5, "frozen": 40}))
    assert await client.credits(cred) == Credits(60.5, 40, 100.5)


HOSTILE_NAMES = {
    "clip.mp4": "clip.mp4",
    'a"b.mp4': "a%22b.mp4",
    "line\r\nContent-Type: text/html\r\n\r\n.mp4": "line%0D%0AContent-Type: text/html%0D%0A%0D%0A.mp4".rpartition("/")[
        2
    ],
    "日本 ünï🎬.mov": "日本 ünï🎬.mov",
    "../../etc/passwd": "passwd",
    "C:\\Users\\me\\clip.mp3": "clip.mp3",
    "nul\x00tab\t.wav": "nul_tab_.wav",
    "": "file",
    "no extension": "no extension",
    "lone \ud800.mp4": "lone ?.mp4",
}


@pytest.mark.parametrize("name", HOSTILE_NAMES)
async def test_an_upload_arrives_byte_for_byte_under_a_safe_name(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, tmp_path: Path, name: str
) -> None:
    data = bytes(range(256)) * 10 + b"\r\n--cutroom-\r\n"
    (tmp_path / "x").write_bytes(data)
    cloud.open_session("1")
    await client.upload(cred, "1", tmp_path / "x", name)
    (upload,) = cloud.uploads
    assert (upload.field, upload.name, upload.data) == ("files", HOSTILE_NAMES[name], data)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.mp4", "video/mp4"),
        ("a.MOV", "video/quicktime"),
        ("a.mkv", "video/x-matroska"),
        ("a.jpeg", "image/jpeg"),
        ("a.m4a", "audio/mp4"),
        ("a.mp3", "audio/mpeg"),
        ("a.xyz", "application/octet-stream"),
        ("mp4", "application/octet-stream"),
    ],
)
async def test_a_part_names_its_type_by_the_extension(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, tmp_path: Path, name: str, kind: str
) -> None:
    (tmp_path / "x").write_bytes(b"x")
    cloud.open_session("1")
    await client.upload(cred, "1", tmp_path / "x", name)
    assert cloud.uploads[0].content_type == kind


async def test_a_big_file_goes_up_in_blocks_with_its_length_known(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, tmp_path: Path
) -> None:
    data = b"0123456789" * (BLOCK // 4)
    (tmp_path / "x").write_bytes(data)
    cloud.open_session("1")
    steps: list[tuple[int, int]] = []
    files = await client.upload(cred, "1", tmp_path / "x", "x.mp4", lambda done, total: steps.append((done, total)))
    assert files == (UploadedFile("x.mp4", "video", "up://x.mp4"),)
    assert cloud.uploads[0].data == data
    assert steps[0] == (BLOCK, len(data))
    assert steps[-1] == (len(data), len(data))
    headers = cloud.requests[0].headers
    assert int(headers["content-length"]) > len(data)
    assert "transfer-encoding" not in headers


async def test_a_file_that_cannot_be_sent_is_named(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, tmp_path: Path
) -> None:
    (tmp_path / "empty").touch()
    for path, error in [(tmp_path / "none", MissingFile), (tmp_path, IsDirectory), (tmp_path / "empty", EmptyFile)]:
        with pytest.raises(error) as caught:
            await client.upload(cred, "1", path, "clip.mp4")
        assert caught.value.values == {"name": "clip.mp4"}
    assert cloud.requests == []


async def test_a_file_that_disappears_or_shrinks_meanwhile_is_never_taken_for_sent(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x").write_bytes(b"x" * 10)
    form = replace(file_form(tmp_path / "x", "x.mp4"), path=tmp_path / "gone")
    monkeypatch.setattr("core.nemo.client.file_form", lambda path, name: form)
    with pytest.raises(MissingFile):
        await client.upload(cred, "1", tmp_path / "x", "x.mp4")
    monkeypatch.setattr("core.nemo.client.file_form", lambda path, name: replace(form, path=tmp_path / "x", size=20))
    with pytest.raises(MissingFile):
        await client.upload(cred, "1", tmp_path / "x", "x.mp4")
    assert cloud.uploads == []


async def test_links_are_given_to_the_backend(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    cloud.open_session("1")
    files = await client.upload_url(cred, "1", ["https://example.com/b.mp4"])
    assert [file.name for file in files] == ["b.mp4"]
    assert cloud.requests[0].json == {"urls": ["https://example.com/b.mp4"], "source_type": "url"}


async def test_the_vendors_upload_answer_is_read_in_full(
    cloud: FakeCloud, client: NemoClient, cred: Credentials
) -> None:
    item = {"filename": "v.mp4", "file_type": "video", "cdn_url": "https://c/v.mp4", "duration": 30.5,
            "width": 1920, "height": 1080, "fps": 30, "hash": "abc"}  # fmt: skip
    cloud.replies["upload"] += [
        Reply(body={"code": 0, "data": {"files": [item], "session_state_applied": False}}),
        Reply(body={"data": {"uploaded_files": [{"url": "https://c/w.mp4"}]}}),
    ]
    (first,) = await client.upload_url(cred, "1", ["u"])
    assert first == UploadedFile("v.mp4", "video", "https://c/v.mp4", 30.5, 1920, 1080, in_session=False)
    (second,) = await client.upload_url(cred, "1", ["u"])
    assert second == UploadedFile("", url="https://c/w.mp4")


async def test_an_upload_without_a_file_is_refused(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    cases: list[tuple[object, type[Exception]]] = [
        ({"files": []}, Refused),
        ({"files": [{"filename": "a", "error": "codec"}]}, Unsupported),
        ({"files": [{"filename": "a", "status": "failed", "code": 4002}]}, TooLarge),
    ]
    for data, error in cases:
        cloud.replies["upload"].append(Reply(body={"code": 0, "data": data}))
        with pytest.raises(error):
            await client.upload_url(cred, "1", ["u"])


DRAFTS = [
    '{"t":[{"tt":0,"sg":[{"d":1e3,"s":0.10,"v":1.0,"x":1E+2}]}],"d":10000}',
    '{ "z" : 1 ,\n\t"a":[ 1.0,  2 ],"b" :{"y":null , "x":true} }',
    '{"n":"\\u00e9\\ud83c\\udfac \\/ é \u2028 \\n","n":"again","deep":{"draft":{"draft":1}}}',
    '{"big":123456789012345678901234567890,"e":-0.0,"q":"\\"}{"}',
]  # fmt: skip


@pytest.mark.parametrize("draft", DRAFTS)
async def test_a_draft_goes_to_the_render_as_it_came_to_the_byte(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, draft: str
) -> None:
    cloud.open_session("1", draft)
    state = await client.state(cred, "1")
    assert state.raw_draft == draft
    await client.start_render(cred, "render_1", "1", state.raw_draft or "", output_format="mp3", quality="low")
    expected = f'{{"id":"render_1","sessionId":"1","draft":{draft},"output":{{"format": "mp3", "quality": "low"}}}}'
    assert cloud.requests[-1].body == expected.encode()


@pytest.mark.parametrize(
    ("body", "raw"),
    [
        ({"code": 0, "data": {"state": {"draft": {"t": []}}}}, '{"t": []}'),
        ({"state": {"draft": {"t": []}}}, '{"t": []}'),
        ({"code": 0, "data": {"draft": {"t": []}}}, '{"t": []}'),
        ({"code": 0, "data": {"state": {"draft": '{"t": [1.0]}'}}}, '{"t": [1.0]}'),
        ({"code": 0, "data": {"state": {"draft": "not json"}}}, None),
        ({"code": 0, "data": {"state": {"draft": {}}}}, None),
        ({"code": 0, "data": {"state": {"draft": None}}}, None),
        ({"code": 0, "data": {"state": {}}}, None),
        ({"code": 0, "data": {}}, None),
        ({"code": 0, "data": {"state": None}}, None),
    ],
)
async def test_a_draft_is_found_wherever_the_state_has_it(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, body: object, raw: str | None
) -> None:
    cloud.replies["state"].append(Reply(body=body))
    assert (await client.state(cred, "1")).raw_draft == raw


async def test_the_state_names_uploads_media_and_user(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    inside = {"video_infos": [{"f": 1}], "generated_media": {"a": 2}}
    cloud.replies["state"].append(Reply(body={"code": 0, "data": {"state": inside, "user_id": "anon_1"}}))
    state = await client.state(cred, "1")
    assert (state.video_infos, state.generated_media, state.user_id) == ([{"f": 1}], {"a": 2}, "anon_1")


@pytest.mark.parametrize("raw", ["", "{", "[1]", "null", '"x"', "[" * 10_000])
async def test_what_is_no_draft_is_never_sent(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, raw: str
) -> None:
    with pytest.raises(NothingToExport):
        await client.start_render(cred, "r", "1", raw)
    assert cloud.requests == []


async def test_redirects_of_the_api_are_not_followed(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    cloud.replies["credits"].append(Reply(307, b"", {"Location": f"{cloud.cdn}/api/credits/balance/simple"}))
    with pytest.raises(Refused):
        await client.credits(cred)
    assert len(cloud.requests) == 1


async def test_the_callers_http_client_keeps_its_own_headers(cloud: FakeCloud, cred: Credentials) -> None:
    async with httpx.AsyncClient() as http:
        before = dict(http.headers)
        cloud.open_session("1")
        await NemoClient(http, cloud.url + "/").run(cred, "1", "hi", on_event=lambda event: None)
        assert dict(http.headers) == before


def test_a_name_cannot_end_its_header() -> None:
    for name in HOSTILE_NAMES:
        assert not set(safe_name(name)) & set('"\r\n\x00/\\')
