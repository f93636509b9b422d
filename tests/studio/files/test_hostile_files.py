"""Files as strangers make them: each ends in a code and a sentence, nothing else is read, and the studio goes on."""

from __future__ import annotations

import struct
import subprocess
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.making import chosen_ffmpeg, decoded_seconds, make_audio, make_clip, make_picture
from tests.studio.caller import Caller
from tests.studio.conftest import Clips
from tests.studio.files.test_limits import kept_files

pytestmark = pytest.mark.ffmpeg


def _hours(path: Path) -> None:
    """Ten hours of silence in a few megabytes: a hundred samples a second."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(100)
        sound.writeframes(b"\x80" * 3_600_000)


def _no_frames(path: Path) -> None:
    _ffmpeg("-f", "lavfi", "-i", "testsrc2=s=64x64:d=1", "-t", "0", "-c:v", "libx264", str(path))


def _beheaded(path: Path) -> None:
    whole = make_clip(path.with_name("whole.mp4"), seconds=1).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _huge_gif(path: Path) -> None:
    path.write_bytes(b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\x80\0\0" + bytes(6) + b",\0\0\0\0" + bytes(40))


def _exr(path: Path) -> None:
    path.write_bytes(b"\x76\x2f\x31\x01\x02\0\0\0channels\0chlist\0" + bytes(300))


def _svg(path: Path) -> None:
    path.write_text("<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/hostname'/></svg>")


def _playlist_with_a_head(path: Path) -> None:
    """An MP3's tag, then a list of files."""
    path.write_bytes(b"ID3\x04\0\0\0\0\0\0#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n")


FILES: dict[str, tuple[str, Callable[[Path], None], int]] = {
    "an MP4 of no frames": ("none.mp4", _no_frames, 4001),
    "an MP4 that was cut off": ("half.mp4", _beheaded, 4001),
    "a GIF of four thousand million pixels": ("huge.gif", _huge_gif, 4001),
    "an EXR that says it is a PNG": ("film.png", _exr, 4001),
    "an SVG that names another file": ("drawing.png", _svg, 4001),
    "a playlist behind the head of an MP3": ("song.mp3", _playlist_with_a_head, 4001),
    "ten hours of silence": ("long.wav", _hours, 4002),
}


@pytest.mark.parametrize("kind", FILES)
async def test_a_hostile_file_is_refused_and_the_next_one_is_taken(
    caller: Caller, clips: Clips, tmp_path: Path, kind: str
) -> None:
    name, make, code = FILES[kind]
    path = tmp_path / name
    make(path)
    answer = (await caller.post_files(path)).json()
    assert answer["code"] == code, answer
    assert answer["message"].endswith(".")
    assert kept_files(tmp_path) == []
    assert len(await caller.upload(clips.picture)) == 1


async def test_a_picture_that_says_it_is_a_sound_is_a_picture(caller: Caller, tmp_path: Path) -> None:
    picture = make_picture(tmp_path / "cover.jpg").rename(tmp_path / "cover.mp3")
    assert (await caller.upload(picture))[0]["file_type"] == "image"


async def test_a_file_that_breaks_off_ends_its_render_with_what_there_is(caller: Caller, tmp_path: Path) -> None:
    """Its header is whole, so it is taken; half of the samples that it promises are not there."""
    sound = make_audio(tmp_path / "a.wav", seconds=2)
    sound.write_bytes(sound.read_bytes()[: sound.stat().st_size // 2])
    await caller.upload(sound)
    await caller.say("extract the audio as MP3")
    path = await caller.render(tmp_path, format="mp3")
    assert decoded_seconds(path, "a") == pytest.approx(1, abs=0.1)


def _ffmpeg(*args: str) -> None:
    subprocess.run([chosen_ffmpeg().binary, "-v", "error", "-y", *args], check=True)
