"""Without the message content intent Discord hides what does not mention the bot: that is said, and nothing guessed."""

from __future__ import annotations

import pytest

from bots.wiring.house import House
from tests.bots.discord.conftest import World
from tests.servers.discord.world import Message

CANNOT_SEE = "I can't see the message that you replied to"
CANNOT_READ = "I can't read that reply"
HELP = "Send me a video"


async def _project(world: World, house: House) -> None:
    """An older project of the channel, which nobody means any more."""
    world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    await world.result()
    await world.heard("✅ Done")
    [job] = await house.store.jobs()
    await house.engine.wait_for([job.id])


async def _answered(world: World, message: Message) -> str:
    await world.hub.until(lambda: any(each.reply_to is message for each in world.hub.said()))
    return next(each.content for each in world.hub.said() if each.reply_to is message)


@pytest.mark.parametrize("words", ["make it darker", "extract the audio as mp3", "export it as mp3", "upload", ""])
async def test_a_mention_in_reply_to_somebodys_file_says_that_it_cannot_be_seen(
    world: World, house: House, words: str
) -> None:
    await _project(world, house)
    theirs = world.people.write(world.ben, world.general, "look", world.clip)
    asked = world.people.write(world.anna, world.general, f"{world.people.mention} {words}", reply_to=theirs)
    said = await _answered(world, asked)
    assert CANNOT_SEE in said
    assert "Apps → Edit this media…" in said
    assert "/edit" in said
    assert len(world.cloud.asked("run")) == 1, "the channel's old project is left alone"


@pytest.mark.parametrize(("words", "said"), [("help", HELP), ("status", "Timeline"), ("credits", "credits")])
async def test_what_is_about_no_file_is_answered_in_reply_to_anything(
    world: World, house: House, words: str, said: str
) -> None:
    await _project(world, house)
    theirs = world.people.write(world.ben, world.general, "look", world.clip)
    asked = world.people.write(world.anna, world.general, f"{world.people.mention} {words}", reply_to=theirs)
    assert said in await _answered(world, asked)


@pytest.mark.usefixtures("house")
async def test_a_file_of_its_own_is_taken_in_reply_to_anything(world: World) -> None:
    theirs = world.people.write(world.ben, world.general, "look", world.clip)
    world.people.write(world.anna, world.general, f"{world.people.mention} make it darker", world.clip, reply_to=theirs)
    assert (await world.result()).files


@pytest.mark.usefixtures("house")
async def test_a_reply_to_a_message_that_names_the_bot_is_seen_with_its_file(world: World) -> None:
    theirs = world.people.write(world.ben, world.general, f"{world.people.mention} status", world.clip)
    await _answered(world, theirs)
    world.people.write(world.anna, world.general, f"{world.people.mention} make it darker", reply_to=theirs)
    assert (await world.result()).files


async def test_a_reply_to_a_slash_answer_gets_no_help(world: World, house: House) -> None:
    """It pings nobody, and arrives empty."""
    await _project(world, house)
    answer = next(each for each in world.hub.said() if each.webhook)
    asked = world.people.write(world.anna, world.general, "now make it darker", reply_to=answer)
    said = await _answered(world, asked)
    assert CANNOT_READ in said
    assert HELP not in "\n".join(world.texts())
    assert len(world.cloud.asked("run")) == 1


async def test_with_the_intent_the_file_is_edited_and_the_reply_is_read(world: World) -> None:
    world.discord = world.discord.model_copy(update={"message_content": True})
    async with world.running() as house:
        await _project(world, house)
        theirs = world.people.write(world.ben, world.general, "look", world.clip)
        world.people.write(world.anna, world.general, f"{world.people.mention} make it darker", reply_to=theirs)
        await world.hub.until(lambda: len(world.cloud.asked("run")) == 2)
        answer = next(each for each in world.hub.said() if each.webhook)
        world.people.write(world.anna, world.general, "make it slower", reply_to=answer)
        await world.hub.until(lambda: len(world.cloud.asked("run")) == 3)
        assert [request.said for request in world.cloud.asked("run")][1:] == ["make it darker", "make it slower"]
        assert len(world.cloud.asked("upload")) == 2
