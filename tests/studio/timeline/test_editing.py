"""Operations on a timeline: what moves with a cut, what goes on unbroken, what is refused. Pure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nemo.draft.summary import TimelineLabels, summary
from core.nemo.draft.timeline import read_timeline
from studio.agent.tool_calls import calls_of
from studio.agent.wording import what_was_done
from studio.records import SourceFile
from studio.timeline.cuts import keep, others, united
from studio.timeline.draft import write_draft
from studio.timeline.editing import apply
from studio.timeline.material import CannotApply, Material, begin
from studio.timeline.model import Fit, Position, SoundOnly, Timeline, TrackKind, Visual
from studio.timeline.operations import (
    END,
    START,
    AddMusic,
    AddText,
    Cut,
    Duck,
    EditText,
    ExtractAudio,
    Fade,
    Join,
    Merge,
    Moment,
    Mute,
    Operation,
    Part,
    RemoveMusic,
    RemoveText,
    SetAspect,
    SetVolume,
    Speed,
    StartOver,
    Trim,
    Visualize,
)
from tests.servers.studio.drafts import long_keys

VIDEO = SourceFile("v" * 32, "1", "city.mp4", "mp4", "video", 1, "", 10_000, 1920, 1080, 25.0, sound=True)
MUSIC = SourceFile("a" * 32, "1", "Lo-fi.mp3", "mp3", "audio", 1, "", 4_000, sound=True)
PICTURE = SourceFile("p" * 32, "1", "cover.jpg", "jpg", "image", 1, "", None, 800, 800)
FILES = (VIDEO, MUSIC, PICTURE)
BOTH = Material(begin(VIDEO), (MUSIC,), (PICTURE,), FILES, begin(VIDEO))


def part(start: float, end: float) -> Part:
    return Part(Moment(start), Moment(end))


def edited(*operations: Operation, base: Timeline | None = None) -> Timeline:
    material = BOTH if base is None else Material(base, (MUSIC,), (PICTURE,), FILES, begin(VIDEO))
    return apply(operations, material)[-1].after


def test_a_cut_closes_the_gap() -> None:
    first, second = edited(Cut((part(2, 5),))).clips
    assert (first.start, first.offset, first.duration) == (0, 0, 2000)
    assert (second.start, second.offset, second.duration) == (2000, 5000, 5000)
    assert first.id != second.id


def test_parts_cut_by_one_request_are_all_of_the_timeline_as_it_was() -> None:
    clips = edited(Cut((part(1, 2), part(4, 6)))).clips
    assert [(clip.offset, clip.duration) for clip in clips] == [(0, 1000), (2000, 2000), (6000, 4000)]


def test_parts_that_are_kept_follow_each_other() -> None:
    clips = edited(Trim((part(6, 8), part(1, 2)))).clips
    assert [(clip.start, clip.offset, clip.duration) for clip in clips] == [(0, 1000, 1000), (1000, 6000, 2000)]


def test_music_goes_on_unbroken_over_a_cut_and_a_recording_is_cut_with_the_picture() -> None:
    with_music = edited(AddMusic(), Merge(mix=True))
    _, _, *sounds = edited(Cut((part(2, 5),)), base=with_music).clips
    music = [clip for clip in sounds if clip.loop]
    recording = [clip for clip in sounds if not clip.loop]
    assert [(clip.start, clip.duration, clip.offset) for clip in music] == [(0, 7000, 0)]
    assert [(clip.start, clip.duration) for clip in recording] == [(0, 2000)]


def test_a_title_stays_with_what_it_stood_on_and_goes_with_it() -> None:
    timeline = edited(AddText("late", part(6, 8)), AddText("gone", part(2, 3)), AddText("half", part(4, 6)))
    titles = edited(Cut((part(2, 5),)), base=timeline).titles
    assert [(title.text, title.start, title.duration) for title in titles] == [
        ("late", 3000, 2000),
        ("half", 2000, 1000),
    ]


def test_silence_and_fades_move_with_a_cut() -> None:
    timeline = edited(Mute((part(6, 8),)), Fade("out", 2.0, "bgm"))
    first, second = edited(Cut((part(2, 5),)), base=timeline).clips
    assert (first.silent, second.silent) == (((3000, 5000),), ((3000, 5000),))
    assert (first.fade_out, second.fade_out) == (0, 2000)


def test_speed_is_of_everything_but_the_music_under_it() -> None:
    timeline = edited(Speed(2), base=edited(AddMusic(), AddText("x", part(4, 6)), Mute((part(2, 4),))))
    video, music = timeline.clips
    assert (video.duration, video.speed, video.used, video.silent) == (5000, 2.0, 10_000, ((1000, 2000),))
    assert (music.duration, music.speed) == (5000, 1.0)
    assert [(title.start, title.duration) for title in timeline.titles] == [(2000, 1000)]


def test_a_cut_of_what_was_sped_up_takes_the_right_piece_of_the_source() -> None:
    [clip] = edited(Trim((part(1, 2),)), base=edited(Speed(2))).clips
    assert (clip.offset, clip.duration, clip.used) == (2000, 1000, 2000)


@pytest.mark.parametrize(
    ("shape", "frame"),
    [
        (SetAspect(9, 16), (1080, 1920)),
        (SetAspect(1, 1), (1080, 1080)),
        (SetAspect(4, 5), (1080, 1350)),
        (SetAspect(4, 3), (1440, 1080)),
        (SetAspect(9, 16, 720, 1280), (720, 1280)),
        (SetAspect(21, 9), (1920, 822)),
    ],
)
def test_a_frame_of_another_shape(shape: SetAspect, frame: tuple[int, int]) -> None:
    timeline = edited(shape)
    assert (timeline.width, timeline.height) == frame
    assert timeline.fit is Fit.BLUR


def test_nothing_of_the_picture_is_cropped_unasked() -> None:
    assert edited(SetAspect(1, 1, fit=Fit.CROP)).fit is Fit.CROP
    assert edited(SetAspect(1, 1)).fit is not Fit.CROP


def test_music_is_quiet_under_sound_and_full_under_silence() -> None:
    assert edited(AddMusic()).clips[-1].volume == 0.35
    assert edited(AddMusic(), base=edited(Mute())).clips[-1].volume == 1.0
    assert edited(AddMusic(volume=0.2, duck=True)).clips[-1].ducked


def test_new_music_takes_the_place_of_the_old() -> None:
    twice = edited(AddMusic(volume=0.5), base=edited(AddMusic()))
    assert [clip.volume for clip in twice.clips] == [1.0, 0.5]


def test_volume_by_target() -> None:
    base = edited(AddMusic(volume=0.4))
    assert [clip.volume for clip in edited(SetVolume("bgm", 0.5), base=base).clips] == [1.0, 0.2]
    assert [clip.volume for clip in edited(SetVolume("voice", 0.5), base=base).clips] == [0.5, 0.4]
    assert [clip.volume for clip in edited(SetVolume("bgm", 0.1, absolute=True), base=base).clips] == [1.0, 0.1]
    assert [clip.volume for clip in edited(SetVolume("all", 9), base=base).clips] == [4.0, 3.6]


def test_a_part_is_as_loud_as_it_was_wanted_and_the_rest_as_before() -> None:
    louder = edited(SetVolume("all", 2, parts=(part(2, 4), part(6, 7))))
    [clip] = louder.clips
    assert (clip.volume, clip.levels) == (1.0, ((2000, 4000, 2.0), (6000, 7000, 2.0)))
    again = edited(SetVolume("all", 0.5, parts=(part(3, 6.5),)), base=louder).clips[0]
    assert again.levels == ((2000, 3000, 2.0), (4000, 6000, 0.5), (6500, 7000, 2.0))
    plain = edited(SetVolume("all", 1, absolute=True, parts=(part(0, 10),)), base=louder).clips[0]
    assert plain.levels == ()
    half = edited(SetVolume("all", 0.5), base=louder)
    assert edited(SetVolume("all", 0.25, absolute=True, parts=(part(0, 3),)), base=half).clips[0].levels == (
        (0, 3000, 0.5), (3000, 4000, 2.0), (6000, 7000, 2.0),
    )  # fmt: skip
    assert edited(SetVolume("all", 0.8, absolute=True), base=louder).clips[0].levels == ()
    assert edited(SetVolume("all", 9, parts=(part(0, 1),)), base=half).clips[0].levels[0] == (0, 1000, 8.0)


def test_the_loudness_of_a_part_is_of_what_was_meant_and_only_of_what_is_heard() -> None:
    base = edited(AddMusic(volume=0.4))
    own, music = edited(SetVolume("bgm", 0.5, parts=(part(0, 3),)), base=base).clips
    assert (own.levels, music.levels) == ((), ((0, 3000, 0.5),))
    own, music = edited(SetVolume("voice", 2, parts=(part(0, 3),)), base=base).clips
    assert (own.levels, music.levels) == (((0, 3000, 2.0),), ())
    muted = edited(Mute(), base=base)
    assert edited(AddMusic(), SetVolume("bgm", 2, parts=(part(0, 1),)), base=muted).clips[0].levels == ()
    with pytest.raises(CannotApply, match="trim_outside"):
        edited(SetVolume("all", 2, parts=(part(20, 30),)))


def test_the_loudness_of_a_part_moves_with_cuts_and_speed() -> None:
    louder = SetVolume("all", 2, parts=(part(2, 6),))
    assert edited(louder, Cut((part(1, 3),))).clips[0].levels == ((1000, 4000, 2.0),)
    assert all(clip.levels == ((1000, 4000, 2.0),) for clip in edited(louder, Cut((part(1, 3),))).clips)
    assert edited(Speed(2), louder).clips[0].levels == ((1000, 3000, 2.0),)
    music = edited(AddMusic(), SetVolume("bgm", 2, parts=(part(2, 6),)))
    assert edited(Trim((part(4, 9),)), base=music).clips[-1].levels == ((0, 2000, 2.0),)


def test_what_is_said_of_a_part_names_it_and_how_loud_it_is() -> None:
    wanted = SetVolume("all", 0.5, parts=(part(2, 4), part(6, 7)))
    steps = apply([wanted], Material(begin(VIDEO)))
    assert what_was_done(steps, "en") == "In 0:02–0:04 and 0:06–0:07 the sound is now at 50%."
    assert what_was_done(steps, "zh") == "0:02–0:04、0:06–0:07 的声音音量现为 50%。"
    assert calls_of(wanted) == [
        {"op": "volume", "target": "all", "factor": 0.5, "start": start, "end": end} for start, end in ((2, 4), (6, 7))
    ]


def test_music_that_was_added_is_removed_before_anything_is_taken_out_of_the_sound() -> None:
    once = edited(RemoveMusic(), base=edited(AddMusic()))
    assert [(clip.name, clip.voice_only) for clip in once.clips] == [("city.mp4", False)]
    assert edited(RemoveMusic(), base=once).clips[0].voice_only


def test_a_merge_may_say_who_sets_the_length() -> None:
    assert edited(Merge()).duration == 10_000
    assert edited(Merge(pad=False)).duration == 4000
    longer = SourceFile("l" * 32, "1", "long.mp3", "mp3", "audio", 1, "", 15_000, sound=True)
    padded = apply([Merge(pad=True)], Material(begin(VIDEO), (longer,)))[-1].after
    assert padded.duration == 15_000


def test_a_file_is_taken_by_its_number() -> None:
    assert edited(AddMusic(source=2)).clips[-1].source == MUSIC.id
    for number in (3, 7):
        with pytest.raises(CannotApply):
            edited(AddMusic(source=number))


def test_a_waveform_video_of_the_sound() -> None:
    song = Material(begin(MUSIC), (MUSIC,), (PICTURE,), FILES)
    covered = apply([Visualize(title="Night", aspect=SetAspect(9, 16))], song)[-1].after
    assert covered.visual == Visual(cover=PICTURE.id, title="Night")
    assert (covered.width, covered.height, covered.of_kind(TrackKind.VIDEO)) == (1080, 1920, ())
    behind = apply([Visualize(background="image")], song)[-1].after
    assert behind.visual == Visual(background=PICTURE.id, shows_cover=False)
    with pytest.raises(CannotApply):
        apply([Visualize(background="image")], Material(begin(MUSIC), (MUSIC,)))


def test_extracted_sound_keeps_cuts_and_loses_titles() -> None:
    timeline = edited(Cut((part(2, 5),)), AddText("x"), AddMusic(), ExtractAudio("wav"))
    assert timeline.sound_only == SoundOnly("wav", 192)
    assert timeline.titles == ()
    assert timeline.duration == 7000
    assert [len(track.clips) for track in timeline.tracks] == [2, 1]


def test_starting_over_gives_the_file_as_it_was_sent() -> None:
    assert edited(StartOver(), base=edited(Cut((part(2, 5),)), SetAspect(1, 1))) == begin(VIDEO)


@pytest.mark.parametrize(
    "operation",
    [
        Cut((Part(START, END),)),
        Cut((part(20, 30),)),
        Trim((part(5, 2),)),
        RemoveText(),
        Duck(),
        SetVolume("bgm", 0.5),
        Mute(target="bgm"),
        Speed(50),
        AddText("x", part(11, 12)),
    ],
)
def test_what_makes_no_sense_is_refused(operation: Operation) -> None:
    with pytest.raises(CannotApply):
        edited(operation)


@pytest.mark.parametrize("operation", [AddText("x"), SetAspect(1, 1)])
def test_a_sound_has_no_picture_to_edit(operation: Operation) -> None:
    with pytest.raises(CannotApply, match="no_picture"):
        edited(operation, base=begin(MUSIC))


ranges = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), max_size=5)


@given(ranges)
def test_what_is_kept_and_what_is_not_make_the_whole(wanted: list[tuple[int, int]]) -> None:
    kept, rest = united(wanted, 10_000), others(wanted, 10_000)
    assert sum(end - start for start, end in (*kept, *rest)) == 10_000
    if kept:
        timeline = keep(edited(AddMusic(), AddText("x")), kept)
        assert timeline.duration == sum(end - start for start, end in kept)
        assert all(clip.end <= timeline.duration for clip in timeline.clips)
        assert all(title.end <= timeline.duration for title in timeline.titles)


def test_a_draft_reads_as_people_write_it() -> None:
    short = edited(AddText("Urban Dreams", part(0, 3), is_title=True), AddMusic(volume=0.35))
    for draft in (write_draft(short), long_keys(write_draft(short))):
        line = summary(read_timeline(draft), TimelineLabels())
        assert line == (
            'Timeline (3 tracks): 1. Video: city (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)'
        )


def test_words_that_stand_there_are_changed_and_keep_what_is_not_spoken_of() -> None:
    timeline = edited(AddText("one", part(1, 4), Position.TOP, "red"), AddText("two"))
    one, two = edited(EditText(color="yellow", position=Position.TOP, size=1.5), base=timeline).titles
    assert (one, two.text, two.color, two.position, two.size) == (
        timeline.titles[0], "two", "#ffd60a", Position.TOP, 1.5,
    )  # fmt: skip
    one, two = edited(EditText("three", old="ONE", part=part(2, 3)), base=timeline).titles
    assert (one.text, one.start, one.duration, one.color) == ("three", 2000, 1000, "#ff3b30")
    assert two == timeline.titles[1]


def test_words_that_are_not_there_are_added_or_asked_for() -> None:
    assert [title.text for title in edited(EditText("new")).titles] == ["new"]
    for wanted in (EditText(color="red"), EditText("b", old="a")):
        with pytest.raises(CannotApply):
            edited(wanted)
    with pytest.raises(CannotApply):
        edited(EditText("b", old="a"), base=edited(AddText("x")))


def test_music_that_goes_round_goes_on_over_what_is_joined() -> None:
    other = SourceFile("o" * 32, "1", "other.mp4", "mp4", "video", 1, "", 5_000, 1080, 1920, 25.0, sound=True)
    base = edited(AddMusic(), AddText("x", part(1, 2)))
    joined = apply([Join()], Material(base, (MUSIC,), following=(other,)))[-1].after
    assert [(clip.name, clip.start, clip.duration) for clip in joined.of_kind(TrackKind.VIDEO)] == [
        ("city.mp4", 0, 10_000),
        ("other.mp4", 10_000, 5_000),
    ]
    [music] = joined.of_kind(TrackKind.AUDIO)
    assert (music.start, music.duration) == (0, 15_000)
    assert (joined.width, joined.height, joined.fit, joined.titles) == (1920, 1080, Fit.BLUR, base.titles)


def test_only_clips_of_one_kind_are_joined() -> None:
    for base, following in ((begin(VIDEO), ()), (begin(VIDEO), (MUSIC,)), (begin(MUSIC), (VIDEO,))):
        with pytest.raises(CannotApply, match="join_needs_more"):
            apply([Join()], Material(base, following=following))


def test_a_waveform_video_that_cannot_be_ready_in_time_is_refused_before_it_is_begun() -> None:
    long = replace(MUSIC, duration=3 * 3600 * 1000)
    with pytest.raises(CannotApply, match="visual_too_long") as refused:
        edited(Visualize(), base=begin(long))
    assert refused.value.values == {"length": "180:00", "most": "60:00"}
    assert edited(Visualize(), Trim((part(0, 600),)), base=begin(long)).duration == 600_000


def test_a_picture_and_a_sound_are_a_film_as_long_as_the_sound() -> None:
    for wanted in (Merge(), AddMusic()):
        made = edited(wanted, base=begin(MUSIC))
        [shown] = made.of_kind(TrackKind.VIDEO)
        assert (shown.source, shown.duration, made.width, made.height) == (PICTURE.id, 4000, 800, 800)
        assert [clip.source for clip in made.of_kind(TrackKind.AUDIO)] == [MUSIC.id]
