"""A timeline in one line a person can read. Pure; the words come from the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from core.nemo.draft.timeline import Kind, Segment, Timeline, Track

ONE_LINE = 160  # characters up to which the tracks stand in one line
_MAX_SEGMENTS = 3
_MAX_NAME = 40


@dataclass(frozen=True, slots=True)
class Notation:
    """How a language writes what stands between the words; `{…}` are filled in."""

    seconds: str = "{start}-{end}s"
    inside: str = " ({details})"
    quoted: str = '"{text}"'
    comma: str = ", "
    colon: str = ": "


CHINESE = Notation(seconds="{start}–{end} 秒", inside="（{details}）", quoted="“{text}”", comma="，", colon="：")


@dataclass(frozen=True, slots=True)
class TimelineLabels:
    """`heading` ends with its colon; `{count}` in it becomes the number of tracks."""

    heading: str = "Timeline ({count} tracks):"
    video: str = "Video"
    audio: str = "BGM"
    text: str = "Title"
    other: str = "Track"
    notation: Notation = Notation()

    def of(self, kind: Kind) -> str:
        return {Kind.VIDEO: self.video, Kind.AUDIO: self.audio, Kind.TEXT: self.text, Kind.OTHER: self.other}[kind]


def summary(timeline: Timeline, labels: TimelineLabels) -> str:
    """`Timeline (2 tracks): 1. Video: sea (0-10s) 2. BGM: Lo-fi (0-10s, 35%)`, a line a track if it is long."""
    tracks = timeline.filled
    heading = labels.heading.replace("{count}", str(len(tracks)))
    parts = [f"{place}. {_track(track, labels)}" for place, track in enumerate(tracks, 1)]
    line = " ".join([heading, *parts])
    return line if len(line) <= ONE_LINE else "\n".join([heading, *parts])


def _track(track: Track, labels: TimelineLabels) -> str:
    label, notation = labels.of(track.kind), labels.notation
    said = [text for segment in track.segments[:_MAX_SEGMENTS] if (text := segment_words(segment, notation))]
    more = len(track.segments) - len(said)
    if not said:
        return label if more <= 1 else f"{label} ×{more}"
    return f"{label}{notation.colon}{notation.comma.join([*said, *([f'+{more}'] if more else [])])}"


def segment_words(segment: Segment, notation: Notation) -> str:
    """`name (0-10s, 35%)`, or what of it is known; "" if nothing is."""
    name = notation.quoted.format(text=_short(segment.text)) if segment.text else _short(segment.name)
    details = notation.comma.join(filter(None, [_range(segment, notation), _volume(segment.volume)]))
    return f"{name}{notation.inside.format(details=details)}" if name and details else name or details


def clock(ms: int) -> str:
    """A moment as a person reads it: `9.5`, from a minute on `1:05`, from an hour on `1:00:05`."""
    tenths = round(ms / 100)
    if tenths < 600:
        return f"{tenths / 10:g}"
    minutes, seconds = divmod(round(ms / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _range(segment: Segment, notation: Notation) -> str:
    if segment.start_ms is None or segment.end_ms is None or segment.end_ms <= segment.start_ms:
        return ""
    start, end = clock(segment.start_ms), clock(segment.end_ms)
    if ":" not in end:
        return notation.seconds.format(start=start, end=end)
    return f"{start if ':' in start else f'0:{round(segment.start_ms / 1000):02}'}-{end}"


def _volume(volume: float | None) -> str:
    percent = 100 if volume is None else round(volume * 100)
    return "" if percent == 100 else f"{percent}%"


def _short(text: str) -> str:
    return text if len(text) <= _MAX_NAME else text[: _MAX_NAME - 1].rstrip() + "…"
