"""A result's file over the wire: passed on whole or in part, with what browsers and proxies want to be told."""

from __future__ import annotations

import asyncio
from email.utils import formatdate
from pathlib import Path

import httpx
import pytest

from core.messages import MediaKind
from tests.bots.results.conftest import CONTENT, DAY, Cdn, Site, site
from tests.servers.cloud import FakeCloud
from tests.servers.script import Reply

LENGTH = len(CONTENT)
FILE = "/talk.mp4"
# What lies in sockets and buffers on the way, in bytes.
FLAT = 24 << 20


async def test_a_file_is_passed_on_as_it_is(front: Site, cdn: Cdn) -> None:
    page = await front.publish(cdn.url)
    answer = await front.http.get(page + FILE)
    assert (answer.status_code, answer.content) == (200, CONTENT)
    headers = answer.headers
    assert headers["content-type"] == "video/mp4"
    assert headers["content-length"] == str(LENGTH)
    assert headers["accept-ranges"] == "bytes"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"].startswith("noindex")
    assert headers["cache-control"].startswith("private")
    assert headers["content-disposition"].startswith("inline; filename=")


async def test_neither_token_nor_cookie_goes_to_where_the_file_lies(front: Site, cdn: Cdn) -> None:
    page = await front.publish(cdn.url)
    await front.http.get(page + FILE, headers={"Cookie": "a=b", "Authorization": "Bearer mine"})
    [request] = cdn.requests
    assert not {"authorization", "cookie", "referer", "x-skill-source"} & request.keys()


RANGES = [
    ("bytes=0-9", 0, 10),
    ("bytes=100-", 100, LENGTH),
    ("bytes=-7", LENGTH - 7, LENGTH),
    ("bytes=0-", 0, LENGTH),
    (f"bytes={LENGTH - 1}-{LENGTH + 500}", LENGTH - 1, LENGTH),
    ("bytes=300-300", 300, 301),
]


@pytest.mark.parametrize("ranges", [True, False], ids=["asked of the backend", "cut here"])
async def test_a_part_is_given_whether_the_backend_knows_parts_or_not(front: Site, cdn: Cdn, ranges: bool) -> None:
    cdn.ranges = ranges
    page = await front.publish(cdn.url)
    for asked, first, end in RANGES:
        answer = await front.http.get(page + FILE, headers={"Range": asked})
        assert (answer.status_code, answer.content) == (206, CONTENT[first:end]), asked
        assert answer.headers["content-range"] == f"bytes {first}-{end - 1}/{LENGTH}"
        assert answer.headers["content-length"] == str(end - first)
        assert cdn.requests[-1]["range"] == asked


@pytest.mark.parametrize("ranges", [True, False])
async def test_a_part_behind_the_end_is_refused_with_the_length(front: Site, cdn: Cdn, ranges: bool) -> None:
    cdn.ranges = ranges
    page = await front.publish(cdn.url)
    answer = await front.http.get(page + FILE, headers={"Range": f"bytes={LENGTH}-"})
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{LENGTH}")


async def test_what_is_no_range_that_we_know_gets_the_whole_file(front: Site, cdn: Cdn) -> None:
    page = await front.publish(cdn.url)
    for asked in ("bytes=5-2", "bytes=-", "bytes=0-1,5-6", "lines=0-9", "bytes=a-b"):
        answer = await front.http.get(page + FILE, headers={"Range": asked})
        assert (answer.status_code, answer.content) == (200, CONTENT), asked


async def test_a_browser_that_has_the_file_is_not_sent_it_again(front: Site, cdn: Cdn) -> None:
    page = await front.publish(cdn.url)
    first = await front.http.get(page + FILE)
    tag, date = first.headers["etag"], first.headers["last-modified"]
    for headers in ({"If-None-Match": tag}, {"If-None-Match": f'"x", W/{tag}'}, {"If-Modified-Since": date}):
        answer = await front.http.get(page + FILE, headers=headers)
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    assert len(cdn.requests) == 1
    old = formatdate(front.clock.now() - DAY, usegmt=True)
    for headers in ({"If-None-Match": '"x"'}, {"If-Modified-Since": old}):
        assert (await front.http.get(page + FILE, headers=headers)).status_code == 200


async def test_a_part_goes_on_only_with_the_same_file(front: Site, cdn: Cdn) -> None:
    page = await front.publish(cdn.url)
    first = await front.http.get(page + FILE)
    part = {"Range": "bytes=10-"}
    for same in (first.headers["etag"], first.headers["last-modified"]):
        assert (await front.http.get(page + FILE, headers={**part, "If-Range": same})).status_code == 206
    for other in ('"x"', f"W/{first.headers['etag']}", formatdate(0, usegmt=True), "nonsense"):
        assert (await front.http.get(page + FILE, headers={**part, "If-Range": other})).status_code == 200


@pytest.mark.parametrize("ranges", [True, False])
async def test_the_headers_alone_are_those_of_the_file(front: Site, cdn: Cdn, ranges: bool) -> None:
    cdn.ranges = ranges
    page = await front.publish(cdn.url)
    bare, whole = await front.http.head(page + FILE), await front.http.get(page + FILE)
    assert (bare.status_code, bare.content) == (200, b"")
    for name in ("content-length", "content-type", "etag", "last-modified", "accept-ranges", "content-disposition"):
        assert bare.headers[name] == whole.headers[name]


