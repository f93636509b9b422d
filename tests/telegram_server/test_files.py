"""Files both ways: limits, kinds, thumbnails, a local server."""

from __future__ import annotations

import io
from pathlib import Path

import httpx
import pytest
from PIL import Image
from telegram import Bot, InputFile
from telegram.error import BadRequest

from tests.servers.telegram import Generated, Person, TelegramServer


async def test_twenty_mebibytes_can_be_fetched_and_a_byte_more_can_not(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    most = 20_971_520
    anna.send_video(Generated(most))
    anna.send_video(Generated(most + 1))
    small, large = (update.message for update in await bot.get_updates())
    assert small is not None
    assert small.video is not None
    assert large is not None
    assert large.video is not None
    assert (await bot.get_file(small.video)).file_path is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(large.video)


async def test_a_local_server_gives_a_path_and_serves_nothing_over_http(local_telegram: TelegramServer) -> None:
    anna = local_telegram.person("Anna")
    anna.send_video(Generated(30 << 20), name="long.mp4")
    async with httpx.AsyncClient(base_url=f"{local_telegram.url}/bot{local_telegram.token}/") as http:
        updates = (await http.post("getUpdates")).json()["result"]
        file_id = updates[0]["message"]["video"]["file_id"]
        path = (await http.post("getFile", json={"file_id": file_id})).json()["result"]["file_path"]
        over_http = await http.get(f"{local_telegram.url}/file/bot{local_telegram.token}{path}")
    assert over_http.status_code == 404
    assert Path(path).stat().st_size == 30 << 20


async def test_an_upload_over_fifty_megabytes_is_not_taken(anna: Person, http: httpx.AsyncClient) -> None:
    large = {"video": ("large.mp4", bytes(50_000_001), "video/mp4")}
    response = await http.post("sendVideo", data={"chat_id": str(anna.id)}, files=large, timeout=60)
    assert response.status_code == 413
    assert response.json()["description"] == "Request Entity Too Large"
    assert anna.chat.shown == []


async def test_a_known_file_is_sent_again_as_its_own_kind_only(bot: Bot, anna: Person) -> None:
    video = anna.send_video(b"clip")
    handle = video.json["video"]["file_id"]
    await bot.send_video(anna.id, handle)
    assert anna.chat.last.uploaded == []
    with pytest.raises(BadRequest, match="Can't use file of type video as document"):
        await bot.send_document(anna.id, handle)
    with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
        await bot.send_document(anna.id, "no-such-file-id")


@pytest.mark.parametrize(("size", "kept"), [((320, 180), True), ((640, 360), False)])
async def test_a_thumbnail_too_large_is_dropped_in_silence(
    bot: Bot, anna: Person, size: tuple[int, int], *, kept: bool
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", size).save(picture, "JPEG")
    await bot.send_video(anna.id, InputFile(b"clip", "a.mp4"), thumbnail=picture.getvalue())
    assert ("thumbnail" in anna.chat.last.json["video"]) is kept


async def test_another_video_than_mpeg_4_becomes_a_document(bot: Bot, anna: Person) -> None:
    sent = await bot.send_video(anna.id, InputFile(b"clip", "a.webm"))
    assert sent.video is None
    assert sent.document is not None
