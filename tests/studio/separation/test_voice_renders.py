"""Music taken away over HTTP: what comes back is decoded, and what is said of it is read."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.media import Ffmpeg
from studio import StudioSettings
from studio.render import voices
from studio.separation import Outcome, Separator, keep_voice
from studio.separation.blocks import RATE
from studio.separation.network import Floats
from studio.server import Studio
from tests.making import chosen_ffmpeg, make_silent_clip
from tests.studio.caller import Caller, Json
from tests.studio.conftest import OpenStudio
from tests.studio.separation.sounds import music, over_music, picture_hash, read, si_sdr, spoken, written


def film(sound: Floats, folder: Path) -> Path:
    picture = make_silent_clip(folder / "picture.mp4", seconds=len(sound) / RATE)
    track, made = written(sound, folder / "track.wav"), folder / "film.mp4"
    inputs = ["-i", str(picture), "-i", str(track), "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac"]
    subprocess.run([chosen_ffmpeg().binary, "-v", "error", *inputs, "-shortest", str(made)], check=True)
    return made


@pytest.fixture(scope="session")
def talked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of a film in which somebody talks over music."""
    return film(over_music(spoken()[: 2 * RATE]), tmp_path_factory.mktemp("talked"))


def heard_in(film: Path, folder: Path) -> Floats:
    sound = folder / "heard.wav"
    to_mono = ["-ar", str(RATE), "-ac", "1", str(sound)]
    subprocess.run([chosen_ffmpeg().binary, "-v", "error", "-y", "-i", str(film), *to_mono], check=True)
    return read(sound)


async def finished(caller: Caller) -> Json:
    answer = (await caller.submit((await caller.state())["draft"])).json()
    return await caller.finished(answer["data"]["id"])


@pytest.mark.ffmpeg
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


@pytest.mark.ffmpeg
async def test_a_render_with_hardly_a_voice_says_so(caller: Caller, tmp_path: Path) -> None:
    await caller.upload(film(music(4 * RATE) * np.float32(0.2), tmp_path))
    await caller.say("remove the music, keep the voice")
    assert (await finished(caller))["notices"] == ["little-voice"]


async def test_a_render_with_a_voice_has_nothing_to_add(caller: Caller, talked: Path) -> None:
    await caller.upload(talked)
    await caller.say("去掉背景音乐，保留人声")
    assert "notices" not in await finished(caller)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_answer_names_demucs_where_it_is_used_and_the_render_where_it_failed(
    talked: Path, tmp_path: Path, ffmpeg: str, language: str
) -> None:
    settings = StudioSettings(data=tmp_path / "data", ffmpeg=ffmpeg, separator=Separator.DEMUCS)
    words = {"en": "remove the music and keep the voice", "zh": "去掉音乐，保留人声"}[language]
    async with Studio(settings) as studio, Caller(studio, language=language) as caller:
        await caller.upload(talked)
        assert "Demucs" in await caller.say(words)
        assert (await finished(caller))["notices"] == ["fell-back"]


