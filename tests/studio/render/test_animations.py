"""An animated GIF is a film without sound: what words make of one is decoded and looked at."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.media import Ability
from tests.making import (
    chosen_ffmpeg,
    decoded_seconds,
    loudness,
    make_animation,
    make_audio,
    make_lesser_ffmpeg,
    make_picture,
    need,
)
from tests.studio.caller import Caller
from tests.studio.conftest import Clips, OpenStudio

pytestmark = pytest.mark.ffmpeg

# Red and blue by turns: red up to 0.5 s, blue up to 0.7 s, red up to 1.0 s, blue up to 3.0 s.
_LENGTHS = (500, 200, 300, 2000)


@pytest.fixture(params=["gif", "webp"])
def animation(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "webp":
        need(Ability.READ_ANIMATED_WEBP)
    return make_animation(tmp_path / f"loop.{request.param}", ms=_LENGTHS)


def colors(path: Path, moments: tuple[float, ...]) -> str:
    """ "rb" for a film that is red in the middle at the first moment and blue at the second."""
    return "".join("r" if middle[0] > middle[2] else "b" for middle in _middles(path, *moments))


def _middles(path: Path, *moments: float) -> NDArray[np.float64]:
    """The color in the middle at each moment, all read by one FFmpeg."""
    sought = [part for at in moments for part in ("-ss", str(at), "-i", str(path))]
    one_each = "".join(f"[{n}:v]trim=end_frame=1,scale=9:9,setsar=1[f{n}];" for n in range(len(moments)))
    joined = "".join(f"[f{n}]" for n in range(len(moments))) + f"concat=n={len(moments)}"
    raw = ["-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    command = [chosen_ffmpeg().binary, "-v", "error", *sought, "-filter_complex", one_each + joined, *raw]
    done = subprocess.run(command, capture_output=True, check=True)
    return np.frombuffer(done.stdout, np.uint8).reshape(len(moments), 9, 9, 3)[:, 4, 4].astype(float)


async def made(caller: Caller, folder: Path, words: str) -> Path:
    await caller.say(words)
    return await caller.render(folder)


async def test_it_is_told_to_be_a_video_and_one_frame_a_picture(
    caller: Caller, animation: Path, tmp_path: Path
) -> None:
    files = await caller.upload(animation, make_picture(tmp_path / "one.gif"))
    assert [file["file_type"] for file in files] == ["video", "image"]
    assert [file["duration"] for file in files] == [pytest.approx(3.0, abs=0.02), None]


async def test_its_frames_keep_their_times(caller: Caller, animation: Path, tmp_path: Path) -> None:
    await caller.upload(animation)
    path = await made(caller, tmp_path, "make it 1:1 and crop")
    assert colors(path, (0.1, 0.45, 0.55, 0.8, 1.1, 2.9)) == "rrbrbb"
    assert decoded_seconds(path, "v") == pytest.approx(3, abs=0.06)


async def test_its_shape_is_changed(caller: Caller, animation: Path, tmp_path: Path) -> None:
    await caller.upload(animation)
    media = await chosen_ffmpeg().probe(path := await made(caller, tmp_path, "make it 9:16"))
    assert media
    assert media.video
    assert media.audio is None
    assert media.video.width * 16 == media.video.height * 9
    assert colors(path, (0.1, 1.5)) == "rb"


async def test_a_song_is_laid_under_it(caller: Caller, animation: Path, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(animation, clips.music)
    path = await made(caller, tmp_path, "add my song as background music")
    assert decoded_seconds(path, "v") == pytest.approx(3, abs=0.06)
    assert decoded_seconds(path, "a") == pytest.approx(3, abs=0.06)
    assert loudness(path, start=1, seconds=1) > -30


async def test_a_sound_is_merged_with_it(caller: Caller, animation: Path, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(animation, clips.music)
    path = await made(caller, tmp_path, "merge the audio with the video")
    assert decoded_seconds(path, "v") == pytest.approx(3, abs=0.06)
    assert loudness(path, start=2, seconds=0.9) > -30
    assert colors(path, (0.1, 0.6, 0.8, 2.5)) == "rbrb"


@pytest.mark.parametrize(
    ("words", "length", "moments", "seen"),
    [
        ("keep 0.6 to 1.2 seconds", 0.6, (0.05, 0.2, 0.5), "brb"),
        ("cut out 0.5s to 1s", 2.5, (0.2, 0.55, 2.3), "rbb"),
        ("make it 2x faster", 1.5, (0.1, 0.3, 0.42, 1.4), "rbrb"),
        ("slow it down to half speed", 6.0, (0.9, 1.2, 1.8, 5.5), "rbrb"),
        ("keep the last 1.5 seconds", 1.5, (0.1, 1.3), "bb"),
    ],
)
async def test_it_is_cut_and_sped_up(
    caller: Caller, animation: Path, tmp_path: Path, words: str, length: float, moments: tuple[float, ...], seen: str
) -> None:
    await caller.upload(animation)
    path = await made(caller, tmp_path, words)
    assert decoded_seconds(path, "v") == pytest.approx(length, abs=0.11)
    assert colors(path, moments) == seen


async def test_a_title_stands_over_it(caller: Caller, animation: Path, tmp_path: Path) -> None:
    await caller.upload(animation)
    await caller.say("make it 640x360")
    path = await made(caller, tmp_path, 'add the green title "■■■■■" in the middle for 2 seconds')
    shown, gone = _middles(path, 1.3, 2.8)
    assert shown[1] > gone[1] + 40


async def test_it_is_joined_with_a_film(caller: Caller, animation: Path, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(animation, clips.talk)
    path = await made(caller, tmp_path, "join the clips")
    assert decoded_seconds(path, "v") == pytest.approx(7, abs=0.1)
    assert colors(path, (0.1, 0.6, 0.8, 2.5)) == "rbrb"
    assert loudness(path, start=4, seconds=2) > -40


async def test_where_a_picture_is_needed_it_is_one(caller: Caller, animation: Path, tmp_path: Path) -> None:
    await caller.upload(animation, make_audio(tmp_path / "music.mp3", seconds=1.5))
    said = await caller.say("make a waveform video of the song over this image as the background")
    assert "waveform" in said, said
    assert decoded_seconds(await caller.render(tmp_path), "v") == pytest.approx(1.5, abs=0.1)


async def test_it_has_no_sound_to_take_out(caller: Caller, animation: Path) -> None:
    await caller.upload(animation)
    assert "no sound" in await caller.say("extract the audio as mp3")


async def test_an_ffmpeg_that_cannot_read_one_is_said_to(open_studio: OpenStudio, tmp_path: Path) -> None:
    moving, lesser = tmp_path / "a.webp", make_lesser_ffmpeg(tmp_path / "ffmpeg", "webp_anim")
    async with Caller(await open_studio(ffmpeg=str(lesser))) as caller:
        answer = (await caller.post_files(make_animation(moving, ms=_LENGTHS))).json()
        assert answer["code"] == 4001
        assert answer["message"] == "The FFmpeg in use cannot read animated WebP. Send it as a GIF or MP4."
        assert await caller.upload(make_animation(tmp_path / "a.gif", ms=_LENGTHS))
