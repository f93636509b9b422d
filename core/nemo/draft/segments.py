"""One segment of a draft: its name, text, range and volume, under whichever keys they stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.files import TAKEN, extension_of
from core.nemo.wire.values import number

_NAMES = ("n", "nm", "name", "title", "fn", "filename", "fileName", "label")
_TEXTS = ("tx", "txt", "text", "content", "c", "words")
_STARTS = ("s", "st", "start", "ts", "b", "from", "in", "start_time", "startTime", "start_ms", "startMs")
_ENDS = ("e", "et", "end", "to", "out", "end_time", "endTime", "end_ms", "endMs")
_LENGTHS = ("d", "du", "dur", "duration", "duration_ms", "durationMs")
_VOLUMES = ("v", "vol", "volume", "g", "gain")
_MUTES = ("mute", "muted")
_METAS = ("m", "meta", "metadata")
_MEDIA = re.compile(
    r"\.(?:mp4|mov|avi|webm|mkv|m4v|jpe?g|png|gif|webp|mp3|wav|m4a|aac|flac|ogg|opus|srt|ass)$", re.IGNORECASE
)
_LINK = re.compile(r"(?:[a-z][a-z0-9+.-]*://[^/\s]*/|/|\.{0,2}/|[A-Za-z]:\\)\S", re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}")
_NUMBERED = re.compile(r"[0-9a-fA-F-]{16,}")  # a hash or a UUID is nobody's name for a clip
_LATEST = 1e11  # more than a day even in µs: a date, not a place on a timeline
_MAX_DEPTH = 4
_MAX_NAME = 200

Object = dict[str, object]


@dataclass(frozen=True, slots=True)
class Span:
    """A range as it was written, in whatever unit."""

    start: float | None = None
    end: float | None = None
    length: float | None = None

    @property
    def reach(self) -> float:
        return max((self.start or 0) + (self.length or 0), self.end or 0)


def read_name(segment: Object, *, from_links: bool = True) -> str:
    """What a person would call it: without directories and file extension. "" if nothing names it."""
    for holder in _with_meta(segment):
        for key in _NAMES:
            if isinstance(value := holder.get(key), str) and (name := _bare(value)):
                return name
    links = map(_bare, _links(segment, 0) if from_links else ())
    return next((name for name in links if name and not _NUMBERED.fullmatch(name)), "")


def read_type(segment: Object) -> str:
    """The type of its file, as its name or its link ends; "" if none does."""
    named = [holder.get(key) for holder in _with_meta(segment) for key in _NAMES]
    ends = (extension_of(re.split(r"[?#]", text)[0]) for text in [*named, *_links(segment, 0)] if isinstance(text, str))
    return next((end for end in ends if end in TAKEN), "")


def read_text(segment: Object) -> str:
    for holder in _with_meta(segment):
        for key in _TEXTS:
            value = holder.get(key)
            if isinstance(value, dict):
                value = next((value[inner] for inner in _TEXTS if isinstance(value.get(inner), str)), None)
            if isinstance(value, str) and value.strip() and not _COLOUR.fullmatch(value.strip()):
                return " ".join(value.split())[:_MAX_NAME]
    return ""


def read_span(segment: Object) -> Span:
    """The range on the timeline: from the segment's own keys, else from a range object inside it."""
    inner = [(str(key).lower(), span) for key, value in segment.items() if (span := _range(value))]
    # The range in the source file says nothing about the place on the timeline.
    placed = [span for key, span in inner if not any(word in key for word in ("source", "src", "trim"))]
    spans = [_span(segment), *placed, _span(_meta(segment))]
    start = next((span.start for span in spans if span.start is not None), None)
    extent = next((span for span in spans if span.length is not None or span.end is not None), Span())
    return Span(start, extent.end, extent.length)


def read_volume(holder: Object) -> float | None:
    """A share: up to 2 a number is one already, above it is a percentage."""
    for place in _with_meta(holder):
        if any(place.get(key) is True for key in _MUTES):
            return 0.0
        amount = number_at(place, _VOLUMES)
        if amount is not None and 0 <= amount <= 1000:
            return amount if amount <= 2 else amount / 100
    return None


def number_at(holder: Object, keys: tuple[str, ...]) -> float | None:
    """The first finite number, also one written as text, under one of the keys."""
    for key in keys:
        value = holder.get(key)
        if isinstance(value, str) and re.fullmatch(r"\s*\d{1,15}(?:\.\d{1,9})?\s*", value):
            value = float(value)
        if (found := number(value)) is not None:
            return found
    return None


def _span(holder: Object) -> Span:
    start, end, length = (number_at(holder, keys) for keys in (_STARTS, _ENDS, _LENGTHS))
    return Span(*(value if value is not None and 0 <= value < _LATEST else None for value in (start, end, length)))


def _range(value: object) -> Span | None:
    span = _span(value) if isinstance(value, dict) else Span()
    return span if span.start is not None and (span.length is not None or span.end is not None) else None


def _meta(holder: Object) -> Object:
    return next((meta for key in _METAS if isinstance(meta := holder.get(key), dict)), {})


def _with_meta(holder: Object) -> tuple[Object, Object]:
    return holder, _meta(holder)


def _links(value: object, depth: int) -> Iterator[str]:
    """Addresses and paths anywhere inside, in the order in which they are written."""
    match value:
        case str() if _LINK.match(value) or (_MEDIA.search(value) and "\n" not in value):
            yield value
        case dict() if depth < _MAX_DEPTH:
            for inner in value.values():
                yield from _links(inner, depth + 1)
        case list() if depth < _MAX_DEPTH:
            for inner in value[:50]:
                yield from _links(inner, depth + 1)


def _bare(value: str) -> str:
    name = " ".join(value.split())
    if _LINK.match(name):
        name = re.split(r"[/\\]", re.split(r"[?#]", name)[0])[-1]
    return _MEDIA.sub("", name)[:_MAX_NAME].strip()