@pytest.fixture
def separated(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The sources that the network has been run on so far: it runs as ever."""
    sources: list[Path] = []

    async def counted(ffmpeg: Ffmpeg, source: Path, to: Path, **more: Callable[[float], None]) -> Outcome:
        sources.append(source)
        return await keep_voice(ffmpeg, source, to, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(voices, "keep_voice", counted)
    return sources


async def test_a_later_render_takes_the_voice_that_was_kept(
    open_studio: OpenStudio, talked: Path, tmp_path: Path, separated: list[Path]
) -> None:
    studio = await open_studio()
    async with Caller(studio) as caller:
        await caller.upload(talked)
        await caller.say("remove the music and keep the voice")
        first = heard_in(await caller.render(tmp_path), tmp_path)
        await studio.close()
        studio = await open_studio()
        caller.http.base_url = studio.base_url
        await caller.say("keep the first second")
        second = heard_in(await caller.render(tmp_path), tmp_path)
        await caller.upload(Path(shutil.copy(talked, tmp_path / "again.mp4")))  # the same film by another name
        await caller.say("remove the music and keep the voice")
        await caller.render(tmp_path)
    assert len(separated) == 1
    assert len(second) == pytest.approx(RATE, abs=RATE // 10)
    inner = len(second) - RATE // 10
    assert np.abs(second[:inner] - first[:inner]).max() < 0.02 < np.abs(first[:inner]).max()


async def test_what_is_told_of_a_voice_is_told_of_every_render(
    caller: Caller, tmp_path: Path, separated: list[Path]
) -> None:
    await caller.upload(film(music(4 * RATE) * np.float32(0.2), tmp_path))
    await caller.say("remove the music, keep the voice")
    assert [(await finished(caller))["notices"] for _ in range(2)] == [["little-voice"]] * 2
    assert len(separated) == 1


async def test_another_separator_makes_another_voice(
    open_studio: OpenStudio, talked: Path, separated: list[Path]
) -> None:
    studio = await open_studio(separator=Separator.NET)
    async with Caller(studio) as caller:
        await caller.upload(talked)
        await caller.say("remove the music and keep the voice")
        assert "notices" not in await finished(caller)
        await studio.close()
        studio = await open_studio(separator=Separator.DEMUCS)
        caller.http.base_url = studio.base_url
        assert [(await finished(caller))["notices"] for _ in range(2)] == [["fell-back"]] * 2
    assert len(separated) == 2


async def test_a_voice_that_is_lost_is_made_again(
    caller: Caller, talked: Path, tmp_path: Path, separated: list[Path]
) -> None:
    await caller.upload(talked)
    await caller.say("remove the music and keep the voice")
    await finished(caller)
    [kept] = kept_voices(tmp_path)
    kept.unlink()
    assert (await finished(caller))["status"] == "completed"
    assert len(separated) == 2
    assert kept_voices(tmp_path) == [kept]


async def test_a_cancelled_separation_leaves_nothing_and_the_next_render_works(
    caller: Caller, talked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def stuck(_: Ffmpeg, __: Path, to: Path, **___: object) -> Outcome:
        to.write_bytes(b"half a voice")
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    with monkeypatch.context() as patched:
        patched.setattr(voices, "keep_voice", stuck)
        await caller.upload(talked)
        await caller.say("remove the music and keep the voice")
        await caller.submit((await caller.state())["draft"], "stopped")
        await begun.wait()
        await caller.http.post("/api/render/proxy/lambda/stopped/cancel")
    assert kept_voices(tmp_path) == []
    assert list((tmp_path / "data" / "work").iterdir()) == []
    assert (await finished(caller))["status"] == "completed"


async def test_a_voice_goes_with_its_session(open_studio: OpenStudio, talked: Path, tmp_path: Path) -> None:
    studio = await open_studio()
    async with Caller(studio) as caller:
        await caller.upload(talked)
        await caller.say("remove the music and keep the voice")
        await finished(caller)
    await studio.close()
    assert len(kept_voices(tmp_path)) == 1
    stray = kept_voices(tmp_path)[0].with_name("stray.voice.wav")  # its row was never written
    stray.write_bytes(b"RIFF")
    await (await open_studio()).close()
    assert len(kept_voices(tmp_path)) == 1
    await open_studio(kept_for=-1.0)
    async with asyncio.timeout(60):
        while kept_voices(tmp_path):  # noqa: ASYNC110 - a folder has no event
            await asyncio.sleep(0.02)


async def test_a_voice_that_the_disk_has_no_room_for_is_said_to_be(
    open_studio: OpenStudio, talked: Path, tmp_path: Path
) -> None:
    async with Caller(await open_studio()) as caller:
        await caller.upload(talked)
        await caller.say("remove the music and keep the voice")
        draft = (await caller.state())["draft"]
        free = shutil.disk_usage(tmp_path).free
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(voices, "_BYTES_A_SECOND", free)
            await caller.submit(draft, "full")
            answer = await caller.finished("full")
    assert (answer["status"], answer["error"]) == ("failed", "The server's disk is full.")
    assert answer["reason"] == "disk-full"


def kept_voices(folder: Path) -> list[Path]:
    return list((folder / "data" / "sessions").glob("*/*.voice.wav"))
