"""A result over the limit of the chat: its page is opened, and the whole file comes from it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import httpx

from core.settings import BackendKind
from tests.bots.telegram.house import running, settings_for
from tests.bots.telegram.stories.cutroom import Cutroom
from tests.making import lengthened
from tests.servers.cloud import FakeCloud
from tests.servers.telegram import Fault, Kind, TelegramServer


async def test_a_result_over_the_limit_has_a_page_that_is_opened(
    telegram: TelegramServer, clip: Path, tmp_path: Path, unused_tcp_port: int
) -> None:
    public = f"http://127.0.0.1:{unused_tcp_port}/cutroom"
    where = {"public_url": public, "port": unused_tcp_port}
    async with FakeCloud() as cloud:
        cloud.media = lengthened(clip, tmp_path, 51 << 20).read_bytes()
        settings = settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=cloud.url, **where)
        async with running(settings), httpx.AsyncClient() as http:
            anna = telegram.person("Anna")
            anna.send_video(clip, "make it brighter", name="talk.mp4")
            result = await anna.chat.hears(public, 120)
            await anna.chat.hears("✅ Done in")
            [link] = re.findall(r"http\S+", result.text)
            page = await http.get(link)
            assert (page.status_code, "51." in page.text) == (200, True)
            [file] = re.findall(r'property="og:video" content="([^"]+)"', page.text)
            digest = hashlib.sha256()
            async with http.stream("GET", file) as whole:
                assert whole.headers["content-type"] == "video/mp4"
                async for block in whole.aiter_raw():
                    digest.update(block)
        assert digest.hexdigest() == hashlib.sha256(cloud.media).hexdigest()
    assert not telegram.asked("setWebhook")


async def test_the_page_is_what_the_chat_shows_of_a_result_without_its_file(
    telegram: TelegramServer, clip: Path, tmp_path: Path
) -> None:
    public = "https://bot.example.org"
    telegram.fail(Fault(Kind.PAGE, "sendVideo", status=413))
    async with running(settings_for(telegram, tmp_path, public_url=public)):
        anna = telegram.person("Anna")
        anna.send_video(clip, "only keep the first second", name="talk.mp4")
        await anna.chat.hears("was not accepted here as a file", 120)
        await anna.chat.hears("✅ Done in")
    previews = [str(call.values.get("link_preview_options", "")) for call in telegram.asked("sendMessage")]
    assert any(f"{public}/r/" in preview and "is_disabled" not in preview for preview in previews)


async def test_a_page_is_there_after_a_kill_although_the_studio_listens_elsewhere_then(
    telegram: TelegramServer, clip: Path, tmp_path: Path, unused_tcp_port: int
) -> None:
    public = f"http://127.0.0.1:{unused_tcp_port}"
    async with (
        Cutroom(tmp_path, telegram, PUBLIC_URL=public, PORT=str(unused_tcp_port)) as bot,
        httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(retries=8)) as http,  # until it listens again
    ):
        anna = telegram.person("Anna")
        anna.send_video(clip, "only keep the first second", name="talk.mp4")
        result = await anna.chat.hears(public, 120)
        await anna.chat.hears("✅ Done in")
        [link] = re.findall(r"http\S+", result.text)
        before = await http.get(f"{link}/talk.mp4")
        assert before.status_code == 200
        await bot.kill()
        await bot.start()
        page = await http.get(link)
        assert page.status_code == 200
        after = await http.get(f"{link}/talk.mp4", headers={"Range": "bytes=100-199"})
        assert (after.status_code, after.content) == (206, before.content[100:200])
    assert not telegram.asked("setWebhook")
