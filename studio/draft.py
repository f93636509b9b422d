"""The timeline as the draft's JSON and back. Pure.

Short keys as published: `t` tracks, `tt` their type, `sg` their segments, `d` milliseconds, `m` metadata. The
keys of a segment are published nowhere, so there are two profiles of them; both are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from studio.switches import Profile
from studio.timeline import Clip, SoundOnly, Timeline, Track, TrackKind

Json = dict[str, Any]

_LONGEST = 24 * 3600 * 1000
_TRACKS = 8


class BadDraft(Exception):
    """The draft came from outside and is none of ours."""


def write_draft(timeline: Timeline, profile: Profile = Profile.SHORT) -> Json:
    write = _short if profile is Profile.SHORT else _long
    meta: Json = {"title": timeline.title}
    if timeline.width and timeline.height:
        meta |= {"width": timeline.width, "height": timeline.height}
    if timeline.sound_only:
        meta |= {"audio_only": True, "format": timeline.sound_only.kind, "bitrate": timeline.sound_only.bitrate_k}
    tracks = [{"tt": int(track.kind), "sg": [write(clip) for clip in track.clips]} for track in timeline.tracks]
    return {"d": timeline.duration, "m": meta, "t": tracks}


def _short(clip: Clip) -> Json:
    return {
        "id": clip.id,
        "n": clip.name,
        "s": clip.start,
        "d": clip.duration,
        "src": clip.source,
        "in": clip.offset,
        "v": clip.volume,
    }


def _long(clip: Clip) -> Json:
    return {
        "uid": clip.id,
        "label": clip.name,
        "range": {"start": clip.start, "duration": clip.duration},
        "media": {"file": clip.source, "offset": clip.offset},
        "volume": round(clip.volume * 100),
    }


def read_draft(draft: object) -> Timeline:
    """The timeline a client sent. Names of sources are not checked here. Raises `BadDraft`."""
    try:
        body = _object(draft)
        meta = _object(body["m"])
        tracks = tuple(_track(_object(track)) for track in _list(body["t"], most=_TRACKS))
        timeline = Timeline(
            title=_text(meta.get("title", "")),
            tracks=tuple(track for track in tracks if track.clips),
            width=_pixels(meta.get("width", 0)),
            height=_pixels(meta.get("height", 0)),
            sound_only=_sound_only(meta),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadDraft("malformed") from error
    if not timeline.clips:
        raise BadDraft("empty")
    return timeline


def _track(track: Mapping[str, Any]) -> Track:
    kind = TrackKind(track["tt"])
    if kind is TrackKind.TITLE:
        raise BadDraft("titles")
    return Track(kind, tuple(_segment(_object(segment)) for segment in _list(track["sg"], most=1)))


def _segment(segment: Mapping[str, Any]) -> Clip:
    read: Callable[[Mapping[str, Any]], Clip] = _read_short if "src" in segment else _read_long
    clip = read(segment)
    if clip.duration < 1:
        raise BadDraft("no length")
    return clip


def _read_short(segment: Mapping[str, Any]) -> Clip:
    return Clip(
        id=_text(segment["id"]),
        source=_text(segment["src"]),
        name=_text(segment["n"]),
        start=_ms(segment["s"]),
        duration=_ms(segment["d"]),
        offset=_ms(segment["in"]),
        volume=_share(segment["v"]),
    )


def _read_long(segment: Mapping[str, Any]) -> Clip:
    span, media = _object(segment["range"]), _object(segment["media"])
    return Clip(
        id=_text(segment["uid"]),
        source=_text(media["file"]),
        name=_text(segment["label"]),
        start=_ms(span["start"]),
        duration=_ms(span["duration"]),
        offset=_ms(media["offset"]),
        volume=_share(_number(segment["volume"]) / 100),
    )


def _sound_only(meta: Mapping[str, Any]) -> SoundOnly | None:
    if not meta.get("audio_only"):
        return None
    kind, bitrate = meta["format"], meta["bitrate"]
    if kind not in ("mp3", "wav", "m4a") or bitrate not in range(32, 321):
        raise ValueError(kind)
    return SoundOnly(kind, int(bitrate))


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value


def _list(value: object, *, most: int) -> list[object]:
    if not isinstance(value, list) or len(value) > most:
        raise TypeError("list")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 500:
        raise TypeError("text")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("number")
    return value


def _ms(value: object) -> int:
    if not 0 <= (number := _number(value)) <= _LONGEST:
        raise ValueError(number)
    return round(number)


def _pixels(value: object) -> int:
    if not 0 <= (number := _number(value)) <= 16384:
        raise ValueError(number)
    return round(number)


def _share(value: object) -> float:
    if not 0 <= (number := _number(value)) <= 4:
        raise ValueError(number)
    return float(number)
