"""What was written while nobody listened is heard afterwards: all of it that was for the bot, and once."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from tests.bots.discord.conftest import World
from tests.servers.discord.world import Channel, Guild, Message, Person

HISTORY = r"GET .*/channels/\d+/messages$"


async def _answered(world: World, message: Message) -> None:
    await world.hub.until(lambda: any(each.reply_to is message for each in world.hub.said()))


def _asks(world: World, place: Channel, words: str = "help", person: Person | None = None) -> Message:
    return world.people.write(person or world.anna, place, f"{world.people.mention} {words}")


async def _has_run(world: World) -> None:
    async with world.running():
        await _answered(world, _asks(world, world.general))


async def test_a_request_after_much_talk_is_found(world: World) -> None:
    async with world.running():
        world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
        await world.result()
    for number in range(250):
        world.people.write(world.ben, world.general, f"chatter {number}")
    asked = _asks(world, world.general)
    async with world.running():
        await _answered(world, asked)


async def test_requests_of_a_place_are_done_in_the_order_in_which_they_were_written(world: World) -> None:
    await _has_run(world)
    mention = world.people.mention
    world.people.write(world.anna, world.general, f"{mention} make it brighter", world.clip)
    world.people.write(world.anna, world.general, f"{mention} make it darker")
    async with world.running():
        await world.hub.until(lambda: len(world.cloud.asked("run")) == 2)
    assert [request.said for request in world.cloud.asked("run")] == ["make it brighter", "make it darker"]


@pytest.mark.parametrize("way", ["message", "command"])
async def test_what_comes_as_soon_as_the_bot_is_back_does_not_overtake_what_it_missed(world: World, way: str) -> None:
    await _has_run(world)
    world.server.faults.plan(HISTORY, delay=0.5)
    mention = world.people.mention
    world.people.write(world.anna, world.general, f"{mention} make it brighter", world.clip)

    async def as_soon_as_it_is_back() -> None:
        await world.hub.until(lambda: world.server.gateway.identifies == 2)
        if way == "message":
            world.people.write(world.anna, world.general, f"{mention} make it darker")
        else:
            world.people.slash(world.anna, world.general, "edit", request="make it darker")

    writing = asyncio.create_task(as_soon_as_it_is_back())
    async with world.running():
        await writing
        await world.hub.until(lambda: len(world.cloud.asked("run")) == 2)
    assert [request.said for request in world.cloud.asked("run")] == ["make it brighter", "make it darker"]


async def test_a_mention_in_a_channel_and_a_thread_that_never_had_a_job_is_found(world: World) -> None:
    quiet = world.people.channel(world.lab, "quiet")
    thread = world.people.thread(world.general, "a talk")
    await _has_run(world)
    asked = [_asks(world, quiet), _asks(world, thread)]
    async with world.running():
        for each in asked:
            await _answered(world, each)


async def test_a_person_who_never_asked_for_work_is_heard_in_their_dms(world: World) -> None:
    dm = world.people.dm(world.ben)
    async with world.running():
        await _answered(world, world.people.write(world.ben, dm, "帮助"))
    asked = world.people.write(world.ben, dm, "积分")
    async with world.running():
        await _answered(world, asked)


async def test_a_person_who_used_only_a_command_is_heard_in_their_dms(world: World) -> None:
    dm = world.people.dm(world.anna)
    async with world.running():
        used = world.people.slash(world.anna, dm, "help")
        await world.hub.until(lambda: used.original and not used.original.loading)
    asked = world.people.write(world.anna, dm, "help")
    async with world.running():
        await _answered(world, asked)


async def test_a_look_that_fails_is_tried_again(world: World) -> None:
    await _has_run(world)
    asked = _asks(world, world.general)
    world.server.faults.plan(HISTORY, status=503, times=2)
    async with world.running():
        await _answered(world, asked)
    assert len(world.server.faults.met) == 2


async def test_what_was_written_before_the_bot_first_ran_was_not_written_to_it(world: World) -> None:
    old = _asks(world, world.general)
    async with world.running():
        await _answered(world, _asks(world, world.general))
    async with world.running():
        await _answered(world, _asks(world, world.general))
    assert not [each for each in world.hub.said() if each.reply_to is old]


async def test_channels_in_which_nothing_was_written_are_not_looked_at(world: World) -> None:
    for number in range(5):
        world.people.write(world.ben, world.people.channel(world.lab, f"old-{number}"), "long ago")
    await _has_run(world)
    world.hub.calls.clear()
    asked = _asks(world, world.general)
    async with world.running():
        await _answered(world, asked)
    looked = {path for method, path, _ in world.hub.calls if method == "GET" and path.endswith("/messages")}
    assert looked == {f"/channels/{world.general.id}/messages"}


async def test_a_message_that_the_database_could_not_take_is_looked_up_again(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    async with world.running(busy=0.1):
        await _answered(world, _asks(world, world.general))
        with closing(sqlite3.connect(world.settings.data_dir / "cutroom.db", isolation_level=None)) as other:
            other.execute("begin immediate")
            asked = _asks(world, world.general)
            async with asyncio.timeout(60):
                while "looked up again" not in caplog.text:  # noqa: ASYNC110 - a log has no event
                    await asyncio.sleep(0.05)
            other.execute("rollback")
        await _answered(world, asked)


@pytest.mark.parametrize("shards", [1, 2])
async def test_a_shard_whose_session_is_void_looks_for_itself(world: World, shards: int) -> None:
    world.server.account.shards = shards
    last = _guild_on(world, shards - 1, shards)
    place = world.people.channel(last, "general")
    async with world.running():
        await _answered(world, _asks(world, place))
        world.server.gateway.deaf = True
        asked = _asks(world, place)
        world.server.gateway.deaf = False
        await world.server.gateway.invalidate(shard=shards - 1)
        await _answered(world, asked)
    assert world.server.gateway.identifies == shards + 1


def _guild_on(world: World, shard: int, shards: int) -> Guild:
    while True:
        guild = world.people.guild("Another", world.anna)
        if (guild.id >> 22) % shards == shard:
            return guild
