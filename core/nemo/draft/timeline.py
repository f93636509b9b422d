"""A timeline as we understand it, and how it is read from a draft. Pure.

Reading never raises, and what is not found is None or left out, never guessed.

Published are only `t` tracks, `tt` track type (0 video, 1 audio, 7 text), `sg` segments, `d` duration in ms
and `m` metadata. How a segment spells its name, range, volume and text is not, so each is looked for under
all likely keys, in the segment and in its metadata.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from core.files import AUDIO_TYPES
from core.nemo.draft.segments import Span, number_at, read_name, read_span, read_text, read_type, read_volume
from core.nemo.wire.raw_json import BadJson, loads

_TRACKS = ("t", "tracks")
_SEGMENTS = ("sg", "segments", "clips")
_KINDS = ("tt", "track_type", "trackType", "type", "kind")
_LENGTHS = ("d", "duration", "dur", "du")
_TEXT_WORDS = ("text", "title", "subtitle", "caption", "sticker_text")
_AUDIO_WORDS = ("audio", "music", "bgm", "voice", "sound")
_METAS = ("m", "metadata")
# The keys are published nowhere: the studio's own, and likely ones.
_DRAWN = ("visual", "visuals", "visualizer", "visualization", "waveform", "spectrum")
_LONGEST_MS = 24 * 3600 * 1000
_HOUR = 3600

_KEPT = {"wav": "wav", "m4a": "m4a", "aac": "m4a"}

Object = dict[str, object]


class Kind(StrEnum):
    VIDEO = "video"
    AUDIO = "audio"
    TEXT = "text"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Segment:
    """Times in milliseconds from the timeline's beginning; `volume` is a share, 1.0 is 100 %."""

    name: str = ""
    text: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
    volume: float | None = None

    @property
    def length_ms(self) -> int | None:
        return None if self.start_ms is None or self.end_ms is None else self.end_ms - self.start_ms


@dataclass(frozen=True, slots=True)
class Track:
    kind: Kind
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    tracks: tuple[Track, ...] = ()
    title: str = ""
    duration_ms: int | None = None

    @property
    def filled(self) -> tuple[Track, ...]:
        """The tracks that hold something."""
        return tuple(track for track in self.tracks if track.segments)


def read_timeline(draft: object) -> Timeline:
    """`draft` is the parsed draft, or its JSON text; anything else is an empty timeline."""
    body = _object(draft)
    total = number_at(body, _LENGTHS)
    tracks = [(_kind(track), track, list(_list(track, _SEGMENTS))) for track in _list(body, _TRACKS)]
    spans = [read_span(segment) for _, _, segments in tracks for segment in segments]
    total, scale = _scale(total, spans)
    read = tuple(Track(kind, _laid_out(kind, track, segments, scale)) for kind, track, segments in tracks)
    ends = [segment.end_ms for track in read for segment in track.segments if segment.end_ms is not None]
    duration = round(total) if total else max(ends, default=None)
    return Timeline(read, read_name({"title": _title(body)}), duration)


def has_segments(draft: object) -> bool:
    """Whether there is anything to export: a track with a segment in it."""
    return any(any(True for _ in _list(track, _SEGMENTS)) for track in _list(_object(draft), _TRACKS))


def shows_picture(draft: object) -> bool:
    """Whether there is anything to be seen: a track that is not of sound, or a picture drawn from the sound."""
    body = _object(draft)
    tracks = read_timeline(draft).filled
    meta = next((held for key in _METAS if isinstance(held := body.get(key), dict)), {})
    drawn = any(holder.get(key) for holder in (body, meta) for key in _DRAWN)
    return any(track.kind is not Kind.AUDIO for track in tracks) or (bool(tracks) and drawn)


def is_sound_alone(draft: object) -> bool:
    """Whether there is something on it, and nothing to be seen or nothing that is meant to be."""
    body = _object(draft)
    meta = next((held for key in _METAS if isinstance(held := body.get(key), dict)), {})
    return has_segments(draft) and (meta.get("audio_only") is True or not shows_picture(draft))


