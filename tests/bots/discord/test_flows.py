"""Flows as people go through them, also for longer than an interaction lives. Discord is simcord's, in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from tests.bots.discord.conftest import settings_on
from tests.bots.discord.simulated import Simulation, simulated
from tests.servers.cloud import FakeCloud
from tests.servers.script import Turn

WORDS = "make it brighter"


@pytest.fixture
async def sim(cloud: FakeCloud, tmp_path: Path) -> AsyncIterator[Simulation]:
    async with asyncio.timeout(60), simulated(settings_on(cloud, tmp_path)) as sim:
        yield sim


@pytest.fixture
def general(sim: Simulation) -> ChannelHandle:
    return sim.env.create_guild().create_text_channel("general")


@pytest.fixture
def anna(sim: Simulation, general: ChannelHandle) -> MemberActor:
    return sim.env.guild.add_member(sim.env.create_user("anna"))


@pytest.fixture
def file(clip: Path) -> tuple[str, bytes]:
    return ("talk.mp4", clip.read_bytes())


def _result(place: ChannelHandle) -> discord.Message:
    [found] = [each for each in place.history() if each.author.bot and each.attachments]
    return found


async def test_a_command_with_a_file_brings_the_file_back_and_its_status_ends(
    sim: Simulation, anna: MemberActor, general: ChannelHandle, file: tuple[str, bytes]
) -> None:
    asked = await anna.slash(general, "edit", request=WORDS, file=file)
    await sim.done()
    assert asked.response is not None
    assert asked.response.content.startswith("✅ Done in")
    assert _result(general).content.startswith(anna.mention)


async def test_the_menu_asks_for_the_request_and_edits_somebody_elses_file(
    sim: Simulation, anna: MemberActor, general: ChannelHandle, cloud: FakeCloud, file: tuple[str, bytes]
) -> None:
    ben = sim.env.guild.add_member(sim.env.create_user("ben"))
    message = await ben.send(general, "look", attachments=[file])
    opened = await anna.context_menu(general, "Edit this media…", message)
    await anna.submit_modal(opened, {"request": WORDS})
    await sim.done()
    assert _result(general).content.startswith(anna.mention)
    assert [request.said for request in cloud.asked("run")] == [WORDS]


async def test_a_mention_and_a_dm_with_a_file_are_answered_where_they_were_written(
    sim: Simulation, anna: MemberActor, general: ChannelHandle, cloud: FakeCloud, file: tuple[str, bytes]
) -> None:
    me = sim.env.guild.me
    assert me is not None
    asked = await anna.send(general, f"{me.mention} {WORDS}", attachments=[file])
    await sim.done()
    replied = _result(general).reference
    assert replied is not None
    assert replied.message_id == asked.id
    stored = sim.env.backend.store_attachments(anna.user.dm_channel.id, [file])
    await anna.send_dm("make it darker", attachments=stored)
    await sim.done()
    assert _result(anna.user.dm_channel).attachments
    assert [request.said for request in cloud.asked("run")] == [WORDS, "make it darker"]


async def test_buttons_of_a_bot_that_has_ended_are_answered_by_the_next(
    sim: Simulation, anna: MemberActor, general: ChannelHandle, file: tuple[str, bytes]
) -> None:
    await anna.slash(general, "edit", request=WORDS, file=file)
    await sim.done()
    result = _result(general)
    await sim.restart()
    pressed = await anna.click(result, label="Status")
    assert pressed.ephemeral
    assert pressed.response is not None
    assert pressed.response.content.startswith("Timeline")


async def test_a_job_that_outlives_its_interaction_is_told_of_and_delivered_through_the_channel(
    sim: Simulation, anna: MemberActor, general: ChannelHandle, cloud: FakeCloud, file: tuple[str, bytes]
) -> None:
    hold = asyncio.Event()
    cloud.turns.append(Turn(hold=hold))
    asked = await anna.slash(general, "edit", request=WORDS, file=file)
    await _until(lambda: cloud.asked("run"))
    await sim.pass_time(16 * 60)
    before = len(sim.env.http_requests)
    await _until(lambda: "Still working… (16:00)" in _status(asked))
    hold.set()
    await sim.done()
    assert _status(asked).startswith("✅ Done in 16:")
    assert _result(general).content.startswith(anna.mention)
    assert not [each.path for each in sim.env.http_requests[before:] if each.path.startswith("/webhooks/")]


async def test_a_hidden_answer_that_comes_after_its_interaction_comes_by_direct_message(
    sim: Simulation, anna: MemberActor, general: ChannelHandle, cloud: FakeCloud
) -> None:
    """Discord forgets the token earlier than we do: what it refuses is said in another way."""
    sim.env.inject_error("PATCH", "/webhooks/*", status=404, code=10015)
    asked = await anna.slash(general, "help")
    await _until(anna.user.dm_channel.history)
    assert asked.ephemeral
    [told] = anna.user.dm_channel.history()
    assert told.content.startswith("I edit videos and audio")


def _status(asked: InteractionResult) -> str:
    return asked.response.content if asked.response else ""


async def _until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - the simulation has no event for it
            await asyncio.sleep(0.02)
