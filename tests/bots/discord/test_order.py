"""Requests of a place are done in the order in which they arrived, however long each takes to be acknowledged."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bots.wiring.house import House
from tests.bots.discord.conftest import World
from tests.servers.discord.faults import Fault
from tests.servers.discord.world import Interaction, Message

CALLBACK = r"POST .*/callback$"
# How long each acknowledgement takes, in seconds: the last one first, the first one longer than others are waited
# for, and as many commands in a row each behind the one before.
DELAYS = [(0.4, 0.3, 0.2, 0.1), (0.9, 0.0, 0.0, 0.0), (0.0, 0.8, 0.0, 0.4), (0.2, 0.2, 0.2, 0.2)]

pytestmark = pytest.mark.usefixtures("house")


def wish(number: int) -> str:
    return f"make it T{number}"


def _acknowledged_after(world: World, delays: tuple[float, ...]) -> None:
    world.server.faults.planned += [Fault(CALLBACK, delay=delay) for delay in delays]


async def _done_in_order(world: World, house: House, count: int) -> None:
    async with asyncio.timeout(60):
        while len(jobs := await house.store.jobs()) < count:  # noqa: ASYNC110 - the store has no event for it
            await asyncio.sleep(0.02)
    await house.engine.wait_for([job.id for job in jobs])
    assert [request.said for request in world.cloud.asked("run")] == [wish(number) for number in range(count)]


@pytest.mark.parametrize("delays", DELAYS)
async def test_commands_of_a_channel(world: World, house: House, delays: tuple[float, ...]) -> None:
    _acknowledged_after(world, delays)
    for number in range(len(delays)):
        world.people.slash(world.anna, world.general, "edit", request=wish(number), file=world.clip)
    await _done_in_order(world, house, len(delays))


async def test_commands_that_come_while_the_one_before_is_being_acknowledged(world: World, house: House) -> None:
    """Each comes when the one before has been on its way for a while."""
    _acknowledged_after(world, (0.2,) * 4)
    for number in range(4):
        world.people.slash(world.anna, world.general, "edit", request=wish(number), file=world.clip)
        await asyncio.wait([asyncio.create_task(asyncio.sleep(0.12))])
    await _done_in_order(world, house, 4)


@pytest.mark.parametrize("slow", [0, 1, 2, 3])
async def test_whatever_way_they_came_in(world: World, house: House, slow: int) -> None:
    """Command, message, form and button: one of them takes long."""
    offered = await _offer(world)
    looked_at = world.people.write(world.ben, world.general, "look", world.clip)
    opened = world.people.menu(world.anna, world.general, "Edit this media…", looked_at)
    await world.hub.until(lambda: opened.modal)
    delays = [0.6 if number == slow else 0.0 for number in (0, 2, 3)]
    world.server.faults.planned += [Fault(CALLBACK, delay=delay) for delay in delays]
    world.people.slash(world.anna, world.general, "edit", request=wish(0), file=world.clip)
    world.people.write(
        world.anna, world.general, f"{world.people.mention} {wish(1)}", replace(world.clip, name="second.mp4")
    )
    world.people.submit(world.anna, opened, request=wish(2))
    world.people.press(world.anna, offered, "New project")
    await world.heard("A new project is open")
    assert [job.request for job in await house.store.jobs()][:3] == [wish(2), wish(1), wish(0)]


async def _offer(world: World) -> Message:
    world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    result = await world.result()
    await world.heard("✅ Done")
    return result


async def test_one_that_cannot_be_acknowledged_lets_nobody_overtake(world: World, house: House) -> None:
    world.server.faults.planned += [
        Fault(CALLBACK, delay=0.8),
        Fault(CALLBACK, status=404, code=10062),
        Fault(CALLBACK),
    ]
    for number in (0, 99, 1):
        world.people.slash(world.anna, world.general, "edit", request=wish(number), file=world.clip)
    await _done_in_order(world, house, 2)


async def test_places_do_not_wait_for_each_other(world: World) -> None:
    hall = world.people.channel(world.lab, "hall")
    hold = Fault(CALLBACK, delay=5.0)
    world.server.faults.planned.append(hold)
    slow: Interaction = world.people.slash(world.anna, world.general, "edit", request=wish(0), file=world.clip)
    await world.hub.until(lambda: world.server.faults.met)
    world.people.slash(world.ben, hall, "edit", request=wish(1), file=world.clip)
    await world.result(hall)
    assert slow.original is None
