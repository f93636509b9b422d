"""The bytes of a turn's answer -> events. Pure, and never raises whatever the bytes are.

Framing is the event stream of WHATWG HTML, except that a lone CR does not end a line and that the last event
counts even when the stream closes without the blank line after it. Every event form lives in `dialects`.

The lines are read by hand because httpx-sse's reader splits at a lone CR, passes over comments (the backend's
heartbeats) and bare JSON lines (its errors), holds an event of any size, and drops an unfinished last one. What comes
out of them is httpx-sse's `ServerSentEvent`.
"""

from __future__ import annotations

from httpx_sse import ServerSentEvent

from core.nemo.events import Activity, Doing, Event, Heartbeat
from core.nemo.turn.dialects import read_bare, read_frame

MAX_EVENT = 8 * 1024 * 1024  # bytes; a timeline's state in an event has been seen at some hundred kilobytes
_BOM = b"\xef\xbb\xbf"


class StreamReader:
    """Feed it chunks cut anywhere; the events are the same at every cut.

    Lines end at LF or CRLF bytes alone: U+2028 and other Unicode line ends occur raw inside JSON. An event
    larger than `max_event` bytes is skipped without being kept in memory.
    """

    def __init__(self, max_event: int = MAX_EVENT) -> None:
        self._max = max_event
        self._name = ""
        self._data: list[str] = []
        self._line = bytearray()
        self._line_size = 0
        self._event_size = 0
        self._fresh = True

    def feed(self, chunk: bytes) -> list[Event]:
        events: list[Event] = []
        *whole, rest = chunk.split(b"\n")
        for piece in whole:
            self._keep(piece)
            events += self._end_line()
        self._keep(rest)
        return events

    def close(self) -> list[Event]:
        """The stream is over: whatever is left is read as its last event."""
        return [*self._end_line(), *self._end_line()]

    def _keep(self, piece: bytes) -> None:
        self._line_size += len(piece)
        room = max(len(b"\r") + 1, self._max - self._event_size) - len(self._line)
        self._line += piece[: max(0, room)]

    def _end_line(self) -> list[Event]:
        line, size = bytes(self._line), self._line_size
        self._line.clear()
        self._line_size = 0
        if self._fresh:
            line, self._fresh = line.removeprefix(_BOM), False
        line = line.removesuffix(b"\r")
        self._event_size += size
        if self._event_size > self._max:
            return self._end_oversized(blank=not line)
        if line.startswith((b":", b"{")):  # both stand for themselves, outside any event
            self._event_size -= size
            return [Heartbeat()] if line.startswith(b":") else read_bare(_text(line))
        if line:
            self._keep_field(_text(line))
            return []
        return self._end_event()

    def _keep_field(self, line: str) -> None:
        """`id` and `retry` are for connecting again, which a turn never does: they are left out."""
        field, _, value = line.partition(":")
        if field == "data":
            self._data.append(value.removeprefix(" "))
        elif field == "event":
            self._name = value.removeprefix(" ")

    def _end_event(self) -> list[Event]:
        name, data = self._name, self._data
        self._forget_event()
        return read_frame(ServerSentEvent(name, "\n".join(data))) if name or data else []

    def _end_oversized(self, blank: bool) -> list[Event]:
        if not blank:
            return []
        self._forget_event()
        return [Activity(Doing.OTHER)]

    def _forget_event(self) -> None:
        self._name, self._data, self._event_size = "", [], 0


def _text(line: bytes) -> str:
    return line.decode("utf-8", errors="replace")
