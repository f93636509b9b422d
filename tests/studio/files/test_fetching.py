from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.resolver import ThreadedResolver

from core.addresses import is_public
from studio.files.fetching import PublicOnly
from tests.studio.caller import Caller
from tests.studio.conftest import Clips, OpenStudio


@pytest.fixture
async def site(clips: Clips) -> AsyncIterator[str]:
    """A web site on this machine, which is a private address."""

    async def clip(_: web.Request) -> web.FileResponse:
        return web.FileResponse(clips.talk)

    async def page(_: web.Request) -> web.Response:
        return web.Response(text="<html>", content_type="text/html")

    async def away(request: web.Request) -> web.Response:
        raise web.HTTPFound(request.query["to"])

    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(bytes(600_000))
        await response.write(bytes(600_000))
        return response

    async def broken(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport
        request.transport.close()
        return response

    app = web.Application()
    app.add_routes([web.get("/a/talk.mp4", clip), web.get("/page", page), web.get("/away", away)])
    app.add_routes([web.get("/watch", clip), web.get("/drip.mp4", drip), web.get("/broken.mp4", broken)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_link_is_fetched_where_private_addresses_are_allowed(open_studio: OpenStudio, site: str) -> None:
    async with Caller(await open_studio(allow_private_urls=True)) as caller:
        answer = await caller.post_urls(f"{site}/a/talk.mp4", f"{site}/watch", f"{site}/away?to=/a/talk.mp4")
    names = [file["filename"] for file in answer["data"]["files"]]
    assert names == ["talk.mp4", "watch.mp4", "talk.mp4"]


@pytest.mark.parametrize(
    "url",
    [
        "{site}/a/talk.mp4",
        "http://localhost:{port}/a/talk.mp4",
        "http://[::ffff:127.0.0.1]:{port}/a/talk.mp4",
        "http://2130706433:{port}/a/talk.mp4",
        "http://127.1:{port}/a/talk.mp4",
        "http://169.254.169.254/latest/meta-data.mp4",
        "file:///etc/passwd",
        "ftp://127.0.0.1/a.mp4",
        "http://user:pass@127.0.0.1/a.mp4",
        "no link",
        "",
    ],
)
async def test_a_link_to_this_network_is_refused(caller: Caller, site: str, url: str, tmp_path: Path) -> None:
    answer = await caller.post_urls(url.format(site=site, port=site.rpartition(":")[2]))
    assert answer["code"] == 422
    assert "127" not in answer["message"]
    assert not list((tmp_path / "data" / "sessions").glob("*/*"))


async def test_a_redirect_is_checked_as_the_link_was(
    caller: Caller, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A public name leads to the site here; the redirect from it names this machine."""
    port = int(site.rpartition(":")[2])

    async def resolve(self: PublicOnly, host: str, *_: object, **__: object) -> list[object]:
        assert host == "public.example"
        address = {"hostname": host, "host": "127.0.0.1", "port": port, "proto": 0, "flags": 0}
        return [{**address, "family": socket.AF_INET}]

    monkeypatch.setattr(PublicOnly, "resolve", resolve)
    good = await caller.post_urls(f"http://public.example:{port}/away?to=/a/talk.mp4")
    bad = await caller.post_urls(f"http://public.example:{port}/away?to={site}/a/talk.mp4")
    assert (good["code"], bad["code"]) == (0, 422)


async def test_a_name_that_resolves_to_a_private_address_too_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(self: ThreadedResolver, host: str, *_: object) -> list[object]:
        return [{"host": "93.184.215.14"}, {"host": "10.0.0.1"}]

    monkeypatch.setattr(ThreadedResolver, "resolve", resolve)
    with pytest.raises(OSError, match="private"):
        await PublicOnly().resolve("rebinding.example")


async def test_a_link_to_something_else_is_refused_by_its_content(open_studio: OpenStudio, site: str) -> None:
    async with Caller(await open_studio(allow_private_urls=True)) as caller:
        assert (await caller.post_urls(f"{site}/page"))["code"] == 4001
        assert (await caller.post_urls(f"{site}/broken.mp4"))["code"] == 422
        assert (await caller.post_urls(f"{site}/missing.mp4"))["code"] == 422


async def test_a_link_past_the_limit_is_refused_while_it_comes(open_studio: OpenStudio, site: str) -> None:
    async with Caller(await open_studio(allow_private_urls=True, upload_limit=1_000_000)) as caller:
        assert (await caller.post_urls(f"{site}/drip.mp4"))["code"] == 4002


PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "64:ff9b::7f00:1",
    "fe80::1%eth0",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_the_open_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_of_the_open_internet(address: str) -> None:
    assert is_public(address)
