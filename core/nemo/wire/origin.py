"""Where a finished file can be had: at its address, else at the backend's own download by render id.

The address is fetched without the token, for it is another host's. The download by id is asked with it, and may in turn
name another address. A backend on the public internet can send us to public addresses only: what it names is handed on
to people, and this machine can reach hosts that they cannot.
"""

from __future__ import annotations

import logging
import urllib.request
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpx

from core.addresses import host_of, is_public, looks_public
from core.errors import BackendDown, CutroomError, Refused, ResultUnreadable, UserError
from core.nemo.wire.envelope import Answer, opened
from core.nemo.wire.faults import BackendSaid, Call, Kind
from core.nemo.wire.renders import is_web, output_url
from core.nemo.wire.transport import LOST, Transport, whole
from core.reachability import leads_to_public

log = logging.getLogger(__name__)

DOWNLOAD = Call("download", Kind.RENDER)
_MAX_HOPS = 5
# Reads an open answer. Raises `ResultUnreadable` for what is not the file; then the next way is tried.
Take = Callable[[httpx.Response], Awaitable[None]]


class _Private(CutroomError):
    """The backend is on the public internet and names an address that is not."""


@dataclass(frozen=True, slots=True)
class Origin:
    """`url` is where the file lies, "" where only its id leads to it; `path` is the API's download by id, asked with
    `headers`. `wanted` are headers that every request carries."""

    transport: Transport
    url: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    wanted: Mapping[str, str] = field(default_factory=dict)

    async def read(self, take: Take) -> str:
        """Has `take` read the file, from the first way that has it. Returns the address that it came from, "" for by
        id.

        Raises `ResultUnreadable` if something came and was not the file, else `BackendDown` or what the backend's own
        download answers.
        """
        broken: ResultUnreadable | None = None
        failure: UserError = BackendDown()
        for way in (self._by_address, self._by_id):
            try:
                return await way(take)
            except ResultUnreadable as error:
                log.info("what came is not the file: %s", error.__cause__)
                broken = error
            except (BackendDown, Refused) as error:
                if type(error) not in (BackendDown, Refused):  # token, plan, rate
                    raise
                failure = error if way == self._by_id else failure
        raise broken or failure

    async def _by_address(self, take: Take) -> str:
        if not await self._followed(self.url, take):
            raise BackendDown
        return self.url

    async def _by_id(self, take: Take) -> str:
        try:
            answer = await self._asked(self.transport.base_url + self.path, self.headers, take)
        except LOST as error:
            raise self.transport.lost(error, DOWNLOAD) from error
        if answer is None:
            return ""
        named = self._named(answer)
        if not await self._followed(named, take):
            raise BackendDown from BackendSaid(DOWNLOAD.name, answer.status, None, answer.text)
        return named

    def _named(self, answer: Answer) -> str:
        """The address that an answer without the file's bytes names instead."""
        if 300 <= answer.status < 400:
            return urljoin(self.transport.base_url + self.path, answer.headers.get("location", ""))
        return output_url(opened(answer, DOWNLOAD))

    async def _followed(self, url: str, take: Take) -> bool:
        """Whether the file was read at this address, followed over redirects."""
        for _ in range(_MAX_HOPS):
            if not is_web(url):
                return False
            try:
                await self._check(url)
                answer = await self._asked(url, {}, take)
            except ResultUnreadable:
                raise
            except (*LOST, UserError, _Private) as error:
                log.info("download failed: %s", type(error).__name__)
                return False
            if answer is None:
                return True
            if not 300 <= answer.status < 400:
                log.info("download failed: HTTP %s", answer.status)
                return False
            url = urljoin(url, answer.headers.get("location", ""))
        return False

    async def _asked(self, url: str, headers: Mapping[str, str], take: Take) -> Answer | None:
        """Has `take` read what the address serves. Returns the answer instead if that is no file."""
        timeout = self.transport.waits.timeout()
        async with self.transport.stream("GET", url, {**headers, **self.wanted}, None, timeout) as response:
            if response.status_code not in (200, 206, 416) or _is_page(response):
                return await whole(response)
            self._check_peer(url, response)
            await take(response)
        return None

    async def _check(self, url: str) -> None:
        if self._may_be_private(url) or await leads_to_public(url):
            return
        raise _Private

    def _check_peer(self, url: str, response: httpx.Response) -> None:
        """A name may resolve to another address a moment later. Behind a proxy the peer is the proxy."""
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream and not urllib.request.getproxies() else None
        if peer and not self._may_be_private(url) and not _is_public_peer(str(peer[0])):
            raise _Private

    def _may_be_private(self, url: str) -> bool:
        """The backend's own host; and where that is a private one, everything lies in the operator's network."""
        return host_of(url) == host_of(self.transport.base_url) or not looks_public(self.transport.base_url)


def _is_public_peer(address: str) -> bool:
    try:
        return is_public(address)
    except ValueError:  # no address of a network
        return True


def _is_page(response: httpx.Response) -> bool:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in ("application/json", "text/html", "application/xml", "text/xml") or kind.endswith("+json")
