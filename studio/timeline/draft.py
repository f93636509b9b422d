"""The timeline as the draft's JSON and back. Pure.

Short keys as published: `t` tracks, `tt` their type, `sg` their segments, `d` milliseconds, `m` metadata. The
keys of a segment are published nowhere, so there are two profiles of them; both are read. What is as usual is
not written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.switches import Profile
from studio.timeline.draft_segments import read_clip, read_title, write_clip, write_title
from studio.timeline.draft_values import BadDraft, listed, mapping, number, pixels, text
from studio.timeline.model import Fit, Look, SoundOnly, Timeline, Title, Track, TrackKind, Visual

__all__ = ["BadDraft", "read_draft", "write_draft"]

Json = dict[str, Any]

_TRACKS = 8
_SEGMENTS = 100
_LONGEST_FADE = 3600 * 1000


def write_draft(timeline: Timeline, profile: Profile = Profile.SHORT) -> Json:
    tracks = [
        {"tt": int(track.kind), "sg": [write_clip(clip, profile) for clip in track.clips]} for track in timeline.tracks
    ]
    if timeline.titles:
        tracks.append({"tt": int(TrackKind.TITLE), "sg": [write_title(title, profile) for title in timeline.titles]})
    return {"d": timeline.duration, "m": _meta(timeline), "t": tracks}


def _meta(timeline: Timeline) -> Json:
    meta: Json = {"title": timeline.title}
    if timeline.width and timeline.height:
        meta |= {"width": timeline.width, "height": timeline.height}
    if timeline.sound_only:
        meta |= {"audio_only": True, "format": timeline.sound_only.kind, "bitrate": timeline.sound_only.bitrate_k}
    if timeline.fit is not Fit.PAD:
        meta["fit"] = timeline.fit.value
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


def read_draft(draft: object) -> Timeline:
    """The timeline a client sent. Names of sources are not checked here. Raises `BadDraft`."""
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
            titles += [read_title(segment) for segment in segments]
        elif segments:
            clips.append(Track(kind, tuple(read_clip(segment) for segment in segments)))
    if len(clips) > _TRACKS:
        raise ValueError(len(clips))
    return Timeline(
        title=text(meta.get("title", "")),
        tracks=tuple(clips),
        width=pixels(meta.get("width", 0)),
        height=pixels(meta.get("height", 0)),
        sound_only=_sound_only(meta),
        fit=Fit(meta.get("fit", Fit.PAD)),
        fade_in=_fade(meta.get("fade_in", 0)),
        fade_out=_fade(meta.get("fade_out", 0)),
        titles=_told_apart(titles),
        visual=_read_visual(mapping(meta["visual"])) if "visual" in meta else None,
    )


def _told_apart(titles: list[Title]) -> tuple[Title, ...]:
    if len({title.id for title in titles}) != len(titles):
        raise ValueError("two titles of one id")
    return tuple(titles)


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
