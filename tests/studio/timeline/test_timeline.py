"""Timelines: edited, written as drafts, and compiled. Pure."""

from __future__ import annotations

import pytest

from core.media import AudioStream, Media, VideoStream
from studio.records import SourceFile
from studio.render.compiling import CannotRender, compile_timeline
from studio.render.output import Output, read_output
from studio.timeline import editing
from studio.timeline.material import CannotApply, Material, begin
from studio.timeline.model import Timeline
from studio.timeline.operations import ExtractAudio, Merge, Moment, Mute, Operation, Part, Trim

VIDEO = SourceFile("v" * 32, "1", "talk.mp4", "mp4", "video", 1, "", 10_000, 640, 360, 25.0, sound=True)
MUSIC = SourceFile("a" * 32, "1", "music.mp3", "mp3", "audio", 1, "", 60_000, sound=True)
SOURCES = {
    VIDEO.id: Media("mov", 10.0, VideoStream("h264", 640, 360, 25.0, "yuv420p"), AudioStream("aac", 48000)),
    MUSIC.id: Media("mp3", 60.0, None, AudioStream("mp3", 44100, "stereo", 192)),
}
BOTH = Material(begin(VIDEO), (MUSIC,))


def at(seconds: float) -> Moment:
    """Negative seconds count from the end."""
    return Moment(seconds, 1.0 if seconds < 0 else 0.0)


def trim(start: float, end: float) -> Trim:
    return Trim((Part(at(start), at(end)),))


def apply(operations: list[Operation], material: Material) -> Timeline:
    return editing.apply(operations, material)[-1].after


def test_a_trim_moves_every_track() -> None:
    merged = apply([Merge()], BOTH)
    video, music = apply([trim(2, 5)], Material(merged)).clips
    assert (video.offset, video.duration, video.start) == (2000, 3000, 0)
    assert (music.offset, music.duration, music.start) == (2000, 3000, 0)


def test_trims_add_up() -> None:
    timeline = apply([trim(2, 8)], BOTH)
    [clip] = apply([trim(-3, -1)], Material(timeline)).clips
    assert (clip.offset, clip.duration) == (5000, 2000)


@pytest.mark.parametrize("wanted", [trim(10, 12), trim(5, 5.01), trim(8, 3), trim(0, -20)])
def test_a_trim_that_leaves_nothing_is_refused(wanted: Trim) -> None:
    with pytest.raises(CannotApply):
        apply([wanted], BOTH)


def test_muting_and_merging_in_one_request_keeps_the_new_sound() -> None:
    video, music = apply([Merge(), Mute()], BOTH).clips
    assert (video.volume, music.volume) == (0.0, 1.0)


def test_what_is_muted_is_not_extracted() -> None:
    timeline = apply([Merge(), ExtractAudio()], BOTH)
    assert [clip.name for clip in timeline.clips] == ["music.mp3"]
    assert timeline.duration == 10_000


def test_a_sound_longer_than_the_picture_ends_with_it() -> None:
    assert apply([Merge(mix=True)], BOTH).duration == 10_000


def options(timeline: Timeline, **output: str) -> str:
    plan = compile_timeline(timeline, SOURCES, read_output(output, timeline.sound_only))
    return " ".join(plan.options)


def test_what_is_not_touched_is_copied() -> None:
    assert options(apply([Mute()], BOTH)).startswith("-map 0:V:0 -c:v copy -an")
    assert "-c:v copy" in options(apply([Merge()], BOTH))
    assert "-c:a copy" in options(apply([ExtractAudio()], Material(begin(MUSIC))), format="mp3")


def test_a_trim_seeks_before_the_input_and_encodes() -> None:
    plan = compile_timeline(apply([trim(2, 5)], BOTH), SOURCES, Output("mp4"))
    assert plan.inputs[0].options() == ["-ss", "2.000", "-t", "3.000"]
    assert {"libx264", "veryfast", "20", "yuv420p", "+faststart"} <= set(plan.options)
    assert plan.duration == 3


def test_an_mp3_of_another_bit_rate_is_encoded() -> None:
    assert "-b:a 320k" in options(apply([ExtractAudio("mp3", 320)], Material(begin(MUSIC))), format="mp3")


def test_a_draft_that_names_unknown_files_is_not_compiled() -> None:
    with pytest.raises(CannotRender):
        compile_timeline(begin(VIDEO), {}, Output("mp4"))
