from __future__ import annotations

import asyncio
import logging
import socket
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import xxhash

from studio.files.folders import clean_name
from studio.server import Studio
from tests.making import make_clip
from tests.studio.caller import Caller
from tests.studio.conftest import Clips, OpenStudio


@pytest.mark.ffmpeg
async def test_an_upload_is_answered_with_what_the_file_really_is(caller: Caller, clips: Clips) -> None:
    [file] = await caller.upload(clips.talk)
    assert (file["filename"], file["file_type"], file["width"], file["height"]) == ("talk.mp4", "video", 320, 180)
    assert file["duration"] == pytest.approx(4, abs=0.05)
    assert file["fps"] == 25
    assert file["hash"] == xxhash.xxh3_128(clips.talk.read_bytes()).hexdigest()
    assert (await caller.http.get(file["cdn_url"])).content == clips.talk.read_bytes()


async def test_several_files_come_in_one_request(caller: Caller, clips: Clips) -> None:
    files = await caller.upload(clips.talk, clips.music, clips.picture)
    assert [file["file_type"] for file in files] == ["video", "audio", "image"]
    assert len((await caller.state())["video_infos"]) == 3


SCRIPTS = {
    "text": b"this is no video at all\n" * 50,
    "an ffconcat script": b"ffconcat version 1.0\nfile talk.mp4\n",
    "an m3u8 playlist": b"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\ntalk.mp4\n#EXT-X-ENDLIST\n",
    "nothing": b"",
    "an SVG": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
}


@pytest.mark.parametrize("kind", SCRIPTS)
async def test_what_only_says_that_it_is_a_video_is_refused(caller: Caller, tmp_path: Path, kind: str) -> None:
    pretender = tmp_path / "clip.mp4"
    pretender.write_bytes(SCRIPTS[kind])
    assert (await caller.post_files(pretender)).json()["code"] == 4001
    assert kept_files(tmp_path) == []


async def test_a_type_that_is_not_accepted_is_refused_by_its_name(caller: Caller, clips: Clips) -> None:
    answer = (await caller.post_files(clips.music, names=("music.flac",))).json()
    assert answer["code"] == 4001
    assert "mp4" in answer["message"]


async def test_of_several_files_all_are_kept_or_none(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    answer = await caller.post_files(clips.talk, clips.talk, names=("a.mp4", "b.exe"))
    assert answer.json()["code"] == 4001
    assert (await caller.state())["video_infos"] == []
    assert kept_files(tmp_path) == []


async def test_a_file_past_the_limit_is_refused_while_it_comes(open_studio: OpenStudio, tmp_path: Path) -> None:
    big = tmp_path / "big.mp4"
    big.write_bytes(bytes(3_000_000))
    async with Caller(await open_studio(upload_limit=1_000_000)) as caller:
        assert (await caller.post_files(big)).json()["code"] == 4002
    assert kept_files(tmp_path) == []


async def test_a_client_that_goes_away_leaves_nothing_behind(caller: Caller, tmp_path: Path) -> None:
    async def body() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.mp4"\r\n\r\n' + bytes(2_000_000)
        await asyncio.sleep(5)

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    path = f"/api/upload-video/nemo_agent/me/{caller.session}"
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await caller.http.post(path, content=body(), headers=headers)
    async with asyncio.timeout(60):
        while kept_files(tmp_path):  # noqa: ASYNC110 - a folder has no event
            await asyncio.sleep(0.02)


async def test_a_broken_body_is_refused_with_a_sentence(caller: Caller) -> None:
    path = f"/api/upload-video/nemo_agent/me/{caller.session}"
    for headers in ({"Content-Type": "multipart/form-data; boundary=x"}, {"Content-Type": "multipart/form-data"}, {}):
        answer = await caller.http.post(path, content=b"--y\r\n\r\nnothing", headers=headers)
        assert answer.status_code == 422, answer.text


async def test_names_of_strangers_are_shown_and_never_paths(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    answer = (await caller.post_files(clips.talk, names=("../../50%d:-x.mp4",))).json()
    assert answer["data"]["files"][0]["filename"] == "50%d:-x.mp4"
    [kept] = kept_files(tmp_path)
    assert kept.parent.name == caller.session
    assert "50" not in kept.name.partition("-")[0] or "%" not in kept.name


@pytest.mark.ffmpeg
async def test_avi_and_webm_are_taken_too(caller: Caller, tmp_path: Path) -> None:
    clips = [make_clip(tmp_path / f"clip.{kind}", seconds=1) for kind in ("avi", "webm", "mkv", "mov")]
    assert [file["file_type"] for file in await caller.upload(*clips)] == ["video"] * 4


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\films\\a.mp4", "a.mp4"),
        ("/etc/passwd", "file.passwd"),
        ("a\r\nb\u202e.mp4", "ab.mp4"),
        ("", "file"),
        ("影片.mp4", "影片.mp4"),
    ],
)
def test_a_name_is_its_last_part_and_printable(given: str, shown: str) -> None:
    assert clean_name(given).startswith(shown[:4])


def kept_files(folder: Path) -> list[Path]:
    return [path for path in (folder / "data" / "sessions").glob("*/*") if path.is_file()]


@pytest.mark.parametrize("reset", [True, False])
async def test_a_client_that_drops_an_upload_leaves_no_traceback_in_the_log(
    studio: Studio, caller: Caller, tmp_path: Path, caplog: pytest.LogCaptureFixture, reset: bool
) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", caller.http.base_url.port)
    head = (
        f"POST /api/upload-video/nemo_agent/me/{caller.session} HTTP/1.1\r\nHost: studio\r\n"
        f"Authorization: {caller.http.headers['Authorization']}\r\nContent-Length: 9000000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        '--x\r\nContent-Disposition: form-data; name="files"; filename="a.mp4"\r\n\r\n'
    )
    writer.write(head.encode() + bytes(3_000_000))
    async with asyncio.timeout(60):
        while not kept_files(tmp_path):  # noqa: ASYNC110 - a folder has no event
            await asyncio.sleep(0.02)
        if reset:
            linger_not = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_not)
        writer.close()
        while kept_files(tmp_path):  # noqa: ASYNC110 - a folder has no event
            await asyncio.sleep(0.02)
    await studio.close()
    assert not [record for record in caplog.records if record.exc_info or record.levelno >= logging.WARNING]
