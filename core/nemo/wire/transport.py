"""The one seam to httpx: sends requests, and turns its exceptions into the errors of `core.errors`.

never left this machine, or never arrived     BackendDown
sent, and the answer is missing or broken     BackendDown if the call may be repeated, else OutcomeUnknown
"""

from __future__ import annotations

import json
import logging
import string
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import quote

import httpx

from core.errors import BackendDown, SessionGone, TokenRefused
from core.nemo.models import Credentials, SkillHeaders
from core.nemo.wire.envelope import Answer, opened
from core.nemo.wire.faults import BackendSaid, Call, redacted, unclear

log = logging.getLogger(__name__)

MAX_BODY = 64 * 1024 * 1024  # bytes of a JSON answer; what is longer is no answer of this API
_MOVED = (307, 308)  # those that keep the method and the body
Content = bytes | Callable[[], AsyncIterator[bytes]] | None  # a body that is made as it is sent is made anew each time
_PRINTABLE = frozenset(string.printable) - frozenset(string.whitespace)
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)
LOST = (httpx.HTTPError, httpx.InvalidURL)  # all that a request may raise; InvalidURL is no HTTPError


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds to wait for one step of a request: a connection, a block written, a block read."""

    connect: float = 15.0
    write: float = 60.0
    read: float = 60.0
    upload_read: float = 300.0  # the backend probes a file before it answers

    def timeout(self, read: float | None = None) -> httpx.Timeout:
        return httpx.Timeout(connect=self.connect, write=self.write, read=read or self.read, pool=self.connect)


@dataclass(frozen=True)
class Transport:
    http: httpx.AsyncClient = field(repr=False)
    base_url: str
    waits: Waits

    async def get(self, call: Call, path: str, headers: Mapping[str, str]) -> Answer:
        return await self.ask(call, "GET", path, headers)

    async def post(self, call: Call, path: str, headers: Mapping[str, str], body: object) -> object:
        """A JSON request and its opened answer."""
        sent = json.dumps(body, ensure_ascii=True).encode()
        typed = {**headers, "Content-Type": "application/json"}
        answer = await self.ask(call, "POST", path, typed, content=sent)
        return opened(answer, call)

    async def ask(
        self,
        call: Call,
        method: str,
        path: str,
        headers: Mapping[str, str],
        *,
        content: Content = None,
        read: float | None = None,
    ) -> Answer:
        """One request with its whole answer, whatever its status is."""
        timeout = self.waits.timeout(read)
        try:
            async with self.request(method, path, headers, content, timeout) as response:
                answer = await whole(response)
        except LOST as error:
            raise self.lost(error, call) from error
        log.debug("%s: HTTP %s", call.name, answer.status)
        return answer

    @asynccontextmanager
    async def request(
        self, method: str, path: str, headers: Mapping[str, str], content: Content, timeout: httpx.Timeout
    ) -> AsyncIterator[httpx.Response]:
        """An open answer of the API. A 307 or 308 says that nothing was done and where to ask instead: it is followed
        once, and only to the same scheme, host and port, for the token goes along."""
        url = self.base_url + path
        async with self.stream(method, url, headers, _body(content), timeout) as response:
            target = _moved_to(response)
            if not target:
                yield response
                return
        async with self.stream(method, target, headers, _body(content), timeout) as response:
            yield response

    @asynccontextmanager
    async def stream(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        content: bytes | AsyncIterator[bytes] | None,
        timeout: httpx.Timeout,
    ) -> AsyncIterator[httpx.Response]:
        """An open answer of any server, wherever it sends us."""
        request = self.http.build_request(method, url, headers=dict(headers), content=content, timeout=timeout)
        response = await self.http.send(request, stream=True, follow_redirects=False)
        try:
            yield response
        finally:
            await response.aclose()

    def is_own(self, url: str) -> bool:
        """Whether an address is on the API's own scheme, host and port."""
        try:
            return _origin(httpx.URL(url)) == _origin(httpx.URL(self.base_url))
        except httpx.InvalidURL:
            return False

    def lost(self, error: Exception, call: Call) -> Exception:
        log.info("%s: %s: %s", call.name, type(error).__name__, redacted(str(error)))
        return BackendDown(away=True) if never_sent(error) else unclear(call)


def _body(content: Content) -> bytes | AsyncIterator[bytes] | None:
    return content() if callable(content) else content


def _moved_to(response: httpx.Response) -> str:
    """Where on the same server a call is to be made instead; "" for an answer of any other kind."""
    if response.status_code not in _MOVED:
        return ""
    try:
        target = response.url.join(response.headers.get("location", ""))
    except httpx.InvalidURL:
        return ""
    return str(target) if _origin(target) == _origin(response.url) and target != response.url else ""


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def never_sent(error: Exception) -> bool:
    return isinstance(error, _NOT_SENT)


async def whole(response: httpx.Response) -> Answer:
    """The complete answer; one that is longer than any real one comes back without its text."""
    body = bytearray()
    async for block in response.aiter_bytes():
        body += block
        if len(body) > MAX_BODY:
            body.clear()
            break
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, headers, body.decode("utf-8-sig", errors="replace"))


def authorised(cred: Credentials) -> dict[str, str]:
    """The headers of every call. Raises `TokenRefused` for a token that cannot stand in a header."""
    if not cred.token or not set(cred.token) <= _PRINTABLE:
        raise TokenRefused from BackendSaid("headers", 0, None, "the token is empty or not printable ASCII")
    return {"Authorization": f"Bearer {cred.token}", **attribution(cred.skill)}


def attribution(skill: SkillHeaders) -> dict[str, str]:
    values = {
        "X-Skill-Source": skill.source,
        "X-Skill-Version": skill.version,
        "X-Skill-Platform": skill.platform,
    }
    return {name: quote(value, safe=" !#$&'()*+,/:;=?@[]") for name, value in values.items()}


def segment(identifier: str) -> str:
    """An id from the backend as one segment of a path. Raises `SessionGone` for one that cannot be one."""
    if not identifier or len(identifier) > 512 or not identifier.strip("."):
        raise SessionGone from BackendSaid("path", 0, None, "no usable id")
    return quote(identifier, safe="", errors="replace")
