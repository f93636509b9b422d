"""The bytes of a turn's answer -> events. Pure, and never raises whatever the bytes are.

Framing is the event stream of WHATWG HTML, except that a lone CR does not end a line and that the last event
counts even when the stream closes without the blank line after it. Every event form lives in `dialects`.
"""

from __future__ import annotations

from httpx_sse._decoders import SSEDecoder

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
        self._decoder = SSEDecoder()
        self._line = bytearray()
        self._line_size = 0
        self._event_size = 0
        self._fresh = True
        self._begun = False

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
        return self._decode(line)

    def _end_oversized(self, blank: bool) -> list[Event]:
        if not blank:
            return []
        self._decoder = SSEDecoder()
        self._begun = False
        self._event_size = 0
        return [Activity(Doing.OTHER)]

    def _decode(self, line: bytes) -> list[Event]:
        if not line and not self._begun:  # the decoder would see an event here once any has had an id
            return []
        self._begun = bool(line)
        frame = self._decoder.decode(_text(line))
        if not line:
            self._event_size = 0
        return [] if frame is None else read_frame(frame.event, frame.data)


def _text(line: bytes) -> str:
    return line.decode("utf-8", errors="replace")
