"""One turn of the agent over HTTP: the request is sent once, the answer is read to its end.

A turn costs credits, so nothing here is ever sent again. A break after the request was sent is `StreamBroken`:
the session's state tells whether the agent went on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx

from core.errors import BackendDown
from core.nemo.events import Event, Heartbeat
from core.nemo.turn.dialects import read_payload
from core.nemo.turn.stream import StreamReader
from core.nemo.wire.envelope import opened
from core.nemo.wire.faults import Call, Kind, StreamBroken, TurnTimedOut, redacted
from core.nemo.wire.transport import LOST, Transport, never_sent, whole

CALL = Call("run_sse", Kind.SESSION, repeatable=False)
_NO_STREAM = ("text/html", "application/xhtml+xml", "application/xml", "text/xml")

OnEvent = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds: for the whole turn, for a stream without a byte, for one with nothing but heartbeats.

    The skill pages set 15 minutes for a turn and call 10 minutes of heartbeats alone a timeout.
    """

    total: float = 900.0
    silence: float = 600.0
    heartbeats: float = 600.0


async def run_turn(
    transport: Transport, headers: Mapping[str, str], body: bytes, on_event: OnEvent, patience: Patience
) -> None:
    try:
        async with asyncio.timeout(patience.total):
            await _ask(transport, headers, body, _Watch(on_event, patience.heartbeats), patience)
    except TimeoutError as error:
        raise TurnTimedOut("the turn took too long") from error
    except LOST as error:
        if never_sent(error):
            raise BackendDown from error
        if isinstance(error, httpx.ReadTimeout):
            raise TurnTimedOut("not a byte came") from error
        raise StreamBroken(f"{type(error).__name__}: {redacted(str(error))}") from error


async def _ask(
    transport: Transport, headers: Mapping[str, str], body: bytes, watch: _Watch, patience: Patience
) -> None:
    url, timeout = f"{transport.base_url}/run_sse", transport.waits.timeout(patience.silence)
    sent = {**headers, "Content-Type": "application/json", "Accept": "text/event-stream"}
    async with transport.stream("POST", url, sent, body, timeout) as response:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if response.status_code != 200 or kind.endswith("json") or kind in _NO_STREAM:
            watch.see(await _whole_answer(response))
        else:
            await _read(response, watch)


async def _whole_answer(response: httpx.Response) -> list[Event]:
    """A turn answered at once, without a stream. Raises what an error's answer stands for."""
    answer = await whole(response)
    if answer.ok and not answer.text.strip():
        return []
    return read_payload(opened(answer, CALL))


async def _read(response: httpx.Response, watch: _Watch) -> None:
    reader = StreamReader()
    async for chunk in response.aiter_bytes():
        watch.see(reader.feed(chunk))
    watch.see(reader.close())


class _Watch:
    """Hands events on, and ends a turn in which nothing but heartbeats comes."""

    def __init__(self, on_event: OnEvent, heartbeats: float) -> None:
        self._on_event = on_event
        self._limit = heartbeats
        self._alive = asyncio.get_running_loop().time()

    def see(self, events: list[Event]) -> None:
        now = asyncio.get_running_loop().time()
        for event in events:
            if not isinstance(event, Heartbeat):
                self._alive = now
            self._on_event(event)
        if now - self._alive > self._limit:
            raise TurnTimedOut("nothing but heartbeats")
