"""Links as people write them, over the wire: fetched, or told why not."""

from __future__ import annotations

import json
from pathlib import Path

from bots.wiring.house import House
from core.settings import BackendKind
from tests.bots.telegram.house import running, settings_for
from tests.servers.cloud import FakeCloud
from tests.servers.telegram import TelegramServer

MP3 = "extract the audio as mp3"
PAGE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
TALK = "https://files.example.com/talk.mp4"


async def test_links_are_fetched_as_people_write_them(telegram: TelegramServer, short: Path, tmp_path: Path) -> None:
    async with FakeCloud() as cloud:
        cloud.media = short.read_bytes()
        async with running(settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=cloud.url)):
            anna, ben = telegram.person("Anna"), telegram.person("Ben")
            lab = telegram.supergroup("Lab", anna, ben)
            anna.send(f"<{TALK}>。")
            await anna.chat.hears("Got talk.mp4.")
            anna.send("🎬🎬 my talk!", behind={"my talk": "https://files.example.com/演讲.mp4"})
            await anna.chat.hears("Got 演讲.mp4.")
            look = ben.send("look (https://files.example.com/a_(1).mp4), nice", to=lab)
            anna.send("/edit@cutroom_bot make it brighter", to=lab, reply_to=look)
            await lab.receives()
        assert [json.loads(sent.body)["urls"] for sent in cloud.asked("upload")] == [
            [TALK],
            ["https://files.example.com/%E6%BC%94%E8%AE%B2.mp4"],
            ["https://files.example.com/a_(1).mp4"],
        ]


async def test_a_page_is_never_taken_for_the_project_that_is_open(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send(f"{PAGE} {MP3}")
    await anna.chat.hears("web pages, such as those of YouTube, do not work")
    anna.send_video(short, "only keep the first 0.5 seconds", name="talk.mp4")
    await anna.chat.receives()
    [job] = await bot.store.jobs()
    anna.send("now cut this one", behind={"this one": PAGE})
    anna.send("http://192.168.1.20/talk.mp4 mute it")
    anna.send("https://files.example.com/talk.flac to mp3")
    await anna.chat.hears("192.168.1.20/talk.mp4: it is not a public address")
    await anna.chat.hears("I can't take talk.flac from a link")
    assert sum("web pages" in said.text for said in anna.chat.shown) == 2
    assert [each.id for each in await bot.store.jobs()] == [job.id]
