"""A timeline as a draft and back: nothing is lost on the way, and what cannot be is refused. Pure."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.records import SourceFile
from studio.timeline.draft import BadDraft, read_draft, write_draft
from studio.timeline.material import begin
from studio.timeline.model import Clip, Fit, Look, Position, SoundOnly, Timeline, Title, Track, TrackKind, Visual
from tests.servers.studio.drafts import long_keys, short_keys

VIDEO = SourceFile("v" * 32, "1", "city.mp4", "mp4", "video", 1, "", 10_000, 1920, 1080, 25.0, sound=True)

times = st.integers(0, 10**6)
lengths = st.integers(1, 10**7)
silences = st.lists(st.tuples(times, lengths).map(lambda each: (each[0], each[0] + each[1])), max_size=3).map(tuple)
clips = st.builds(
    Clip,
    id=st.text(max_size=10),
    source=st.text(max_size=32),
    name=st.text(max_size=50),
    start=times,
    duration=lengths,
    offset=times,
    volume=st.integers(0, 400).map(lambda percent: percent / 100),
    speed=st.sampled_from([0.25, 0.5, 1.0, 1.5, 2.0, 16.0]),
    loop=st.booleans(),
    fade_in=times,
    fade_out=times,
    ducked=st.booleans(),
    voice_only=st.booleans(),
    silent=silences,
    levels=silences.map(lambda all_of_them: tuple((start, end, 0.25) for start, end in all_of_them)),
)
tracks = st.builds(
    Track, st.sampled_from([TrackKind.VIDEO, TrackKind.AUDIO]), st.lists(clips, min_size=1, max_size=3).map(tuple)
)
titles = st.builds(
    Title,
    id=st.integers(0, 99).map("title_{}".format),
    text=st.text(max_size=60),
    start=times,
    duration=lengths,
    position=st.sampled_from(Position),
    color=st.sampled_from(["#ffffff", "#FFd60a"]),
    size=st.sampled_from([0.7, 1.0, 1.5]),
)
visuals = st.builds(
    Visual,
    st.sampled_from([None, *Look]),
    st.text(max_size=32),
    st.text(max_size=32),
    st.booleans(),
    st.text(max_size=9),
)
timelines = st.builds(
    Timeline,
    title=st.text(max_size=20),
    tracks=st.lists(tracks, min_size=1, max_size=4).map(tuple),
    width=st.just(640),
    height=st.just(360),
    sound_only=st.none() | st.builds(SoundOnly, st.sampled_from(["mp3", "wav"]), st.integers(32, 320)),
    fit=st.sampled_from(Fit),
    fade_in=st.integers(0, 5000),
    fade_out=st.integers(0, 5000),
    titles=st.lists(titles, max_size=3, unique_by=lambda title: title.id).map(tuple),
    visual=st.none() | visuals,
)


@given(timelines)
def test_every_timeline_comes_back_from_its_draft_as_it_was(timeline: Timeline) -> None:
    assert read_draft(json.loads(json.dumps(write_draft(timeline)))) == timeline


@given(timelines)
def test_a_draft_that_was_written_with_other_keys_is_the_same_timeline(timeline: Timeline) -> None:
    elsewhere = json.dumps(long_keys(write_draft(timeline)))
    assert read_draft(short_keys(json.loads(elsewhere))) == timeline


@pytest.mark.parametrize(
    "change",
    [
        {"speed": 0}, {"speed": float("nan")}, {"loop": "yes"}, {"silent": [[5, 5]]}, {"silent": [[1, 2, 3]]},
        {"silent": [1]}, {"fade_in": -1}, {"v": 5}, {"d": 0}, {"s": 1e12},
    ],
)  # fmt: skip
def test_a_segment_with_impossible_values_is_refused(change: dict[str, object]) -> None:
    draft = write_draft(begin(VIDEO))
    draft["t"][0]["sg"][0] |= change
    with pytest.raises(BadDraft):
        read_draft(draft)


@pytest.mark.parametrize(
    "change", [{"pos": "left"}, {"color": "red"}, {"size": 100}, {"tx": 5}, {"tx": "x" * 501}, {"d": 0}]
)
def test_a_title_with_impossible_values_is_refused(change: dict[str, object]) -> None:
    draft = write_draft(replace(begin(VIDEO), titles=(Title("title_1", "x", 0, 3000),)))
    draft["t"][-1]["sg"][0] |= change
    with pytest.raises(BadDraft):
        read_draft(draft)
