"""The line to Discord breaks, is refused, and ends: nothing is lost and nothing is said twice."""

from __future__ import annotations

import asyncio

import pytest

from tests.bots.discord.conftest import World
from tests.servers.discord.world import SEND_MESSAGES, Message
from tests.servers.script import Turn

pytestmark = pytest.mark.usefixtures("house")


async def _answered(world: World, message: Message) -> Message:
    await world.hub.until(lambda: any(each.reply_to is message for each in world.hub.said()))
    return next(each for each in world.hub.said() if each.reply_to is message)


async def test_a_broken_line_is_resumed_and_what_came_meanwhile_is_answered_once(world: World) -> None:
    world.server.gateway.drop()
    asked = world.people.write(world.anna, world.general, f"{world.people.mention} help")
    await _answered(world, asked)
    again = world.people.write(world.anna, world.general, f"{world.people.mention} help")
    await _answered(world, again)
    assert len([each for each in world.hub.said() if each.reply_to is asked]) == 1


async def test_a_payload_that_cannot_be_read_costs_one_client_and_not_the_bot(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    identified = world.server.gateway.identifies
    await world.server.gateway.push_raw({"op": 0, "t": "GUILD_CREATE", "s": 99, "d": {"id": "no number"}})
    async with asyncio.timeout(60):
        while world.server.gateway.identifies == identified:  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.05)
    asked = world.people.write(world.anna, world.general, f"{world.people.mention} help")
    await _answered(world, asked)
    assert "Discord: listening ended" in caplog.text


async def test_a_status_is_edited_after_the_interactions_token_is_over(world: World) -> None:
    hold = asyncio.Event()
    world.cloud.turns.append(Turn(hold=hold))
    asked = world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    await world.hub.until(lambda: asked.original and asked.original.content)
    asked.expired = True
    hold.set()
    result = await world.result()
    await world.hub.until(lambda: asked.original and asked.original.content.startswith("✅ Done"))
    assert result.channel is world.general


async def test_an_answer_that_got_lost_on_its_way_back_does_not_come_twice(world: World) -> None:
    world.server.faults.plan(r"POST .*/channels/\d+/messages$", drop_answer=True)
    world.people.write(world.anna, world.general, f"{world.people.mention} make it brighter", world.clip)
    await world.heard("✅ Done")
    assert len([each for each in world.hub.said() if each.files]) == 1


async def test_where_we_may_not_write_whoever_asked_is_told_by_themselves(world: World) -> None:
    world.general.denied = SEND_MESSAGES
    world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    await world.heard("I may not write in that channel")


async def test_a_result_is_shared_where_its_owner_may_write(world: World) -> None:
    show = world.people.channel(world.lab, "show")
    world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    await world.result()
    await world.heard("✅ Done")
    world.people.slash(world.anna, world.general, "share", channel=show)
    shared = await world.result(show)
    assert shared.content.startswith("Shared by Anna")
    assert shared.files[0].file.content == world.cloud.media
    assert not shared.pinged


async def test_what_is_somebody_elses_is_not_shared(world: World) -> None:
    world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    await world.result()
    asked = world.people.slash(world.ben, world.general, "share", channel=world.general)
    await world.hub.until(lambda: asked.original and not asked.original.loading)
    assert asked.original is not None
    assert asked.original.content == "该成品已不再保留。"
