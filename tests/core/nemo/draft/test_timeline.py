"""Drafts of unlike spellings become the same timeline; what is not written in them is not invented."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nemo.draft.changes import (
    LengthChanged,
    Moved,
    OtherChange,
    SegmentAdded,
    SegmentRemoved,
    TextChanged,
    TrackAdded,
    TrackRemoved,
    Trimmed,
    VolumeChanged,
    changes,
)
from core.nemo.draft.states import canonical
from core.nemo.draft.summary import TimelineLabels, clock, summary
from core.nemo.draft.timeline import Kind, Segment, Timeline, Track, has_segments, read_timeline
from core.nemo.models import SessionState

LABELS = TimelineLabels()
PUBLISHED = (
    'Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)'
)


def draft(video: object, audio: object, text: object, **more: object) -> dict[str, object]:
    tracks = [{"tt": 0, "sg": [video]}, {"tt": 1, "sg": [audio]}, {"tt": 7, "sg": [text]}]
    return {"t": tracks, "d": 10000, "m": {"title": "Project", "width": 1920, "height": 1080}, **more}


PROFILES: dict[str, object] = {
    "short keys": draft(
        {"n": "city timelapse", "s": 0, "d": 10000},
        {"n": "Lo-fi", "s": 0, "d": 10000, "v": 0.35},
        {"tx": "Urban Dreams", "s": 0, "d": 3000},
    ),
    "long keys, percent, ends": draft(
        {"name": "city timelapse.mp4", "start": 0, "end": 10000},
        {"title": "Lo-fi", "start": 0, "end": 10000, "volume": 35},
        {"content": "Urban Dreams", "start": 0, "end": 3000},
    ),
    "paths and ranges": draft(
        {"source": "/mnt/userdata/anon/city timelapse.mp4", "tr": {"start": 0, "duration": 10000}},
        {"src": {"url": "https://cdn.example/m/Lo-fi.mp3?sig=1"}, "target_timerange": {"start": 0, "duration": 10000},
         "source_timerange": {"start": 5000, "duration": 99}, "m": {"gain": 35}},
        {"m": {"text": "Urban\nDreams", "font": "/fonts/Inter.ttf"}, "tr": {"start": 0, "duration": 3000}},
    ),
    "microseconds": draft(
        {"nm": "city timelapse", "st": 0, "dur": 10_000_000},
        {"nm": "Lo-fi", "st": 0, "dur": 10_000_000, "vol": 0.35},
        {"txt": "Urban Dreams", "st": 0, "dur": 3_000_000},
    ),
    "seconds": draft(
        {"nm": "city timelapse", "from": 0.0, "to": 10.0},
        {"nm": "Lo-fi", "from": 0.0, "to": 10.0, "vol": 0.35},
        {"txt": "Urban Dreams", "from": 0.0, "to": 3.0},
    ),
    "no starts": draft(
        {"label": "city timelapse", "d": 10000},
        {"label": "Lo-fi", "d": 10000, "g": 0.35},
        {"words": "Urban Dreams", "d": 3000},
    ),
    "numbers as text, types as words": {
        "tracks": {
            "a": {"type": "video", "segments": [{"n": "city timelapse", "s": "0", "d": "10000"}]},
            "b": {"type": "bgm", "volume": 35, "clips": {"x": {"n": "Lo-fi", "d": 10000.0}}},
            "c": {"tt": "7", "segments": [{"text": {"content": "Urban Dreams"}, "c": "#ffffff", "e": 3000}]},
        },
        "duration": 10000,
        "metadata": {"title": "Project"},
    },
}  # fmt: skip


@pytest.mark.parametrize("profile", PROFILES)
def test_every_spelling_gives_the_published_summary(profile: str) -> None:
    timeline = read_timeline(PROFILES[profile])
    assert summary(timeline, LABELS) == PUBLISHED
    assert (timeline.title, timeline.duration_ms) == ("Project", 10000)


def test_a_draft_may_be_json_in_a_string() -> None:
    whole = PROFILES["short keys"]
    assert read_timeline(json.dumps(whole)) == read_timeline(whole)
    assert has_segments(json.dumps(whole))


def test_segments_without_a_start_lie_end_to_end() -> None:
    track = {"tt": 0, "sg": [{"n": "a", "d": 4000}, {"n": "b", "d": 6000}, {"n": "c"}, {"n": "d", "d": 5}]}
    (read,) = read_timeline({"t": [track]}).tracks
    assert [(s.start_ms, s.end_ms) for s in read.segments] == [(0, 4000), (4000, 10000), (10000, None), (None, None)]


def test_what_is_not_written_is_left_out() -> None:
    timeline = read_timeline(
        {"t": [{"tt": 0, "sg": [{}]}, {"tt": 1, "sg": [{"x": 1}, {}]}, {"tt": 42, "sg": [{"d": 9500}]}]}
    )
    assert summary(timeline, LABELS) == "Timeline (3 tracks): 1. Video 2. BGM ×2 3. Track: 0-9.5s"
    assert timeline.tracks[0].segments == (Segment(start_ms=0),)
    assert timeline.title == ""


@pytest.mark.parametrize(
    ("volume", "words"),
    [
        (1.0, ""),
        (100, ""),
        (0.355, "36%"),
        (1.5, "150%"),
        (150, "150%"),
        (0, "0%"),
        (2, "200%"),
        (-6, ""),
        (True, ""),
        ("x", ""),
    ],
)
def test_a_volume_is_a_share_up_to_two_and_a_percentage_above(volume: object, words: str) -> None:
    timeline = read_timeline({"t": [{"tt": 1, "sg": [{"n": "a", "d": 1000, "v": volume}]}]})
    assert summary(timeline, LABELS) == f"Timeline (1 tracks): 1. BGM: a (0-1s{', ' + words if words else ''})"


def test_a_muted_track_is_silent_and_a_title_has_no_volume() -> None:
    timeline = read_timeline({"t": [{"tt": 0, "muted": True, "sg": [{"d": 1}]}, {"tt": 7, "sg": [{"v": 0.5, "d": 1}]}]})
    assert [track.segments[0].volume for track in timeline.tracks] == [0.0, None]


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, "0"),
        (9500, "9.5"),
        (9960, "10"),
        (9990, "10"),
        (59949, "59.9"),
        (59960, "1:00"),
        (65000, "1:05"),
        (3605000, "1:00:05"),
    ],
)
def test_moments_are_written_for_people(ms: int, words: str) -> None:
    assert clock(ms) == words


def test_a_range_is_written_in_one_form() -> None:
    timeline = Timeline((Track(Kind.VIDEO, (Segment("a", "", 5000, 65000), Segment("b", "", 65000, 65500))),))
    assert summary(timeline, LABELS) == "Timeline (1 tracks): 1. Video: a (0:05-1:05), b (1:05-1:06)"


def test_many_segments_are_counted_and_a_long_summary_gets_lines() -> None:
    many = Track(Kind.VIDEO, tuple(Segment(f"clip {n}", "", n * 1000, n * 1000 + 1000) for n in range(5)))
    assert summary(Timeline((many,)), LABELS).endswith("1. Video: clip 0 (0-1s), clip 1 (1-2s), clip 2 (2-3s), +2")
    text = summary(Timeline((many, many, many)), LABELS)
    assert text.splitlines()[:2] == [
        "Timeline (3 tracks):",
        "1. Video: clip 0 (0-1s), clip 1 (1-2s), clip 2 (2-3s), +2",
    ]
    assert len(text.splitlines()) == 4


def test_the_words_come_from_the_caller() -> None:
    chinese = TimelineLabels("时间线（{count} 条轨道）：", "视频", "背景音乐", "标题", "轨道")
    assert summary(read_timeline(PROFILES["short keys"]), chinese).startswith("时间线（3 条轨道）： 1. 视频: city")


@pytest.mark.parametrize(
    ("value", "ready"),
    [
        (None, False), ({}, False), ({"t": []}, False), ({"t": [{"tt": 0}]}, False), ({"t": [{"sg": []}]}, False),
        ({"t": [{"sg": [{}]}]}, True), ("{", False), ('{"t":[{"sg":[{}]}]}', True), ({"t": 5}, False), ([], False),
    ],
)  # fmt: skip
def test_there_is_something_to_export_once_a_track_holds_a_segment(value: object, ready: bool) -> None:
    assert has_segments(value) is ready


@pytest.mark.parametrize(
    "name",
    [
        {"n": "dir/clip.mp4"}, {"n": "/a/b/clip.MOV"}, {"fn": "C:\\x\\clip.wav"}, {"m": {"filename": "clip.mp3"}},
        {"u": "https://x/y/clip.mp4?sig=a/b#c"}, {"x": {"y": ["file:///x/clip.mp4"]}}, {"u": "clip.mp4"},
    ],
)  # fmt: skip
def test_a_name_has_no_directory_and_no_extension(name: dict[str, object]) -> None:
    (track,) = read_timeline({"t": [{"tt": 0, "sg": [name]}]}).tracks
    assert track.segments[0].name in ("clip", "dir/clip")


def test_a_hash_is_no_name() -> None:
    (track,) = read_timeline({"t": [{"tt": 0, "sg": [{"u": "https://x/3f2a9c3f2a9c3f2a9c.mp4"}]}]}).tracks
    assert track.segments[0].name == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from("t tt sg d m s e n tx v start duration volume text end tr tracks segments".split()),  # noqa: SIM905
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@given(JSON, JSON)
def test_no_draft_makes_it_fail(one: object, other: object) -> None:
    before, after = read_timeline(one), read_timeline(other)
    assert isinstance(summary(before, LABELS), str)
    assert bool(changes(before, after)) == (before != after)
    assert isinstance(canonical(SessionState(None, one, other, one)), str)
    assert has_segments(one) == any(track.segments for track in before.tracks)


@given(st.floats(), st.integers(min_value=10**400), st.binary())
def test_odd_values_are_no_timeline(a: float, b: int, c: bytes) -> None:
    track = {"tt": a, "sg": [{"s": b, "d": a, "v": b, "n": c}]}
    read_timeline({"t": [track], "d": b})
    assert read_timeline(c) == Timeline()


VIDEO = Segment("clip", "", 0, 10000)
MUSIC = Segment("Lo-fi", "", 0, 10000, 0.35)
TITLE = Segment("", "Urban Dreams", 0, 3000)
BASE = Timeline((Track(Kind.VIDEO, (VIDEO,)), Track(Kind.AUDIO, (MUSIC,)), Track(Kind.TEXT, (TITLE,))), "", 10000)


def with_tracks(*tracks: Track, duration: int | None = 10000) -> Timeline:
    return Timeline(tracks, "", duration)


V, A, T = BASE.tracks
SHORT, LOUD, OTHER_TITLE = replace(VIDEO, end_ms=5000), replace(MUSIC, volume=0.8), replace(TITLE, text="City")
SECOND = Segment("second", "", 10000, 12000)

DIFFERENCES = [
    (BASE, ()),
    (with_tracks(V, A), (TrackRemoved(T),)),
    (with_tracks(V, A, T, Track(Kind.AUDIO, (SECOND,))), (TrackAdded(Track(Kind.AUDIO, (SECOND,))),)),
    (with_tracks(V, Track(Kind.AUDIO, (SECOND,)), A, T), (TrackAdded(Track(Kind.AUDIO, (SECOND,))),)),
    (with_tracks(Track(Kind.VIDEO, (SHORT,)), A, T), (Trimmed(Kind.VIDEO, VIDEO, SHORT),)),
    (with_tracks(V, Track(Kind.AUDIO, (LOUD,)), T), (VolumeChanged(Kind.AUDIO, MUSIC, LOUD),)),
    (with_tracks(V, A, Track(Kind.TEXT, (OTHER_TITLE,))), (TextChanged(TITLE, OTHER_TITLE),)),
    (with_tracks(Track(Kind.VIDEO, (VIDEO, SECOND)), A, T, duration=12000),
     (SegmentAdded(Kind.VIDEO, SECOND), LengthChanged(10000, 12000))),
    (with_tracks(Track(Kind.VIDEO, (SECOND,)), A, T), (SegmentRemoved(Kind.VIDEO, VIDEO),
     SegmentAdded(Kind.VIDEO, SECOND))),
    (with_tracks(V, A, Track(Kind.TEXT, (replace(TITLE, start_ms=7000, end_ms=10000),))),
     (Moved(Kind.TEXT, TITLE, replace(TITLE, start_ms=7000, end_ms=10000)),)),
    (replace(BASE, title="New"), (OtherChange(),)),
    (with_tracks(replace(V, segments=(replace(VIDEO, volume=1.0),)), A, T), (OtherChange(),)),
]  # fmt: skip


@pytest.mark.parametrize(("after", "found"), DIFFERENCES)
def test_a_change_has_a_name(after: Timeline, found: tuple[object, ...]) -> None:
    assert changes(BASE, after) == found


def test_from_nothing_everything_is_new() -> None:
    assert changes(Timeline(), BASE) == (TrackAdded(V), TrackAdded(A), TrackAdded(T))
