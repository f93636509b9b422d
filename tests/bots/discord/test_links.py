"""Links as people write them on Discord: in <…>, behind words, forwarded, and in the message that is replied to."""

from __future__ import annotations

import json

import pytest

from bots.wiring.house import House
from tests.bots.discord.conftest import World

pytestmark = pytest.mark.usefixtures("house")
FILES = "https://files.example.com"
PAGE = "https://youtu.be/dQw4w9WgXcQ"


async def test_links_are_fetched_as_people_write_them(world: World) -> None:
    dm = world.people.dm(world.anna)
    first = world.people.write(world.anna, dm, f"<{FILES}/a.mp4>")
    await world.heard("Got a.mp4.", dm)
    world.people.write(world.anna, dm, f"[my clip](<{FILES}/b(1).mp4>)")
    await world.heard("Got b(1).mp4.", dm)
    world.people.write(world.anna, dm, f"||{FILES}/c.mp4||，**{FILES}/演讲.mp4**。")
    await world.heard("Got c.mp4, 演讲.mp4.", dm)
    look = world.people.write(world.ben, world.general, f"look: {FILES}/d.mp4.")
    world.people.write(world.anna, dm, forwards=look)
    await world.heard("Got d.mp4.", dm)
    world.people.write(world.anna, dm, "make it brighter", reply_to=first)
    await world.result(dm)
    asked = [json.loads(upload.body)["urls"] for upload in world.cloud.asked("upload")]
    names = ["a.mp4", "b(1).mp4", "c.mp4", "%E6%BC%94%E8%AE%B2.mp4", "d.mp4", "a.mp4"]
    assert [url for urls in asked for url in urls] == [f"{FILES}/{name}" for name in names]


async def test_a_page_is_never_taken_for_the_project_that_is_open(world: World, house: House) -> None:
    dm = world.people.dm(world.anna)
    world.people.write(world.anna, dm, f"trim [this video](<{PAGE}>)")
    await world.heard("web pages, such as those of YouTube, do not work", dm)
    world.people.write(world.anna, dm, "make it brighter", world.clip)
    await world.result(dm)
    look = world.people.write(world.anna, dm, f"<{PAGE}>")
    world.people.write(world.anna, dm, "now cut the first 3 seconds", reply_to=look)
    await world.hub.until(lambda: sum("web pages" in text for text in world.texts(dm)) == 3)
    assert len(await house.store.jobs()) == len(world.cloud.asked("run")) == 1
