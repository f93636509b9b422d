"""Segments of a draft in both profiles of keys: clips and titles. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from studio.switches import Profile
from studio.timeline.draft_values import flag, listed, mapping, ms, number, share, text
from studio.timeline.model import Clip, Position, Title

Json = dict[str, Any]

_RANGES = 100
_LOUDEST = 100  # times as loud as the rest


def write_clip(clip: Clip, profile: Profile) -> Json:
    if profile is Profile.SHORT:
        return {
            "id": clip.id,
            "n": clip.name,
            "s": clip.start,
            "d": clip.duration,
            "src": clip.source,
            "in": clip.offset,
            "v": clip.volume,
            **_changes(clip),
        }
    changes = _changes(clip)
    return {
        "uid": clip.id,
        "label": clip.name,
        "range": {"start": clip.start, "duration": clip.duration},
        "media": {"file": clip.source, "offset": clip.offset},
        "volume": round(clip.volume * 100, 2),
        **({"changes": changes} if changes else {}),
    }


def _changes(clip: Clip) -> Json:
    """What is not as it was recorded."""
    every: Json = {
        "speed": clip.speed,
        "loop": clip.loop,
        "fade_in": clip.fade_in,
        "fade_out": clip.fade_out,
        "ducked": clip.ducked,
        "voice_only": clip.voice_only,
        "silent": [list(each) for each in clip.silent],
        "levels": [list(each) for each in clip.levels],
    }
    usual: Json = {"speed": 1.0, "silent": [], "levels": []}
    return {key: value for key, value in every.items() if value != usual.get(key, 0)}


def read_clip(segment: Mapping[str, Any]) -> Clip:
    short = "src" in segment
    span = segment if short else mapping(segment["range"])
    media = segment if short else mapping(segment["media"])
    changes = segment if short else mapping(segment.get("changes", {}))
    clip = Clip(
        id=text(segment["id" if short else "uid"]),
        source=text(media["src" if short else "file"]),
        name=text(segment["n" if short else "label"]),
        start=ms(span["s" if short else "start"]),
        duration=ms(span["d" if short else "duration"]),
        offset=ms(media["in" if short else "offset"]),
        volume=share(segment["v"]) if short else round(share(number(segment["volume"], most=400) / 100), 6),
        speed=float(number(changes.get("speed", 1.0), least=0.01, most=100)),
        loop=flag(changes.get("loop", False)),
        fade_in=ms(changes.get("fade_in", 0)),
        fade_out=ms(changes.get("fade_out", 0)),
        ducked=flag(changes.get("ducked", False)),
        voice_only=flag(changes.get("voice_only", False)),
        silent=tuple(_range(each) for each in listed(changes.get("silent", []), most=_RANGES)),
        levels=tuple(_level(each) for each in listed(changes.get("levels", []), most=_RANGES)),
    )
    if clip.duration < 1:
        raise ValueError("no length")
    return clip


def _range(value: object) -> tuple[int, int]:
    start, end = (ms(edge) for edge in listed(value, most=2))
    if end <= start:
        raise ValueError("no range")
    return start, end


def _level(value: object) -> tuple[int, int, float]:
    start, end, factor = listed(value, most=3)
    return (*_range([start, end]), float(number(factor, most=_LOUDEST)))


def write_title(title: Title, profile: Profile) -> Json:
    if profile is Profile.SHORT:
        return {
            "id": title.id,
            "tx": title.text,
            "s": title.start,
            "d": title.duration,
            "pos": title.position.value,
            "color": title.color,
            "size": title.size,
        }
    style = {"position": title.position.value, "color": title.color, "size": title.size}
    span = {"start": title.start, "duration": title.duration}
    return {"uid": title.id, "words": title.text, "range": span, "style": style}


def read_title(segment: Mapping[str, Any]) -> Title:
    short = "tx" in segment
    span = segment if short else mapping(segment["range"])
    style = segment if short else mapping(segment["style"])
    title = Title(
        id=text(segment["id" if short else "uid"]),
        text=text(segment["tx" if short else "words"]),
        start=ms(span["s" if short else "start"]),
        duration=ms(span["d" if short else "duration"]),
        position=Position(style["pos" if short else "position"]),
        color=text(style["color"]),
        size=float(number(style["size"], least=0.05, most=20)),
    )
    if title.duration < 1 or not re.fullmatch(r"#[0-9a-fA-F]{6}", title.color):
        raise ValueError("no title")
    return title
