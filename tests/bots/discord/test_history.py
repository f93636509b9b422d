"""Where the bot may not read the history of a channel, it works with what the events bring it."""

from __future__ import annotations

import pytest

from tests.bots.discord.conftest import World
from tests.servers.discord.world import READ_HISTORY, SEND_MESSAGES
from tests.servers.script import Reply

BRIGHTER = "make it brighter"
pytestmark = pytest.mark.usefixtures("house")


@pytest.mark.parametrize("way", ["mention", "reply", "slash", "menu"])
@pytest.mark.parametrize("fetches", [True, False], ids=["the backend fetches links", "the backend refuses links"])
async def test_a_file_comes_by_the_link_that_came_with_its_message(world: World, way: str, *, fetches: bool) -> None:
    world.general.denied = READ_HISTORY
    if not fetches:
        world.cloud.replies["upload"] += [Reply.coded(4001, http=False)]
    match way:
        case "mention":
            world.people.write(world.anna, world.general, f"{world.people.mention} {BRIGHTER}", world.clip)
        case "reply":
            named = world.people.write(world.anna, world.general, f"{world.people.mention} status", world.clip)
            await world.hub.until(world.hub.said)
            world.people.write(world.anna, world.general, f"{world.people.mention} {BRIGHTER}", reply_to=named)
        case "slash":
            world.people.slash(world.anna, world.general, "edit", request=BRIGHTER, file=world.clip)
        case _:
            message = world.people.write(world.ben, world.general, "look", world.clip)
            opened = world.people.menu(world.anna, world.general, "Edit this media…", message)
            await world.hub.until(lambda: opened.modal)
            world.people.submit(world.anna, opened, request=BRIGHTER)
    result = await world.result()
    assert result.files[0].file.content == world.cloud.media
    assert result.pinged == {world.anna.id}
    assert result.reply_to is None
    assert (len(world.server.files.fetched) > 0) is not fetches


async def test_an_answer_that_may_not_reply_is_said_all_the_same(world: World) -> None:
    world.general.denied = READ_HISTORY
    world.people.write(world.anna, world.general, f"{world.people.mention} help")
    assert (await world.heard("Send me a video", world.general)).reply_to is None


async def test_two_rights_missing_at_once_cost_nothing_either(world: World) -> None:
    """The reply is refused first, and then the message."""
    world.people.write(world.anna, world.general, f"{world.people.mention} {BRIGHTER}", world.clip)
    await world.hub.until(lambda: world.cloud.asked("run"))
    world.general.denied = READ_HISTORY | SEND_MESSAGES
    assert (await world.result()).files
