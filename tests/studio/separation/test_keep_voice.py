"""Voice out of music, on a spoken sentence and music made here, judged by what is really decoded."""

from __future__ import annotations

import asyncio
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.media import FfmpegFailed, safe_input
from studio.separation import Method, keep_voice
from studio.separation.blocks import RATE, voice_of
from studio.separation.network import Floats, load
from tests.making import chosen_ffmpeg, decoded_seconds, make_silent_clip
from tests.making import loudness as loudness_in_db
from tests.studio.separation.sounds import music, over_music, picture_hash, read, si_sdr, spoken, written

pytestmark = pytest.mark.ffmpeg


@pytest.fixture(scope="module")
def voice() -> Floats:
    return spoken()


@pytest.fixture(scope="module")
def mixed(voice: Floats) -> Floats:
    return over_music(voice)


def _pieces(sound: Floats, size: int) -> Iterator[Floats]:
    for start in range(0, len(sound), size):
        yield sound[start : start + size]


def _kept(sound: Floats, *, size: int = RATE, block: int = 625) -> Floats:
    return np.concatenate(list(voice_of(load(), _pieces(sound, size), block)))


def test_the_music_goes_and_the_voice_stays(voice: Floats, mixed: Floats) -> None:
    before, after = si_sdr(mixed.mean(axis=1), voice), si_sdr(_kept(mixed), voice)
    assert after - before >= 5


def test_a_clean_voice_is_left_as_it_was(voice: Floats) -> None:
    clean = np.stack([voice, voice], axis=1)
    assert si_sdr(_kept(clean), voice) >= 20


def test_a_quiet_voice_behind_a_loud_opening_is_kept_as_well(voice: Floats, mixed: Floats) -> None:
    opening = music(20 * RATE)
    opening *= 8 * np.sqrt((mixed**2).mean() / (opening**2).mean())
    behind = _kept(np.concatenate([opening, mixed]))[len(opening) :]
    assert si_sdr(behind, voice) > si_sdr(_kept(mixed), voice) - 0.5


def test_music_alone_is_nearly_gone() -> None:
    sound = music(4 * RATE) * np.float32(0.2)
    kept = _kept(sound)
    assert 10 * np.log10((kept**2).mean() / (sound.mean(axis=1) ** 2).mean()) < -20


