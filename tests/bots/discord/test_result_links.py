"""A result over what Discord takes: its page is opened, and the whole file comes from it."""

from __future__ import annotations

import re
from pathlib import Path

import httpx

from bots.discord.app import open_discord
from bots.results.routes import result_routes
from bots.wiring.house import Grounds, open_house
from bots.wiring.http import serve_http
from tests.bots.discord.conftest import World
from tests.making import lengthened

PRIVATE = re.compile(r"127\.0\.0\.1|localhost")


async def test_a_result_over_the_limit_has_a_page_that_is_opened(
    world: World, clip: Path, tmp_path: Path, unused_tcp_port: int
) -> None:
    world.cloud.media = lengthened(clip, tmp_path, 11 << 20).read_bytes()
    public = f"http://127.0.0.1:{unused_tcp_port}"
    grounds = Grounds(world.settings.data_dir / "cutroom.db", world.settings.data_dir / "studio")
    async with (
        open_discord(world.discord) as platform,
        open_house(world.settings, grounds, [platform.messenger], public_url=public) as house,
        serve_http("127.0.0.1", unused_tcp_port, house.store, result_routes(house, public)),
        platform.listening(house),
        httpx.AsyncClient() as http,
    ):
        world.people.write(world.anna, world.general, f"{world.people.mention} make it brighter", world.clip)
        said = await world.heard(f"{public}/r/")
        [link] = re.findall(r"http\S+/r/\w+", said.content)
        page = await http.get(link)
        assert page.status_code == 200
        [file] = re.findall(r'property="og:video" content="([^"]+)"', page.text)
        assert (await http.get(file)).content == world.cloud.media


async def test_without_a_page_no_link_to_this_machine_is_said(world: World, clip: Path, tmp_path: Path) -> None:
    world.cloud.media = lengthened(clip, tmp_path, 11 << 20).read_bytes()
    world.public_url = ""
    async with world.running():
        world.people.write(world.anna, world.general, f"{world.people.mention} make it brighter", world.clip)
        await world.heard("talk.mp4")
    assert not [text for text in world.texts() if PRIVATE.search(text)]
