"""Pictures under sounds, panoramas in other shapes, and what is too large, too fast or too long."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from studio.records import SourceFile
from studio.timeline.draft import write_draft
from studio.timeline.editing import apply
from studio.timeline.material import Material, begin
from studio.timeline.operations import Merge
from tests.files.kinds import make, make_transparent
from tests.files.looking import frame_times, picture
from tests.making import decoded_seconds, loudness, make_clip, make_picture
from tests.studio.caller import Caller
from tests.studio.conftest import Clips
from tests.studio.render.test_edits import look

pytestmark = pytest.mark.ffmpeg


async def film(caller: Caller, photo: Path, song: Path, folder: Path) -> Path:
    """The picture with the sound under it."""
    ids = [file["cdn_url"].split("/")[-2] for file in await caller.upload(photo, song)]
    with Image.open(photo) as opened:
        shown = SourceFile(ids[0], "", photo.name, "", "image", 1, "", None, *opened.size)
    heard = SourceFile(ids[1], "", song.name, "mp3", "audio", 1, "", 6000, sound=True)
    [step] = apply([Merge()], Material(begin(heard), (heard,), (shown,), (shown, heard)))
    answer = (await caller.submit(write_draft(step.after))).json()
    done = await caller.finished(answer["data"]["id"])
    made = folder / "film.mp4"
    made.write_bytes((await caller.http.get(done["output"]["url"])).content)
    return made


async def test_a_picture_and_a_sound_are_a_film(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    made = await film(caller, make_picture(tmp_path / "photo.jpg", size="401x301"), clips.music, tmp_path)
    media = await look(made)
    assert media.video
    assert media.audio
    assert (media.video.codec, media.video.width, media.video.height, media.audio.codec) == ("h264", 400, 300, "aac")
    assert decoded_seconds(made, "v") == pytest.approx(6, abs=0.1)
    assert decoded_seconds(made, "a") == pytest.approx(6, abs=0.1)


@pytest.mark.parametrize(
    ("size", "words", "frame"),
    [
        ("2000x400", "make it 9:16", (1080, 1920)),
        ("1920x800", "make it 9:16", (1080, 1920)),
        ("1920x800", "make it square and crop", (1080, 1080)),
        ("640x360", "make it 9:16", (360, 640)),
        ("1280x720", "make it square", (720, 720)),
    ],
)
async def test_a_wide_picture_fills_another_shape(
    caller: Caller, tmp_path: Path, size: str, words: str, frame: tuple[int, int]
) -> None:
    await caller.upload(make_clip(tmp_path / "wide.mp4", seconds=0.3, size=size, sound=False))
    assert f"{frame[0]}×{frame[1]}" in await caller.say(words)
    video = (await look(await caller.render(tmp_path))).video
    assert video
    assert (video.width, video.height) == frame


async def told(caller: Caller, folder: Path, **output: str) -> tuple[list[str], Path]:
    """The notices of the render, and its file."""
    made = await caller.render(folder, **output)
    return (await caller.poll(made.stem)).get("notices", []), made


@pytest.mark.parametrize(("rate", "notices"), [(60, []), (120, ["sixty-frames"])])
async def test_sixty_frames_a_second_stay_and_more_are_said_to_go(
    caller: Caller, tmp_path: Path, rate: int, notices: list[str]
) -> None:
    frames = ["-f", "lavfi", "-i", f"testsrc2=s=160x90:r={rate}:d=1", "-pix_fmt", "yuv420p"]
    await caller.upload(make(tmp_path / "fast.mp4", *frames))
    await caller.say("keep the first 0.5 seconds")
    said, made = await told(caller, tmp_path)
    assert said == notices
    assert len(frame_times(made)) == pytest.approx(30, abs=1)


@pytest.mark.parametrize(("words", "notices"), [("keep 0:00 to 0:00.2", ["full-hd"]), ("mute the video", [])])
async def test_what_becomes_smaller_is_said_to(caller: Caller, tmp_path: Path, words: str, notices: list[str]) -> None:
    await caller.upload(make_clip(tmp_path / "large.mp4", seconds=0.4, size="3840x2160"))
    await caller.say(words)
    said, made = await told(caller, tmp_path)
    video = (await look(made)).video
    assert said == notices
    assert video
    assert video.width == (1920 if notices else 3840)


@pytest.mark.parametrize(
    ("peak", "words", "notices", "louder"),
    [
        (1.0, "50% louder", ["full-scale"], 0.0),
        (0.7, "twice as loud", ["held-back"], 2.5),
        (0.3, "50% louder", [], 3.5),
    ],
)
async def test_what_cannot_become_that_loud_is_said(
    caller: Caller, tmp_path: Path, peak: float, words: str, notices: list[str], louder: float
) -> None:
    source = make(tmp_path / "tone.wav", "-f", "lavfi", "-i", f"aevalsrc='{peak}*sin(2*PI*440*t)':d=1")
    await caller.upload(source)
    await caller.say(words)
    said, made = await told(caller, tmp_path, format="wav")
    assert said == notices
    assert loudness(made) - loudness(source) == pytest.approx(louder, abs=0.6)


async def test_of_silence_no_voice_is_kept(caller: Caller, tmp_path: Path) -> None:
    await caller.upload(make(tmp_path / "silence.wav", "-f", "lavfi", "-i", "anullsrc=d=2"))
    await caller.say("remove the music")
    said, made = await told(caller, tmp_path, format="wav")
    assert said == ["silence"]
    assert loudness(made) < -80


@pytest.mark.parametrize("kind", ["rgba64", "ya16", "rgba"])
async def test_what_is_transparent_in_a_picture_is_black(
    caller: Caller, clips: Clips, tmp_path: Path, kind: str
) -> None:
    seen = picture(await film(caller, make_transparent(tmp_path / "logo.png", kind), clips.music, tmp_path), 0.2)[18]
    assert seen[30].max() > 50
    assert max(seen[5].max(), seen[60].max()) < 30
