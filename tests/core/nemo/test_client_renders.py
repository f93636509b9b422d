"""Renders and downloads over a real socket: every published shape of a poll, and where the token goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import BackendDown, OutcomeUnknown, Refused, TokenRefused, UserError
from core.nemo.client import NemoClient
from core.nemo.models import (
    Breakage,
    Credentials,
    Notice,
    RenderBroken,
    Rendered,
    RenderedWithoutUrl,
    Rendering,
    RenderState,
    RenderUnknown,
)
from core.nemo.wire.download import Download
from tests.servers.cloud import FakeCloud
from tests.servers.script import Poll, Reply

U = "https://static.example/r.mp4"

SHAPES: list[tuple[object, RenderState]] = [
    ({"taskId": "r", "status": "completed", "progress": 100, "output": {"url": U, "duration": 30.5,
     "size": 1}}, Rendered(U)),
    ({"success": True, "data": {"id": "r", "status": "completed", "progress": 100, "outputUrl": U}}, Rendered(U)),
    ({"code": 0, "data": {"status": "completed", "outputUrl": U}}, Rendered(U)),
    ({"code": 0, "data": {"data": {"status": "SUCCESS", "output_url": U}}}, Rendered(U)),
    ({"status": "succeeded", "url": U}, Rendered(U)),
    ({"status": "done", "output": U}, Rendered(U)),
    ({"state": "finished", "output": {"outputUrl": U}}, Rendered(U)),
    ({"data": {"outputUrl": U}}, Rendered(U)),
    ({"status": "done", "output": U, "notices": ["little-voice", "fell-back"]},
     Rendered(U, (Notice.LITTLE_VOICE, Notice.FELL_BACK))),
    ({"status": "done", "output": U, "notices": ["<b>", 3, None, ["little-voice"]]}, Rendered(U)),
    ({"status": "done", "output": U, "notices": "little-voice"}, Rendered(U)),
    ({"status": "completed", "data": {"outputUrl": U}}, Rendered(U)),
    ({"status": "completed", "progress": 100}, RenderedWithoutUrl()),
    ({"status": "completed", "output": {"url": "/etc/passwd"}}, RenderedWithoutUrl()),
    ({"status": "completed", "output": {"url": "file:///etc/passwd"}}, RenderedWithoutUrl()),
    ({"status": "completed", "output": {"url": 5}}, RenderedWithoutUrl()),
    ({"status": "completed", "output": None}, RenderedWithoutUrl()),
    ({"status": "pending"}, Rendering()),
    ({"status": "processing", "progress": 45}, Rendering(0.45)),
    ({"status": "pending", "progress": 0, "queue_position": 3}, Rendering(0.0, before=3)),
    ({"status": "pending", "queue_position": -3}, Rendering()),
    ({"status": "pending", "queue_position": "many"}, Rendering()),
    ({"status": "pending", "queue_position": 1e300}, Rendering()),
    ({"status": "processing", "progress": 0.45}, Rendering(0.45)),
    ({"status": "processing", "progress": 1}, Rendering(0.01)),
    ({"status": "processing", "progress": "45%"}, Rendering(0.45)),
    ({"status": "processing", "progress": 400}, Rendering(1.0)),
    ({"status": "processing", "progress": -4}, Rendering(0.0)),
    ({"status": "processing", "progress": None}, Rendering()),
    ({"status": "processing", "progress": True}, Rendering()),
    ({"status": "processing", "progress": "half"}, Rendering()),
    ({"success": True, "data": {"status": "queued", "progress": 5}}, Rendering(0.05)),
    ({"status": "rendering_in_space"}, Rendering()),
    ({}, Rendering()),
    ({"code": 0, "data": None}, Rendering()),
    ([], Rendering()),
    ({"status": "failed", "error": "no codec"}, RenderBroken("no codec")),
    ({"status": "failed", "error": "none", "reason": "no-sound"}, RenderBroken("none", Breakage.NO_SOUND)),
    ({"status": "failed", "error": "full", "reason": "disk-full"}, RenderBroken("full", Breakage.DISK_FULL)),
    ({"status": "failed", "reason": "bad luck"}, RenderBroken("bad luck")),
    ({"success": True, "data": {"status": "failed", "error": {"message": "no codec"}}}, RenderBroken("no codec")),
    ({"code": 5001, "data": {"status": "failed"}, "message": "out of memory"}, RenderBroken("out of memory")),
    ({"status": "cancelled"}, RenderBroken("cancelled")),
    ({"status": "Canceled"}, RenderBroken("canceled")),
    ({"status": "error"}, RenderBroken("error")),
    ({"success": False, "error": "lost"}, RenderBroken("lost")),
    ({"code": 404, "message": "no such render"}, RenderUnknown()),
]  # fmt: skip


@pytest.mark.parametrize(("body", "state"), SHAPES)
async def test_every_shape_of_a_poll_is_read(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, body: object, state: RenderState
) -> None:
    cloud.replies["poll"].append(Reply(body=body))
    assert await client.poll_render(cred, "r") == state


async def test_a_poll_says_when_to_come_back(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    cloud.replies["poll"].append(Reply(200, {"status": "processing"}, {"Retry-After": "7"}))
    assert await client.poll_render(cred, "r") == Rendering(None, 7.0)


async def test_a_render_that_is_not_there_is_a_state_and_no_error(
    cloud: FakeCloud, client: NemoClient, cred: Credentials
) -> None:
    assert await client.poll_render(cred, "never-made") == RenderUnknown()


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(503, b""), BackendDown),
        (Reply(504, {"status": "failed"}), BackendDown),
        (Reply(403, {}), Refused),
        (Reply(200, {"code": 1001}), TokenRefused),
    ],
)
async def test_a_poll_that_fails_says_nothing_about_the_render(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, reply: Reply, error: type[UserError]
) -> None:
    cloud.replies["poll"].append(reply)
    with pytest.raises(error):
        await client.poll_render(cred, "r")


@pytest.mark.parametrize("shape", [Poll.FLAT, Poll.WRAPPED, Poll.CODED])
async def test_a_render_goes_from_submit_to_file(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, tmp_path: Path, shape: Poll
) -> None:
    cloud.poll_shape = shape
    render = await client.start_render(cred, "render_1", "1", '{"t":[]}')
    assert await client.poll_render(cred, render) == Rendering(0.45)
    state = await client.poll_render(cred, render)
    assert isinstance(state, Rendered)
    await client.download(cred, render, state.url, Download(tmp_path / "out.mp4"))
    assert (tmp_path / "out.mp4").read_bytes() == cloud.media


@pytest.mark.parametrize(
    ("body", "poll"),
    [
        ({"success": True, "data": {"id": "other", "status": "pending"}}, "other"),
        ({"code": 0, "id": "other"}, "other"),
        ({"render_id": "other", "status": "pending"}, "other"),
        ({"data": {"renderId": "other"}}, "other"),
        ({"taskId": 77}, "77"),
        ({"success": True}, "mine"),
        ({"data": {"id": ""}}, "mine"),
        ({"data": {"id": {"a": 1}, "user": {"id": "u"}}}, "mine"),
    ],
)
async def test_the_answer_may_name_another_id_to_poll(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, body: object, poll: str
) -> None:
    cloud.replies["render"].append(Reply(body=body))
    assert await client.start_render(cred, "mine", "1", '{"t":[]}') == poll


async def test_a_submit_without_an_answer_leaves_the_outcome_open(
    cloud: FakeCloud, client: NemoClient, cred: Credentials
) -> None:
    cloud.replies["render"].append(Reply(502, b""))
    with pytest.raises(OutcomeUnknown):
        await client.start_render(cred, "mine", "1", '{"t":[]}')


async def test_cancelling_needs_no_particular_answer(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    cloud.replies["cancel"] += [Reply(204, b""), Reply(200, b"ok"), Reply(200, {"success": True})]
    for _ in range(3):
        await client.cancel_render(cred, "r")


async def test_the_token_never_goes_to_another_host(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, tmp_path: Path
) -> None:
    cloud.renders["r"] = 0
    cloud.replies["media"].append(Reply(302, b"", {"Location": f"{cloud.cdn}/media/r.mp4"}))
    steps: list[tuple[int, int]] = []
    to = tmp_path / "out.mp4"
    await client.download(
        cred, "r", f"{cloud.cdn}/media/r.mp4", Download(to, lambda done, total: steps.append((done, total)))
    )
    assert to.read_bytes() == cloud.media
    assert steps[-1] == (len(cloud.media), len(cloud.media))
    assert [request.endpoint for request in cloud.requests] == ["media", "media"]
    for request in cloud.requests:
        assert not {"authorization", "x-skill-source"} & set(request.headers)


@pytest.mark.parametrize(
    "url",
    ["", "ftp://x/y.mp4", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:1/x.mp4", "http://[bad", "https://"],
)
async def test_an_address_that_does_not_serve_is_replaced_by_the_download_by_id(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, tmp_path: Path, url: str
) -> None:
    cloud.renders["r"] = 0
    await client.download(cred, "r", url, Download(tmp_path / "out.mp4"))
    assert (tmp_path / "out.mp4").read_bytes() == cloud.media
    (request,) = cloud.requests
    assert (request.endpoint, "authorization" in request.headers) == ("download", True)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(403, b"expired", content_type="text/plain"),
        Reply(200, b"", content_type="video/mp4"),
        Reply(200, b"<html>", content_type="text/html"),
        Reply(200, {"error": "gone"}),
        Reply(302, b"", {"Location": "file:///etc/passwd"}),
    ],
)
async def test_what_is_no_file_is_not_saved(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, tmp_path: Path, reply: Reply
) -> None:
    cloud.replies["media"].append(reply)
    cloud.replies["download"].append(Reply(404, {"detail": "no"}))
    with pytest.raises(Refused):
        await client.download(cred, "r", f"{cloud.cdn}/media/r.mp4", Download(tmp_path / "out.mp4"))
    assert list(tmp_path.iterdir()) == []


async def test_the_download_by_id_may_name_another_address(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, tmp_path: Path
) -> None:
    cloud.renders["r"] = 0
    url = f"{cloud.cdn}/media/r.mp4"
    cloud.replies["download"] += [
        Reply(200, {"data": {"output": {"url": url}}}),
        Reply(302, b"", {"Location": url}),
    ]
    for name in ("a.mp4", "b.mp4"):
        await client.download(cred, "r", "", Download(tmp_path / name))
        assert (tmp_path / name).read_bytes() == cloud.media
        assert cloud.requests[-1].endpoint == "media"
        assert "authorization" not in cloud.requests[-1].headers


async def test_a_download_that_ends_too_early_leaves_nothing_behind(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, tmp_path: Path
) -> None:
    cloud.renders["r"] = 0
    cloud.replies["download"].append(Reply(200, b"", content_type="video/mp4"))
    with pytest.raises(BackendDown):
        await client.download(cred, "r", "", Download(tmp_path / "out.mp4"))
    assert list(tmp_path.iterdir()) == []


async def test_redirects_in_a_circle_come_to_an_end(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, tmp_path: Path
) -> None:
    url = f"{cloud.cdn}/media/r.mp4"
    cloud.replies["media"] += [Reply(302, b"", {"Location": url})] * 20
    cloud.replies["download"].append(Reply(503, b""))
    with pytest.raises(BackendDown):
        await client.download(cred, "r", url, Download(tmp_path / "out.mp4"))
    assert len(cloud.asked("media")) == 5
