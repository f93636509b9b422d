"""The timeline as the draft's JSON and back. Pure.

Short keys as published: `t` tracks, `tt` their type, `sg` their segments, `d` milliseconds, `m` metadata. The
keys of a segment are published nowhere and are our own. Default values are not written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from studio.timeline.draft_values import BadDraft, flag, listed, mapping, ms, number, pixels, share, text
from studio.timeline.model import Clip, Fit, Look, Position, SoundOnly, Timeline, Title, Track, TrackKind, Visual

__all__ = ["BadDraft", "read_draft", "write_draft"]

Json = dict[str, Any]

_TRACKS = 8
_SEGMENTS = 100
_LONGEST_FADE = 3600 * 1000
_RANGES = 100
_LOUDEST = 100  # times as loud as the rest


def write_draft(timeline: Timeline) -> Json:
    tracks = [{"tt": int(track.kind), "sg": [_clip(clip) for clip in track.clips]} for track in timeline.tracks]
    if timeline.titles:
        tracks.append({"tt": int(TrackKind.TITLE), "sg": [_title(title) for title in timeline.titles]})
    return {"d": timeline.duration, "m": _meta(timeline), "t": tracks}


def _meta(timeline: Timeline) -> Json:
    meta: Json = {"title": timeline.title}
    if timeline.width and timeline.height:
        meta |= {"width": timeline.width, "height": timeline.height}
    if timeline.sound_only:
        meta |= {"audio_only": True, "format": timeline.sound_only.kind, "bitrate": timeline.sound_only.bitrate_k}
    if timeline.fit is not Fit.PAD:
        meta["fit"] = timeline.fit.value
    if timeline.turned:
        meta["turned"] = timeline.turned
    meta |= {key: ms for key, ms in (("fade_in", timeline.fade_in), ("fade_out", timeline.fade_out)) if ms}
    if timeline.visual:
        meta["visual"] = _visual(timeline.visual)
    return meta


def _visual(visual: Visual) -> Json:
    return {
        "look": visual.look.value if visual.look else "",
        "background": visual.background,
        "cover": visual.cover,
        "shows_cover": visual.shows_cover,
        "title": visual.title,
        "artist": visual.artist,
    }


def _clip(clip: Clip) -> Json:
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


def _changes(clip: Clip) -> Json:
    """What differs from the recording."""
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


def _title(title: Title) -> Json:
    return {
        "id": title.id,
        "tx": title.text,
        "s": title.start,
        "d": title.duration,
        "pos": title.position.value,
        "color": title.color,
        "size": title.size,
    }


def read_draft(draft: object) -> Timeline:
    """Reads a timeline that a client sent. Names of sources are not checked here. Raises `BadDraft`."""
    try:
        body = mapping(draft)
        timeline = _timeline(mapping(body["m"]), [mapping(track) for track in listed(body["t"], most=_TRACKS + 1)])
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise BadDraft("malformed") from error
    if not timeline.clips:
        raise BadDraft("empty")
    return timeline


def _timeline(meta: Mapping[str, Any], tracks: list[Mapping[str, Any]]) -> Timeline:
    clips, titles = [], []
    for track in tracks:
        kind, segments = TrackKind(track["tt"]), [mapping(each) for each in listed(track["sg"], most=_SEGMENTS)]
        if kind is TrackKind.TITLE:
            titles += [_read_title(segment) for segment in segments]
        elif segments:
            clips.append(Track(kind, tuple(_read_clip(segment) for segment in segments)))
    if len(clips) > _TRACKS:
        raise ValueError(len(clips))
    return Timeline(
        title=text(meta.get("title", "")),
        tracks=tuple(clips),
        width=pixels(meta.get("width", 0)),
        height=pixels(meta.get("height", 0)),
        sound_only=_sound_only(meta),
        fit=Fit(meta.get("fit", Fit.PAD)),
        turned=_turned(meta.get("turned", 0)),
        fade_in=_fade(meta.get("fade_in", 0)),
        fade_out=_fade(meta.get("fade_out", 0)),
        titles=_told_apart(titles),
        visual=_read_visual(mapping(meta["visual"])) if "visual" in meta else None,
    )


def _told_apart(titles: list[Title]) -> tuple[Title, ...]:
    if len({title.id for title in titles}) != len(titles):
        raise ValueError("two titles of one id")
    return tuple(titles)


def _turned(value: object) -> int:
    if value not in (0, 90, 180, 270):
        raise ValueError(value)
    return round(number(value, most=270))


def _fade(value: object) -> int:
    return round(number(value, most=_LONGEST_FADE))


def _sound_only(meta: Mapping[str, Any]) -> SoundOnly | None:
    if not meta.get("audio_only"):
        return None
    kind, bitrate = meta["format"], meta["bitrate"]
    if kind not in ("mp3", "wav", "m4a") or bitrate not in range(32, 321):
        raise ValueError(kind)
    return SoundOnly(kind, int(bitrate))


def _read_visual(visual: Mapping[str, Any]) -> Visual:
    return Visual(
        look=Look(visual["look"]) if visual["look"] else None,
        background=text(visual["background"]),
        cover=text(visual["cover"]),
        shows_cover=visual["shows_cover"] is True,
        title=text(visual["title"]),
        artist=text(visual["artist"]),
    )


def _read_clip(segment: Mapping[str, Any]) -> Clip:
    clip = Clip(
        id=text(segment["id"]),
        source=text(segment["src"]),
        name=text(segment["n"]),
        start=ms(segment["s"]),
        duration=ms(segment["d"]),
        offset=ms(segment["in"]),
        volume=share(segment["v"]),
        speed=float(number(segment.get("speed", 1.0), least=0.01, most=100)),
        loop=flag(segment.get("loop", False)),
        fade_in=ms(segment.get("fade_in", 0)),
        fade_out=ms(segment.get("fade_out", 0)),
        ducked=flag(segment.get("ducked", False)),
        voice_only=flag(segment.get("voice_only", False)),
        silent=tuple(_range(each) for each in listed(segment.get("silent", []), most=_RANGES)),
        levels=tuple(_level(each) for each in listed(segment.get("levels", []), most=_RANGES)),
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


def _read_title(segment: Mapping[str, Any]) -> Title:
    title = Title(
        id=text(segment["id"]),
        text=text(segment["tx"]),
        start=ms(segment["s"]),
        duration=ms(segment["d"]),
        position=Position(segment["pos"]),
        color=text(segment["color"]),
        size=float(number(segment["size"], least=0.05, most=20)),
    )
    if title.duration < 1 or not re.fullmatch(r"#[0-9a-fA-F]{6}", title.color):
        raise ValueError("no title")
    return title