NAMES = [
    ("talk.mp4", "talk.mp4", "talk.mp4", "video/mp4"),
    ('访谈 "1".m4a', "__ _1_.m4a", "%E8%AE%BF%E8%B0%88%20_1_.m4a", "audio/mp4"),
    ("50%\r\nSet-Cookie: x.mp3", "50_Set-Cookie_ x.mp3", "50%25Set-Cookie_%20x.mp3", "audio/mpeg"),
    ("page.html", "page.html", "page.html", "application/octet-stream"),
]


async def test_a_download_has_its_name_in_every_script(front: Site, cdn: Cdn) -> None:
    for name, plain, encoded, kind in NAMES:
        page = await front.publish(cdn.url, name=name)
        answer = await front.http.get(f"{page}/x?download")
        said = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
        assert (answer.headers["content-disposition"], answer.headers["content-type"]) == (said, kind)
        assert "set-cookie" not in answer.headers


async def test_a_file_of_unknown_length_is_passed_on_to_its_end(front: Site, cdn: Cdn) -> None:
    cdn.length = cdn.ranges = False
    page = await front.publish(cdn.url)
    answer = await front.http.get(page + FILE, headers={"Range": "bytes=5-"})
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert "accept-ranges" not in answer.headers


async def test_a_slow_reader_holds_the_backend_back_and_one_that_leaves_ends_it(front: Site, cdn: Cdn) -> None:
    cdn.endless = True
    page = await front.publish(cdn.url)
    async with asyncio.timeout(60), front.http.stream("GET", page + FILE) as answer:
        blocks = answer.aiter_raw()
        await anext(blocks)
        await cdn.stuck.wait()
        assert cdn.given < FLAT
        await blocks.aclose()  # type: ignore[attr-defined]
    async with asyncio.timeout(60):
        await cdn.left.wait()


async def test_a_file_that_breaks_off_does_not_look_complete(front: Site, cdn: Cdn, cloud: FakeCloud) -> None:
    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 10000\r\n\r\n" + bytes(5000))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(half, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        page = await front.publish(f"http://127.0.0.1:{port}/x.mp4")
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            await front.http.get(page + FILE)


@pytest.mark.parametrize("broken", [b"<!doctype html><p>Sign in", b'\n{"code":5}'])
async def test_text_that_is_served_as_media_is_replaced_by_the_file(
    front: Site, cdn: Cdn, cloud: FakeCloud, broken: bytes
) -> None:
    cdn.broken, cloud.media, cloud.renders["r"] = broken, CONTENT, 0
    page = await front.publish(cdn.url)
    assert (await front.http.get(page + FILE)).content == CONTENT
    cloud.media = broken
    assert (await front.http.get(page + FILE)).status_code == 503
    assert (await front.http.get(page)).status_code == 503


async def test_a_file_whose_address_is_dead_is_found_by_the_id_of_its_render(
    front: Site, cloud: FakeCloud, unused_tcp_port: int
) -> None:
    cloud.media, cloud.renders["r"] = CONTENT, 0
    page = await front.publish(f"http://127.0.0.1:{unused_tcp_port}/render.mp4")
    answer = await front.http.get(page + FILE, headers={"Range": "bytes=9-19"})
    assert (answer.status_code, answer.content) == (206, CONTENT[9:20])


async def test_a_file_that_moved_is_found_where_the_backend_says_now(
    front: Site, cdn: Cdn, cloud: FakeCloud, unused_tcp_port: int
) -> None:
    cloud.media, cloud.renders["r"] = CONTENT, 0
    cloud.broken["download"] = Reply(404, {"detail": "no"})
    page = await front.publish(f"http://127.0.0.1:{unused_tcp_port}/render.mp4")
    assert (await front.http.get(page + FILE)).content == CONTENT


async def test_a_file_that_the_backend_has_no_more_is_gone(front: Site, unused_tcp_port: int) -> None:
    page = await front.publish(f"http://127.0.0.1:{unused_tcp_port}/render.mp4")
    for path in (page, page + FILE):
        answer = await front.http.get(path)
        assert answer.status_code == 410
        assert "expired" in answer.text


async def test_a_backend_that_is_away_is_asked_for_again_later(front: Site, cloud: FakeCloud) -> None:
    cloud.broken |= dict.fromkeys(("download", "poll"), Reply(503, b""))
    page = await front.publish("")
    answer = await front.http.get(page)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")


@pytest.mark.parametrize(("name", "kind"), [("a.mp3", MediaKind.AUDIO), ("a.png", MediaKind.IMAGE)])
async def test_another_front_and_a_restarted_one_know_the_same_pages(
    cloud: FakeCloud, cdn: Cdn, tmp_path: Path, name: str, kind: MediaKind
) -> None:
    async with site(cloud, tmp_path) as first:
        page = await first.publish(cdn.url, name=name, kind=kind, duration=None)
    async with site(cloud, tmp_path, "https://example.org/cutroom") as second:
        for path in (page, f"/cutroom{page}"):
            assert (await second.http.get(path)).status_code == 200
            assert (await second.http.get(f"{path}/{name}")).content == CONTENT
