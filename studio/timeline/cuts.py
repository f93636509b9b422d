"""Keeps or removes parts of a timeline, and changes its speed. Pure.

Clips that belong to the picture are cut with it; music under it continues unbroken, and titles stay with the picture
they stood on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.timeline.model import Clip, Level, Timeline, Title, Track

Range = tuple[int, int]
MUSIC = "music_"  # begins the id of a clip that is music under the rest


def is_music(clip: Clip) -> bool:
    return clip.id.startswith(MUSIC)


def united(ranges: Sequence[Range], length: int) -> list[Range]:
    """Sorts the ranges, limits them to the timeline and merges overlaps."""
    found: list[Range] = []
    for start, end in sorted((max(0, start), min(length, end)) for start, end in ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return found


def others(ranges: Sequence[Range], length: int) -> list[Range]:
    """The gaps between the ranges."""
    edges = [0, *(edge for each in united(ranges, length) for edge in each), length]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]


def keep(timeline: Timeline, ranges: Sequence[Range]) -> Timeline:
    """Keeps only these ranges, in sequence. They must be in order and must not overlap."""
    tracks = tuple(
        Track(track.kind, tuple(piece for clip in track.clips for piece in _pieces(clip, ranges)))
        for track in timeline.tracks
    )
    titles = tuple(moved for title in timeline.titles if (moved := _moved(title, ranges)))
    return replace(timeline, tracks=tuple(track for track in tracks if track.clips), titles=titles)


def _place(moment: int, ranges: Sequence[Range]) -> int:
    """Where a moment ends up; one that is removed ends up where its gap closes."""
    return sum(min(max(moment - start, 0), end - start) for start, end in ranges)


def _pieces(clip: Clip, ranges: Sequence[Range]) -> list[Clip]:
    silent, levels = _silent(clip, ranges), _levels(clip, ranges)
    if is_music(clip):
        start, end = _place(clip.start, ranges), _place(clip.end, ranges)
        return [replace(clip, start=start, duration=end - start, silent=silent, levels=levels)] if end > start else []
    found: list[Clip] = []
    for start, end in ranges:
        first, last = max(start, clip.start), min(end, clip.end)
        if last > first:
            found.append(
                _piece(
                    clip,
                    first,
                    last,
                    len(found),
                    replace(clip, start=_place(first, ranges), silent=silent, levels=levels),
                )
            )
    return found


def _piece(clip: Clip, first: int, last: int, number: int, moved: Clip) -> Clip:
    return replace(
        moved,
        id=f"{clip.id}_{number}" if number else clip.id,
        duration=last - first,
        offset=clip.offset + round((first - clip.start) * clip.speed),
        fade_in=clip.fade_in if first == clip.start else 0,
        fade_out=clip.fade_out if last == clip.end else 0,
    )


def _silent(clip: Clip, ranges: Sequence[Range]) -> tuple[Range, ...]:
    moved = ((_place(start, ranges), _place(end, ranges)) for start, end in clip.silent)
    return tuple((start, end) for start, end in moved if end > start)


def _levels(clip: Clip, ranges: Sequence[Range]) -> tuple[Level, ...]:
    moved = ((_place(start, ranges), _place(end, ranges), factor) for start, end, factor in clip.levels)
    return tuple((start, end, factor) for start, end, factor in moved if end > start)


def _moved(title: Title, ranges: Sequence[Range]) -> Title | None:
    start, end = _place(title.start, ranges), _place(title.end, ranges)
    return replace(title, start=start, duration=end - start) if end > start else None


def sped(timeline: Timeline, factor: float) -> Timeline:
    """Plays everything `factor` times as fast, except the music under it, which only ends earlier or later."""

    def scaled(ms: int) -> int:
        return round(ms / factor)

    def clip_of(clip: Clip) -> Clip:
        start = scaled(clip.start)
        return replace(
            clip,
            start=start,
            duration=max(1, scaled(clip.end) - start),
            speed=clip.speed if is_music(clip) else round(clip.speed * factor, 6),
            silent=tuple((scaled(first), scaled(last)) for first, last in clip.silent),
            levels=tuple((scaled(first), scaled(last), factor) for first, last, factor in clip.levels),
        )

    tracks = tuple(Track(track.kind, tuple(map(clip_of, track.clips))) for track in timeline.tracks)
    titles = tuple(replace(t, start=scaled(t.start), duration=max(1, scaled(t.duration))) for t in timeline.titles)
    return replace(timeline, tracks=tracks, titles=titles)
