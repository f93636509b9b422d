"""What was said and would not be done is asked about, and what was said not to be done is not done."""

from __future__ import annotations

import pytest

from studio.timeline.model import Fit
from studio.timeline.operations import (
    AddMusic,
    AddText,
    Cut,
    Fade,
    Merge,
    Moment,
    Mute,
    Operation,
    Part,
    RemoveMusic,
    SetAspect,
    SetVolume,
    Speed,
    Trim,
    Visualize,
)
from studio.understanding import Ask, Understood, understand
from studio.understanding.denying import denied
from studio.understanding.reckoning import unaccounted
from studio.understanding.writing import read

SQUARE = SetAspect(1, 1)
FIRST_TEN = Part(Moment(0), Moment(10))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("make it square and fade it out", SQUARE),
        ("cut the first 10 s and the last 5 s", Cut((FIRST_TEN,))),
        ("先把开头20秒去掉，再把声音存成mp3", Mute()),
        ("make it 8x faster with music at 30%", Speed(8.0)),
        ("make it 8x faster with music at 30%", AddMusic(volume=0.3)),
        ("square, pad it with black bars", SQUARE),
        ("画面改成方形，空的地方补黑边", SQUARE),
        ("write 'one' and 'two' over it", AddText("one")),
        ("a video of it by the artist Lee", Visualize(title="x")),
        ("去掉音乐，干净的音频也发我一份", RemoveMusic()),
        ("add music and loop it", AddMusic()),
        ("as an mp3 at 320k", Mute()),
        ("turn the voice up and make it vertical", SetVolume("voice", 1.5)),
        ("mp3 and an ogg of it", Mute()),
    ],
)
def test_what_no_operation_answers_is_named(text: str, made: Operation) -> None:
    assert unaccounted(read(text), (made,)) is not None


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("make it square", SQUARE),
        ("crop it to a square", SetAspect(1, 1, fit=Fit.CROP)),
        ("the goal is at 0:47, keep 0:40 to 0:55", Trim((Part(Moment(40), Moment(55)),))),
        ("this is a 3 minute clip, keep the first 10 seconds", Trim((FIRST_TEN,))),
        ("don't add music, just make it square", SQUARE),
        ("I already muted it, make it square", SQUARE),
        ("write 'fade out 50%' over it", AddText("fade out 50%")),
        ("add 'holiday.mp3' as music at 30%, make it louder", AddMusic(volume=0.45)),
        ("25% slower", Speed(0.75)),
        ("the last 5 s are mostly silence, cut them", Cut((Part(Moment(-5, 1.0), Moment(0, 1.0)),))),
    ],
)
def test_what_is_answered_or_only_told_is_not_asked_about(text: str, made: Operation) -> None:
    assert unaccounted(read(text), (made,)) is None


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("no muting please", Mute()),
        ("don't fade in", Fade("in")),
        ("不要淡入，只要淡出", Fade("in")),
        ("make it 4:5 without cropping", SetAspect(4, 5, fit=Fit.CROP)),
        ("not the music", SetVolume("bgm", 1.5)),
        ("别剪掉", Cut((FIRST_TEN,))),
        ("don't replace anything", Merge(mix=False)),
    ],
)
def test_what_is_denied_is_found(text: str, made: Operation) -> None:
    assert denied(text, (made,)) is not None


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("don't mute all of it, mute the first 10 s", Mute((FIRST_TEN,))),
        ("not just the picture, fade out the sound", Fade("out")),
        ("without music", RemoveMusic()),
        ("don't cut it, make it square", SQUARE),
    ],
)
def test_what_is_asked_for_beside_a_denial_is_not_denied(text: str, made: Operation) -> None:
    assert denied(text, (made,)) is None


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("剪掉前8秒，哦不对，是剪掉最后8秒", Cut((Part(Moment(-8, 1.0), Moment(0, 1.0)),))),
        ("cut 8 s to 14 s... sorry, I meant cut 18 s to 24 s", Cut((Part(Moment(18), Moment(24)),))),
        ("make it vertical, no wait, square", SQUARE),
    ],
)
def test_who_misspoke_means_what_was_said_last(text: str, wish: Operation) -> None:
    assert understand(text) == Understood((wish,))


@pytest.mark.parametrize(
    "text",
    [
        "cut the first 8 s, no wait, make it square",
        "mute the whole video but leave the sound on",
        "mute the video but keep the voice",
        "keep only the first 10 seconds and throw away the first 10 seconds",
        "保留后半段，还有1分05秒到1分20秒",
        "不是整段静音，只有8秒到11秒要静音，全部静音",
    ],
)
def test_what_contradicts_itself_is_asked_back(text: str) -> None:
    assert isinstance(understand(text, frozenset({"video"})), Ask)


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        ("can you take the museum's piano music away", "take the music away"),
        ("remove the music behind the wedding toast", "remove the music"),
        ("play the whole kneading video at 4x", "play the video at 4x"),
        ("put some jazz behind the cake decorating, at 25%", "put some jazz in the background at 25%"),
        ("健身房的音乐去掉，只要教练的声音", "去掉音乐，只留人声"),
        ("把1分05秒到1分20秒那段狗叫剪掉", "剪掉1分05秒到1分20秒"),
    ],
)
def test_what_a_thing_is_called_changes_no_edit(text: str, plainly: str) -> None:
    assert understand(text, frozenset({"video"})) == understand(plainly, frozenset({"video"}))
    assert isinstance(understand(text, frozenset({"video"})), Understood)


@pytest.mark.parametrize(
    "text", ["remove the coughing sound", "mute the dog's barking sound", "delete the guitar track"]
)
def test_a_sound_of_something_is_not_all_of_the_sound(text: str) -> None:
    assert isinstance(understand(text, frozenset({"video"})), Ask)


@pytest.mark.parametrize(
    "text",
    [
        "the talent show was fun, show it in slow motion 2x",
        "we lost the test, cut the first 5 seconds",
        "the frog and the crow: make it square",
    ],
)
def test_real_words_are_no_slips_of_the_pen(text: str) -> None:
    match understand(text, frozenset({"video"})):
        case Understood(operations):
            assert len(operations) == 1
        case other:
            assert isinstance(other, Ask)