@pytest.mark.parametrize(("size", "block"), [(RATE // 3, 40), (7001, 130), (RATE * 2, 61)])
def test_blocks_of_any_size_give_the_same(mixed: Floats, size: int, block: int) -> None:
    assert np.abs(_kept(mixed, size=size, block=block) - _kept(mixed, size=len(mixed), block=10_000)).max() < 1e-4


@pytest.mark.parametrize("length", [0, 1, 100, RATE // 50, RATE])
def test_a_very_short_or_silent_sound_stays_as_long_as_it_was(length: int) -> None:
    kept = _kept(np.zeros((length, 2), np.float32)) if length else np.zeros(0)
    assert len(kept) == length
    assert np.abs(kept).max(initial=0) < 1e-3


async def test_a_file_becomes_a_voice_of_its_length_with_progress(mixed: Floats, voice: Floats, tmp_path: Path) -> None:
    source, to = written(mixed, tmp_path / "talk.m4a"), tmp_path / "voice.wav"
    told: list[float] = []
    outcome = await keep_voice(chosen_ffmpeg(), source, to, on_progress=told.append)
    assert outcome.method is Method.NET
    assert outcome.has_voice
    assert -6 < outcome.level < 0  # half of it was voice
    with wave.open(str(to)) as made:
        assert (made.getframerate(), made.getnchannels()) == (RATE, 1)
    kept = read(to)
    assert abs(len(kept) - len(voice)) < RATE // 10
    length = min(len(kept), len(voice))
    # Decoding and encoding cost next to nothing, in phases as well.
    assert si_sdr(kept[:length], voice[:length]) > si_sdr(_kept(mixed), voice) - 0.5
    assert told == sorted(told)
    assert told[-1] == 1


async def test_music_alone_is_told_from_a_voice(tmp_path: Path) -> None:
    source = written(music(4 * RATE) * np.float32(0.2), tmp_path / "music.wav")
    outcome = await keep_voice(chosen_ffmpeg(), source, tmp_path / "voice.wav", on_progress=lambda _: None)
    assert not outcome.has_voice


FORMS = {
    "8 kHz mono": ["-ar", "8000", "-ac", "1"],
    "96 kHz stereo": ["-ar", "96000"],
    "5.1": ["-af", "pan=5.1|FL=0.5*FL|FR=0.5*FR|FC=0.5*FL+0.5*FR|LFE=0*FL|BL=0.2*FL|BR=0.2*FR"],
    "clipped": ["-af", "volume=12dB"],
    "short": ["-t", "0.03"],
}


@pytest.mark.parametrize("form", FORMS)
async def test_every_form_of_sound_comes_back_as_long_as_it_was(mixed: Floats, tmp_path: Path, form: str) -> None:
    source, to = tmp_path / "in.wav", tmp_path / "out.wav"
    await chosen_ffmpeg().run([*safe_input(written(mixed, tmp_path / "mixed.wav")), *FORMS[form]], output=source)
    await keep_voice(chosen_ffmpeg(), source, to, on_progress=lambda _: None)
    assert decoded_seconds(to, "a") == pytest.approx(decoded_seconds(source, "a"), abs=0.03)
    assert loudness_in_db(to) > -60


async def test_a_mono_voice_is_as_loud_as_it_was(voice: Floats, tmp_path: Path) -> None:
    source, to = tmp_path / "mono.wav", tmp_path / "voice.wav"
    both = written(np.stack([voice, voice], axis=1), tmp_path / "stereo.wav")
    await chosen_ffmpeg().run([*safe_input(both), "-af", "pan=mono|c0=c0"], output=source)
    await keep_voice(chosen_ffmpeg(), source, to, on_progress=lambda _: None)
    assert loudness_in_db(to) == pytest.approx(loudness_in_db(source), abs=0.5)


async def test_a_sound_that_begins_later_than_its_picture_stays_where_it_was(
    voice: Floats, mixed: Floats, tmp_path: Path
) -> None:
    picture, sound = make_silent_clip(tmp_path / "picture.mp4", seconds=3), written(mixed, tmp_path / "mixed.wav")
    late, to = tmp_path / "late.mkv", tmp_path / "voice.wav"
    inputs = [*safe_input(picture), "-itsoffset", "1.5", *safe_input(sound)]
    await chosen_ffmpeg().run([*inputs, "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "flac"], output=late)
    await keep_voice(chosen_ffmpeg(), late, to, on_progress=lambda _: None)
    kept = read(to)
    assert np.abs(kept[: RATE * 14 // 10]).max() < 0.01
    assert si_sdr(kept[RATE * 3 // 2 :][: len(voice)], voice[: len(kept) - RATE * 3 // 2]) >= 5


async def test_a_video_keeps_its_picture_to_the_bit_and_its_voice(voice: Floats, mixed: Floats, tmp_path: Path) -> None:
    ffmpeg = chosen_ffmpeg()
    picture, sound = make_silent_clip(tmp_path / "picture.mp4", seconds=10), written(mixed, tmp_path / "mixed.wav")
    video, kept, result = tmp_path / "talk.mp4", tmp_path / "voice.wav", tmp_path / "result.mp4"
    both = ["-map", "0:v", "-map", "1:a", "-c:v", "copy"]
    await ffmpeg.run([*safe_input(picture), *safe_input(sound), *both, "-c:a", "aac"], output=video)
    await keep_voice(ffmpeg, video, kept, on_progress=lambda _: None)
    await ffmpeg.run([*safe_input(video), *safe_input(kept), *both, "-c:a", "aac", "-b:a", "160k"], output=result)
    assert picture_hash(result) == picture_hash(video)
    await ffmpeg.run([*safe_input(result), "-ar", str(RATE), "-ac", "1"], output=tmp_path / "decoded.wav")
    heard = read(tmp_path / "decoded.wav")
    length = min(len(heard), len(voice))
    assert si_sdr(heard[:length], voice[:length]) >= 5


async def test_what_has_no_sound_is_refused_and_cancelling_leaves_no_process(mixed: Floats, tmp_path: Path) -> None:
    (tmp_path / "no.mp4").write_bytes(b"nothing")
    with pytest.raises(FfmpegFailed):
        await keep_voice(chosen_ffmpeg(), tmp_path / "no.mp4", tmp_path / "to.wav", on_progress=lambda _: None)
    source = written(np.tile(mixed, (6, 1)), tmp_path / "long.wav")

    def stop(share: float) -> None:
        task.cancel()

    task = asyncio.create_task(keep_voice(chosen_ffmpeg(), source, tmp_path / "to.wav", on_progress=stop))
    with pytest.raises(asyncio.CancelledError):
        await task
    found = await asyncio.create_subprocess_exec("pgrep", "-f", str(source), stdout=asyncio.subprocess.PIPE)
    assert (await found.communicate())[0] == b""
