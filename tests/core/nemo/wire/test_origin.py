"""Where a file is fetched from: a backend on the public internet cannot send us into our own network."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import httpx
import pytest

from core.errors import BackendDown
from core.nemo.client import NemoClient
from core.nemo.models import Credentials, SkillHeaders
from core.nemo.wire.origin import Origin
from core.nemo.wire.transport import Transport, Waits

API = "https://8.8.4.4"
PATH = "/api/render/proxy/r/download"
WHO = Credentials("nmv_usr_secret123", SkillHeaders("a", "1"))
Answers = Callable[[httpx.Request], httpx.Response]


async def _read(url: str, answers: Answers, api: str = API) -> tuple[list[str], bytes]:
    """The addresses that were asked, and what was read."""
    asked, read = list[str](), bytearray()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return answers(request)

    async def take(response: httpx.Response) -> None:
        read.extend(await response.aread())

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        origin = Origin(Transport(http, api, Waits()), url, PATH, {"Authorization": "Bearer x"})
        with suppress(BackendDown):
            await origin.read(take)
    return asked, bytes(read)


def _has(host: str) -> Answers:
    return lambda request: httpx.Response(200, content=b"file") if request.url.host == host else httpx.Response(404)


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1:8080/x.mp4", "http://localhost/x.mp4", "http://169.254.169.254/latest/meta-data"),
        *("http://10.0.0.1/x", "http://[::1]/x", "http://metadata.internal/x", "http://2130706433/x", "http://127.1/x"),
    ],
)
async def test_a_public_backend_sends_nobody_into_a_private_network(url: str) -> None:
    def named(request: httpx.Request) -> httpx.Response:
        if request.url.path == PATH:
            return httpx.Response(200, json={"output": {"url": url}})
        return httpx.Response(200, content=b"secret")

    def redirected(request: httpx.Request) -> httpx.Response:
        at_home = request.url.host in ("8.8.8.8", "8.8.4.4")
        return httpx.Response(302, headers={"location": url}) if at_home else httpx.Response(200, content=b"secret")

    for given, answers in ((url, named), ("https://8.8.8.8/x.mp4", redirected)):
        asked, read = await _read(given, answers)
        assert read == b""
        assert not [each for each in asked if httpx.URL(each).host not in ("8.8.8.8", "8.8.4.4")]


async def test_a_public_address_is_read() -> None:
    asked, read = await _read("https://8.8.8.8/x.mp4", _has("8.8.8.8"))
    assert (asked, read) == (["https://8.8.8.8/x.mp4"], b"file")


async def test_a_backend_in_the_operators_own_network_names_addresses_there() -> None:
    _, read = await _read("http://10.0.0.7/x.mp4", _has("10.0.0.7"), api="http://10.0.0.5:8000")
    assert read == b"file"


async def test_a_part_is_asked_of_whoever_has_the_file() -> None:
    asked = list[httpx.Headers]()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers)
        return httpx.Response(404) if request.url.path != PATH else httpx.Response(206, content=b"fi")

    async def take(response: httpx.Response) -> None:
        await response.aread()

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        client = NemoClient(http, API)
        await client.pass_on(WHO, "r", "https://8.8.8.8/x", take, {"Range": "bytes=0-1"})
    assert [headers["range"] for headers in asked] == ["bytes=0-1"] * 2
    assert ["authorization" in headers for headers in asked] == [False, True]
