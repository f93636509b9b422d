"""Music taken away over HTTP: what comes back is decoded, and what is said of it is read."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest

from core.media import Ffmpeg
from studio import Studio, StudioSettings
from studio.separation import Separator
from studio.separation.blocks import RATE
from studio.separation.network import Floats
from tests.making import make_silent_clip
from tests.studio.caller import Caller, Json
from tests.studio.separation.sounds import music, over_music, picture_hash, read, si_sdr, spoken, written


def film(sound: Floats, folder: Path) -> Path:
    picture = make_silent_clip(folder / "picture.mp4", seconds=len(sound) / RATE)
    track, made = written(sound, folder / "track.wav"), folder / "film.mp4"
    inputs = ["-i", str(picture), "-i", str(track), "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac"]
    subprocess.run([Ffmpeg.find().binary, "-v", "error", *inputs, "-shortest", str(made)], check=True)
    return made


def heard_in(film: Path, folder: Path) -> Floats:
    sound = folder / "heard.wav"
    to_mono = ["-ar", str(RATE), "-ac", "1", str(sound)]
    subprocess.run([Ffmpeg.find().binary, "-v", "error", "-i", str(film), *to_mono], check=True)
    return read(sound)


async def finished(caller: Caller) -> Json:
    answer = (await caller.submit((await caller.state())["draft"])).json()
    return await caller.finished(answer["data"]["id"])


async def test_the_music_goes_the_voice_stays_and_the_picture_is_the_same(caller: Caller, tmp_path: Path) -> None:
    voice = spoken()
    source = film(over_music(voice), tmp_path)
    await caller.upload(source)
    said = await caller.say("remove the background music and keep only the voice")
    assert "kept the voice" in said
    assert "small network" in said
    result = await caller.render(tmp_path)
    assert picture_hash(result) == picture_hash(source)
    heard = heard_in(result, tmp_path)
    length = min(len(heard), len(voice))
    assert abs(len(heard) - len(voice)) < RATE // 5
    assert si_sdr(heard[:length], voice[:length]) >= 5


async def test_a_render_with_hardly_a_voice_says_so(caller: Caller, tmp_path: Path) -> None:
    await caller.upload(film(music(4 * RATE) * np.float32(0.2), tmp_path))
    await caller.say("remove the music, keep the voice")
    assert (await finished(caller))["notices"] == ["little-voice"]


async def test_a_render_with_a_voice_has_nothing_to_add(caller: Caller, tmp_path: Path) -> None:
    await caller.upload(film(over_music(spoken()), tmp_path))
    await caller.say("去掉背景音乐，保留人声")
    assert "notices" not in await finished(caller)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_answer_names_demucs_where_it_is_used_and_the_render_where_it_failed(
    tmp_path: Path, ffmpeg: str, language: str
) -> None:
    settings = StudioSettings(data=tmp_path / "data", ffmpeg=ffmpeg, separator=Separator.DEMUCS)
    words = {"en": "remove the music and keep the voice", "zh": "去掉音乐，保留人声"}[language]
    async with Studio(settings, None) as studio, Caller(studio, language=language) as caller:
        await caller.upload(film(over_music(spoken()), tmp_path))
        assert "Demucs" in await caller.say(words)
        assert (await finished(caller))["notices"] == ["fell-back"]
