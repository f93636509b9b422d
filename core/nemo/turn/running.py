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
from core.nemo.events import Event
from core.nemo.turn.dialects import read_payload
from core.nemo.turn.stream import StreamReader
from core.nemo.wire.envelope import opened
from core.nemo.wire.faults import Call, Files, Kind, StreamBroken, TurnTimedOut, redacted
from core.nemo.wire.transport import LOST, Transport, never_sent, whole

CALL = Call("run_sse", Kind.SESSION, repeatable=False, files=Files.USED)
_NO_STREAM = ("text/html", "application/xhtml+xml", "application/xml", "text/xml")

OnEvent = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds: for the whole turn, and for a stream without a byte.

    A heartbeat means that the agent is at work, so a turn of heartbeats alone has as long as any other.
    """

    total: float = 900.0
    silence: float = 600.0


async def run_turn(
    transport: Transport, headers: Mapping[str, str], body: bytes, on_event: OnEvent, patience: Patience
) -> None:
    try:
        async with asyncio.timeout(patience.total):
            await _ask(transport, headers, body, on_event, patience)
    except TimeoutError as error:
        raise TurnTimedOut("the turn took too long") from error
    except LOST as error:
        if never_sent(error):
            raise BackendDown(away=True) from error
        if isinstance(error, httpx.ReadTimeout):
            raise TurnTimedOut("not a byte came") from error
        raise StreamBroken(f"{type(error).__name__}: {redacted(str(error))}") from error


async def _ask(
    transport: Transport, headers: Mapping[str, str], body: bytes, on_event: OnEvent, patience: Patience
) -> None:
    timeout = transport.waits.timeout(patience.silence)
    sent = {**headers, "Content-Type": "application/json", "Accept": "text/event-stream"}
    async with transport.request("POST", "/run_sse", sent, body, timeout) as response:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if response.status_code != 200 or kind.endswith("json") or kind in _NO_STREAM:
            _hand_on(await _whole_answer(response), on_event)
        else:
            await _read(response, on_event)


async def _whole_answer(response: httpx.Response) -> list[Event]:
    """A turn answered at once, without a stream. Raises what an error's answer stands for."""
    answer = await whole(response)
    if answer.ok and not answer.text.strip():
        return []
    return read_payload(opened(answer, CALL))


async def _read(response: httpx.Response, on_event: OnEvent) -> None:
    reader = StreamReader()
    async for chunk in response.aiter_bytes():
        _hand_on(reader.feed(chunk), on_event)
    _hand_on(reader.close(), on_event)


def _hand_on(events: list[Event], on_event: OnEvent) -> None:
    for event in events:
        on_event(event)
