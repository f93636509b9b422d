"""What is too much, and what is deleted."""

from __future__ import annotations

import asyncio
import errno
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from studio import DataInUse, StudioSettings
from studio.server import Studio
from tests.making import chosen_ffmpeg, make_audio
from tests.studio.caller import Caller
from tests.studio.conftest import Clips, OpenStudio


def kept_files(folder: Path) -> list[Path]:
    return [path for path in (folder / "data" / "sessions").glob("*/*") if path.is_file()]


def bomb(path: Path, side: int) -> Path:
    """A few hundred kilobytes of PNG that say they are `side` times `side` pixels, and are."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pack = zlib.compressobj(1)
    rows = b"".join(pack.compress(bytes(1 + side)) for _ in range(side)) + pack.flush()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    return path


async def test_a_picture_of_too_many_pixels_is_never_decoded(caller: Caller, tmp_path: Path) -> None:
    assert (await caller.post_files(bomb(tmp_path / "bomb.png", 11_000))).json()["code"] == 4001
    assert kept_files(tmp_path) == []


async def test_pixels_and_length_have_limits(open_studio: OpenStudio, clips: Clips, tmp_path: Path) -> None:
    async with Caller(await open_studio(pixel_limit=50_000, longest=5)) as caller:
        picture = (await caller.post_files(clips.talk)).json()
        sound = (await caller.post_files(clips.music)).json()
    assert (picture["code"], sound["code"]) == (4002, 4002)
    assert "pixels" in picture["message"]
    assert "hours" in sound["message"]
    assert kept_files(tmp_path) == []


async def test_a_draft_may_not_last_longer_than_a_file(open_studio: OpenStudio, clips: Clips) -> None:
    async with Caller(await open_studio(longest=10)) as caller:
        await caller.upload(clips.music)
        await caller.say("mp3")
        draft = (await caller.state())["draft"]
        draft["t"][0]["sg"][0]["s"] = 3_600_000
        assert (await caller.submit(draft)).status_code == 422


async def test_a_full_disk_is_said_before_anything_is_written(
    open_studio: OpenStudio, clips: Clips, tmp_path: Path
) -> None:
    async with Caller(await open_studio(free_space=10**18)) as caller:
        answer = await caller.post_files(clips.talk)
    assert (answer.status_code, answer.json()["message"]) == (507, "The server's disk is full.")
    assert kept_files(tmp_path) == []


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EDQUOT])
async def test_a_disk_that_fills_up_is_said_and_leaves_nothing(
    caller: Caller, clips: Clips, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: int
) -> None:
    def fill(*_: object) -> None:
        raise OSError(reason, "full", str(tmp_path))

    monkeypatch.setattr("studio.files.uploads.Path.replace", fill)
    answer = await caller.post_files(clips.talk)
    assert (answer.status_code, answer.json()["code"]) == (507, 507)
    assert kept_files(tmp_path) == []


async def test_an_encode_may_not_take_for_ever(open_studio: OpenStudio, clips: Clips, tmp_path: Path) -> None:
    async with Caller(await open_studio(render_timeout=0.05)) as caller:
        await caller.upload(clips.large)
        await caller.say("remove the first 1 second")
        await caller.submit((await caller.state())["draft"], "r")
        assert (await caller.finished("r"))["error"] == "The render took too long."
    assert not list((tmp_path / "data" / "results").iterdir())


async def test_an_upload_may_not_stand_still(open_studio: OpenStudio, tmp_path: Path) -> None:
    async with Caller(await open_studio(stall_timeout=0.1)) as caller:
        body = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.mp4"\r\n\r\nbytes'
        assert (await caller.begin_upload(body, 100_000))["code"] == 408
    assert kept_files(tmp_path) == []


async def test_two_studios_never_share_a_folder(studio: Studio, tmp_path: Path) -> None:
    settings = StudioSettings(data=tmp_path / "data", ffmpeg=chosen_ffmpeg().binary)
    with pytest.raises(DataInUse):
        await Studio(settings).start()
    await studio.close()
    async with Studio(settings):
        pass


async def test_what_nobody_came_back_to_is_deleted(tmp_path: Path, clips: Clips) -> None:
    settings = StudioSettings(data=tmp_path / "data", ffmpeg=chosen_ffmpeg().binary)
    async with Studio(settings) as studio, Caller(studio) as caller:
        await caller.upload(clips.talk)
        await caller.say("mute the video")
        await caller.submit((await caller.state())["draft"], "r")
        await caller.finished("r")
    async with Studio(settings) as studio, Caller(studio) as later:
        later.session = caller.session
        assert await later.state()
    await asyncio.sleep(0.01)
    async with Studio(replace(settings, kept_for=0)) as studio, Caller(studio) as later:
        later.session = caller.session
        assert (await later.run("mute")).json()["code"] == 1002
        assert (await later.poll("r"))["code"] == 404
    assert kept_files(tmp_path) == []
    assert not list((tmp_path / "data" / "results").iterdir())


async def test_files_that_no_row_speaks_of_are_swept_away(tmp_path: Path) -> None:
    settings = StudioSettings(data=tmp_path / "data", ffmpeg=chosen_ffmpeg().binary)
    async with Studio(settings) as studio, Caller(studio) as caller:
        await caller.upload(make_audio(tmp_path / "a.mp3", seconds=1))
    strays = [kept_files(tmp_path)[0].with_name("stray.mp4"), tmp_path / "data" / "results" / "stray.mp4"]
    for stray in strays:
        stray.write_bytes(b"killed before its row was written")
    async with Studio(settings):
        assert not any(stray.exists() for stray in strays)
        assert len(kept_files(tmp_path)) == 1
