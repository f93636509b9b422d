"""Whole conversations on Discord: a real client, a real server on loopback, real files."""

from __future__ import annotations

import pytest

from bots.wiring.house import House
from tests.bots.discord.conftest import World
from tests.servers.discord.faults import Fault
from tests.servers.discord.world import ATTACH_FILES
from tests.servers.script import TIMELINE, Turn

pytestmark = pytest.mark.usefixtures("house")


async def test_a_slash_command_with_a_file_brings_the_file_back(world: World) -> None:
    asked = world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    result = await world.result()
    assert asked.original is not None
    await world.hub.until(lambda: asked.original and asked.original.content.startswith("✅ Done in"))
    assert result.files[0].file.content == world.cloud.media
    assert result.files[0].file.name == "talk.mp4"
    assert result.pinged == {world.anna.id}
    assert [request.said for request in world.cloud.asked("run")] == ["make it brighter"]
    assert not asked.original.pinged


async def test_a_mention_with_a_file_is_answered_in_reply(world: World) -> None:
    request = world.people.write(world.anna, world.general, f"{world.people.mention} make it brighter", world.clip)
    result = await world.result()
    assert result.reply_to is request
    assert result.pinged == {world.anna.id}


async def test_a_dm_needs_no_mention(world: World) -> None:
    dm = world.people.dm(world.anna)
    world.people.write(world.anna, dm, "make it brighter", world.clip)
    assert (await world.result(dm)).files


async def test_what_is_not_for_us_is_not_answered(world: World, house: House) -> None:
    world.people.write(world.anna, world.general, "make it brighter", world.clip)
    other = world.people.person("robot", bot=True)
    world.people.write(other, world.people.dm(other), "make it brighter", world.clip)
    world.people.write(world.anna, world.general, f"{world.people.mention} help")
    await world.heard("Send me a video")
    assert await house.store.jobs() == []


async def test_a_reply_to_a_result_is_for_the_project_and_its_file_is_a_press_away(world: World) -> None:
    world.people.write(world.anna, world.general, f"{world.people.mention} make it brighter", world.clip)
    result = await world.result()
    draft = TIMELINE.replace("Urban", "Rural")
    world.cloud.turns.append(Turn("Muted.", draft=draft))
    world.people.write(world.anna, world.general, f"{world.people.mention} mute it", reply_to=result)
    again = await world.result(count=2)
    assert [request.said for request in world.cloud.asked("run")] == ["make it brighter", "mute it"]
    assert len(world.cloud.asked("upload")) == 1
    assert "worked on the project behind it" in again.content
    world.cloud.turns.append(Turn("Muted the file.", draft=draft.replace("Lo-fi", "None")))
    world.people.press(world.anna, again, "Edit this file instead")
    await world.result(count=3)
    assert world.cloud.asked("run")[-1].said == "mute it"
    assert len(world.cloud.asked("upload")) == 2


async def test_somebody_elses_media_is_edited_by_the_menu(world: World) -> None:
    message = world.people.write(world.ben, world.general, "look", world.clip)
    opened = world.people.menu(world.anna, world.general, "Edit this media…", message)
    await world.hub.until(lambda: opened.modal)
    world.people.submit(world.anna, opened, request="make it brighter")
    assert (await world.result()).pinged == {world.anna.id}


async def test_a_forwarded_file_is_taken(world: World) -> None:
    elsewhere = world.people.write(world.ben, world.people.channel(world.lab, "other"), "look", world.clip)
    dm = world.people.dm(world.anna)
    world.people.write(world.anna, dm, forwards=elsewhere)
    await world.heard("Got talk.mp4", dm)


async def test_credits_are_for_one_persons_eyes(world: World) -> None:
    asked = world.people.slash(world.ben, world.general, "credits")
    await world.hub.until(lambda: asked.original and not asked.original.loading)
    assert asked.original is not None
    assert asked.original.ephemeral_to is world.ben
    assert "积分" in asked.original.content


async def test_the_status_button_answers_whoever_presses_it_in_their_language(world: World) -> None:
    world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    result = await world.result()
    pressed = world.people.press(world.ben, result, "Status")
    await world.hub.until(lambda: pressed.original and not pressed.original.loading)
    assert pressed.original is not None
    assert "时间线" in pressed.original.content
    assert pressed.original.ephemeral_to is world.ben


async def test_a_file_that_is_refused_costs_its_words_nothing(world: World) -> None:
    world.server.faults.planned.append(Fault(r"POST .*/channels/\d+/messages$", times=1, status=413, code=40005))
    world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    said = await world.heard("http")  # the status may name the file, too
    assert not said.files
    assert "talk.mp4" in said.content


async def test_where_no_files_may_be_attached_there_is_the_link(world: World) -> None:
    world.general.denied = ATTACH_FILES
    world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    assert "http" in (await world.heard("talk.mp4")).content


async def test_a_guest_is_told_its_limits_and_brings_the_result(world: World) -> None:
    carl = world.people.person("carl")
    abroad = world.people.guild("Abroad", carl, installed=False)
    hall = world.people.channel(abroad, "hall")
    asked = world.people.slash(carl, hall, "edit", foreign=True, request="make it brighter", file=world.clip)
    result = await world.result(hall)
    assert asked.original is not None
    assert "15 minutes" in asked.original.content
    assert result.pinged == {carl.id}
    assert len(asked.followups) <= 5


async def test_after_the_token_a_guests_result_comes_by_dm(world: World) -> None:
    carl = world.people.person("carl")
    abroad = world.people.guild("Abroad", carl, installed=False)
    hall = world.people.channel(abroad, "hall")
    asked = world.people.slash(carl, hall, "edit", foreign=True, request="make it brighter", file=world.clip)
    await world.hub.until(lambda: asked.original)
    asked.expired = True
    assert (await world.result(world.people.dm(carl))).files
