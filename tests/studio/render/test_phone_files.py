"""What phones, cameras and old programs record, sent in and edited: the result is decoded and measured."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.files.kinds import (
    make_hdr,
    make_interlaced,
    make_tagged,
    make_transparent,
    make_two_sounds,
    make_uneven,
)
from tests.files.looking import begins_to_sound, combs, frame_times, luma, picture, pitch, report, tags
from tests.studio.caller import Caller
from tests.studio.render.test_edits import look

pytestmark = pytest.mark.ffmpeg


async def result(caller: Caller, source: Path, words: str, folder: Path, **output: str) -> Path:
    await caller.upload(source)
    await caller.say(words)
    return await caller.render(folder, **output)


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
@pytest.mark.parametrize("words", ["keep 0:00 to 0:01", "make it 1:1 and blur the sides"])
async def test_high_dynamic_range_becomes_what_every_screen_shows(
    caller: Caller, tmp_path: Path, transfer: str, words: str
) -> None:
    made = await result(caller, make_hdr(tmp_path / "hdr.mov", transfer=transfer), words, tmp_path)
    video = (await look(made)).video
    assert video
    assert (video.codec, video.pixel_format) == ("h264", "yuv420p")
    assert (video.matrix, video.transfer) == ("bt709", "bt709")
    assert "tv, bt709" in report(made)  # the primaries, too
    assert "Mastering display" not in report(made)
    seen = picture(made, 0.5)[18]
    assert seen[8] == pytest.approx(226, abs=6)  # white paper is neither grey nor as bright as the sun
    assert seen[56] == pytest.approx(248, abs=4)


@pytest.mark.parametrize("kind", ["prores", "prores-12", "vp9", "vp8", "qtrle"])
async def test_what_is_transparent_is_black(caller: Caller, tmp_path: Path, kind: str) -> None:
    source = make_transparent(tmp_path / ("a.webm" if kind.startswith("vp") else "a.mov"), kind)
    seen = picture(await result(caller, source, "keep 0:00 to 0:00.5", tmp_path), 0.2)[18]
    assert seen[30][0] > 200
    assert seen[5].max() < 30
    assert seen[60].max() < 30


async def test_woven_fields_are_taken_apart(caller: Caller, tmp_path: Path) -> None:
    source = make_interlaced(tmp_path / "camera.mp4")
    media = await look(source)
    assert media.video
    assert media.video.interlaced
    made = await result(caller, source, "mute the video", tmp_path)
    size = (160, 96)
    assert combs(luma(made, size)) < 0.1 * combs(luma(source, size))
    assert len(frame_times(made)) == len(frame_times(source))
    assert "progressive" in report(made)


@pytest.mark.parametrize("words", ["keep 0:00 to 0:01", "make it 1:1", "extract the audio as mp3"])
async def test_the_sound_that_players_play_is_used(caller: Caller, tmp_path: Path, words: str) -> None:
    source = make_two_sounds(tmp_path / "film.mkv")
    form = {"format": "mp3"} if "mp3" in words else {}
    assert pitch(await result(caller, source, words, tmp_path, **form)) == pytest.approx(1200, abs=20)


@pytest.mark.parametrize("words", ["keep 0:00 to 0:01", "mute the video", "extract the audio as mp3"])
async def test_only_the_names_of_a_file_go_on(caller: Caller, tmp_path: Path, words: str) -> None:
    source = make_tagged(tmp_path / "walk.mp4")
    before = report(source)
    assert "location" in before
    assert "Chapter #0:0" in before
    form = {"format": "mp3"} if "mp3" in words else {}
    made = await result(caller, source, words, tmp_path, **form)
    after = report(made)
    assert "Chapter" not in after
    assert "Data:" not in after
    assert "Subtitle" not in after
    assert {key: value for key, value in tags(made).items() if key in ("title", "artist")} == {
        "title": "A walk",
        "artist": "Ann",
    }
    assert not {"location", "location-eng", "comment", "make", "creation_time"} & set(tags(made))


async def test_uneven_frames_keep_their_times_through_a_cut(caller: Caller, tmp_path: Path) -> None:
    source = make_uneven(tmp_path / "screen.mp4")
    made = await result(caller, source, "cut out 0.5s to 1s", tmp_path)
    kept = [at if at < 0.5 else at - 0.5 for at in frame_times(source) if not 0.4999 <= at < 0.9999]
    assert np.allclose(frame_times(made)[: len(kept)], kept, atol=0.002)
    flash = next(at for at, frame in zip(frame_times(made), luma(made, (160, 90)), strict=False) if frame.mean() > 128)
    assert abs(flash - begins_to_sound(made)) < 0.033
    assert flash == pytest.approx(1.5, abs=0.01)