def sound_type(draft: object) -> str:
    """What a sound alone is to be written as: what the draft says, else what the file was that it is made from."""
    body = _object(draft)
    meta = next((held for key in _METAS if isinstance(held := body.get(key), dict)), {})
    said = meta.get("format") if meta.get("audio_only") is True else None
    segments = (segment for track in _list(body, _TRACKS) for segment in _list(track, _SEGMENTS))
    was = next(map(read_type, segments), "")
    return said if isinstance(said, str) and said in AUDIO_TYPES else _KEPT.get(was, "mp3")


def _laid_out(kind: Kind, track: Object, segments: list[Object], scale: float) -> tuple[Segment, ...]:
    """A track's segments; one that has no start begins where the one before it ends."""
    laid: list[Segment] = []
    position: int | None = 0
    for item in segments:
        segment = _read_segment(kind, track, item)
        start, end = _place(read_span(item), scale, position)
        laid.append(replace(segment, start_ms=start, end_ms=end))
        position = end
    return tuple(laid)


def _read_segment(kind: Kind, track: Object, item: Object) -> Segment:
    heard, worded = kind in (Kind.VIDEO, Kind.AUDIO), kind in (Kind.TEXT, Kind.OTHER)
    volume = read_volume(item) if heard else None
    return Segment(
        name=read_name(item, from_links=kind is not Kind.TEXT),  # a title's only links are fonts
        text=read_text(item) if worded else "",
        volume=read_volume(track) if heard and volume is None else volume,
    )


def _place(span: Span, scale: float, position: int | None) -> tuple[int | None, int | None]:
    start = position if span.start is None else round(span.start * scale)
    if start is None:
        return None, None
    if span.length is not None:
        return start, start + round(span.length * scale)
    end = None if span.end is None else round(span.end * scale)
    return start, end if end is not None and end >= start else None


def _scale(total: float | None, spans: list[Span]) -> tuple[float | None, float]:
    """The draft's length in ms, and what a segment's times are to be multiplied with to be ms.

    `d` is documented as ms. Segments ten times longer than that are in µs; where the two differ by a
    thousand the other way, the segments are in seconds, or for an absurd length `d` itself is in µs.
    """
    longest = max((span.reach for span in spans), default=0.0)
    if not total:
        return None, 0.001 if longest > _LONGEST_MS else 1.0
    if longest > total * 10:
        return total, 0.001
    if longest and 900 <= total / longest <= 1100:
        return (total, 1000.0) if longest <= _HOUR else (total / 1000, 1.0)
    return total, 1.0


def _kind(track: Object) -> Kind:
    for key in _KINDS:
        match track.get(key):
            case bool():
                continue
            case int() | float() | str() as value if str(value).removesuffix(".0") in _BY_NUMBER:
                return _BY_NUMBER[str(value).removesuffix(".0")]
            case str() as word:
                return _kind_of_word(word.lower())
    return Kind.OTHER


_BY_NUMBER = {"0": Kind.VIDEO, "1": Kind.AUDIO, "7": Kind.TEXT}


def _kind_of_word(word: str) -> Kind:
    if any(part in word for part in _TEXT_WORDS):
        return Kind.TEXT
    if any(part in word for part in _AUDIO_WORDS):
        return Kind.AUDIO
    return Kind.VIDEO if "video" in word else Kind.OTHER


def _title(body: Object) -> object:
    meta = body.get("m", body.get("metadata"))
    return meta.get("title") if isinstance(meta, dict) else None


def _object(draft: object) -> Object:
    if isinstance(draft, str):
        try:
            draft = loads(draft)
        except BadJson:
            return {}
    return draft if isinstance(draft, dict) else {}


def _list(holder: Object, keys: tuple[str, ...]) -> Iterator[Object]:
    """The objects in the first list, or map, under one of the keys."""
    for key in keys:
        items = holder.get(key)
        if isinstance(items, dict):
            items = list(items.values())
        if isinstance(items, list):
            yield from (item for item in items if isinstance(item, dict))
            return
