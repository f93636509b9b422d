"""A server that says where to ask instead: followed once on the same server, and never further."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import Refused
from core.nemo.client import NemoClient
from core.nemo.models import Credentials
from tests.servers.cloud import FakeCloud
from tests.servers.script import Reply

SID = "5529798706024415232"


def _moved(to: str, status: int = 307) -> Reply:
    return Reply(status, b"", {"Location": to}, content_type="text/plain")


@pytest.mark.parametrize("status", [307, 308])
async def test_a_turn_that_is_sent_elsewhere_on_the_same_server_is_taken_there(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, status: int
) -> None:
    cloud.open_session(SID)
    cloud.replies["run"].append(_moved("/run_sse?again=1", status))
    await client.run(cred, SID, "hello", on_event=lambda event: None)
    first, second = cloud.asked("run")
    assert (second.method, second.body, second.headers["authorization"]) == (
        "POST",
        first.body,
        first.headers["authorization"],
    )


async def test_a_file_goes_along_whole(cloud: FakeCloud, client: NemoClient, cred: Credentials, tmp_path: Path) -> None:
    cloud.open_session(SID)
    cloud.replies["upload"].append(_moved(f"{cloud.url}/api/upload-video/nemo_agent/me/{SID}?to=2"))
    path = tmp_path / "a.mp4"
    path.write_bytes(b"video")
    await client.upload(cred, SID, path, "a.mp4")
    assert [upload.data for upload in cloud.uploads] == [b"video"] * 2


async def test_it_is_followed_once(cloud: FakeCloud, client: NemoClient, cred: Credentials) -> None:
    cloud.replies["run"] += [_moved(f"/run_sse?n={number}") for number in range(3)]
    with pytest.raises(Refused):
        await client.run(cred, SID, "hello", on_event=lambda event: None)
    assert len(cloud.asked("run")) == 2


@pytest.mark.parametrize(
    "to", ["{cdn}/run_sse", "https://127.0.0.1:{port}/run_sse", "//localhost:{port}/run_sse", "", "http://["]
)
async def test_nothing_goes_to_another_server(cloud: FakeCloud, client: NemoClient, cred: Credentials, to: str) -> None:
    cloud.replies["run"].append(_moved(to.format(cdn=cloud.cdn, port=cloud.url.rpartition(":")[2])))
    with pytest.raises(Refused):
        await client.run(cred, SID, "hello", on_event=lambda event: None)
    assert len(cloud.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 303])
async def test_what_would_turn_a_request_into_another_is_not_followed(
    cloud: FakeCloud, client: NemoClient, cred: Credentials, status: int
) -> None:
    cloud.replies["run"].append(_moved("/run_sse?again=1", status))
    with pytest.raises(Refused):
        await client.run(cred, SID, "hello", on_event=lambda event: None)
    assert len(cloud.requests) == 1
