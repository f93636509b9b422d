"""What goes wrong with a call of a backend, as data: at which call, how, and whether the backend had done its part.

cloud.faults.append(Fault("state", Says(Reply.coded(502, http=True)), nth=2))
cloud.faults.append(Fault("upload", Reset(), done=True))   # the file is there, and nobody is told
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from tests.servers.script import Reply


@dataclass(frozen=True)
class Says:
    """This instead of the true answer."""

    reply: Reply


@dataclass(frozen=True)
class Reset:
    """The connection is reset without a byte of an answer."""


@dataclass(frozen=True)
class Cut:
    """Half of the true answer, and the connection is reset."""


@dataclass(frozen=True)
class Slow:
    """The true answer, after this many seconds."""

    seconds: float


@dataclass(frozen=True)
class Silent:
    """No answer until whoever asks gives up."""


Breakage = Says | Reset | Cut | Slow | Silent


@dataclass
class Fault:
    """It strikes at the `nth` call of an endpoint, counted from when it is set, and at the following ones until it has
    struck `times` times.

    `done`: the backend does what it was asked for, and only its answer goes wrong. `then` is what else happens there
    when it strikes: sessions that are forgotten, a token that is revoked.
    """

    endpoint: str
    breakage: Breakage
    nth: int = 1
    times: int = 1
    done: bool = False
    then: Callable[[], None] | None = None
    hits: int = field(default=0, init=False)
    _calls: int = field(default=0, init=False, repr=False)

    @property
    def needs_truth(self) -> bool:
        """Whether the backend does what it is asked for."""
        return self.done or isinstance(self.breakage, Cut | Slow)

    def strikes(self, endpoint: str) -> bool:
        """Has to be asked at each call once."""
        if endpoint != self.endpoint:
            return False
        self._calls += 1
        if not self.nth <= self._calls < self.nth + self.times:
            return False
        self.hits += 1
        if self.then:
            self.then()
        return True


async def answer_wrongly(request: web.Request, fault: Fault, truth: Callable[[], Reply]) -> web.StreamResponse:
    """`truth` does what was asked for and returns the answer that is due."""
    match fault.breakage:
        case Cut():
            return await _half(request, truth())
        case Slow(seconds):
            await asyncio.sleep(seconds)
            return plain(truth())
    if fault.done:
        truth()
    match fault.breakage:
        case Says(reply):
            return plain(reply)
        case Silent():
            await asyncio.Event().wait()  # the server's end ends it
    return _reset(request, web.StreamResponse())


def plain(reply: Reply) -> web.Response:
    headers = {**reply.headers, "Content-Type": reply.content_type}
    return web.Response(status=reply.status, body=reply.content, headers=headers)


async def _half(request: web.Request, reply: Reply) -> web.StreamResponse:
    stream = web.StreamResponse(status=reply.status, headers={"Content-Type": reply.content_type})
    if reply.content_type != "text/event-stream":
        stream.content_length = len(reply.content)
    await stream.prepare(request)
    await stream.write(reply.content[: len(reply.content) // 2])
    return _reset(request, stream)


def _reset(request: web.Request, stream: web.StreamResponse) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return stream
