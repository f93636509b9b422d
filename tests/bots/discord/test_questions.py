"""What the studio asks, answered on Discord: in words and by one tap, by the one who was asked and by nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from studio import StudioSettings
from tests.bots.discord.conftest import World
from tests.making import chosen_ffmpeg
from tests.servers.discord.world import Message, Person
from tests.servers.studio import Offers, Variants, VariedStudio

OVER = "That question is over. Just tell me what you want."
OTHERS = "This question is for somebody else."
OTHERS_IN_CHINESE = "这个问题是问别人的。你想做什么，直接告诉我就行。"


@pytest.fixture
async def asking(world: World, tmp_path: Path) -> AsyncIterator[World]:
    """The bot on a studio that offers what it does not do at once. It is not running yet."""
    offers = Offers(asked="tighten the opening", does="cut the first second")
    data = StudioSettings(data=tmp_path / "studio", ffmpeg=chosen_ffmpeg().binary)
    async with VariedStudio(data, Variants(offers=offers)) as studio:
        world.settings = world.settings.model_copy(update={"nemo_api_url": studio.base_url})
        yield world


def whispered(world: World, person: Person) -> list[str]:
    """What only this person can see."""
    messages = world.general.messages.values()
    return [each.content for each in messages if each.ephemeral_to is person and each.author.id == world.hub.bot.id]


async def pressed_by(world: World, person: Person, message: Message, label: str) -> str:
    """What that person alone is told of the press."""
    before = len(whispered(world, person))
    world.people.press(person, message, label)
    await world.hub.until(lambda: len(whispered(world, person)) > before)
    return whispered(world, person)[-1]


async def test_an_offer_is_taken_up_by_the_one_it_was_made_to(asking: World) -> None:
    async with asking.running():
        asking.people.slash(asking.anna, asking.general, "edit", request="tighten the opening", file=asking.clip)
        offer = await asking.heard("I would cut out 0:00–0:01.")
        assert [*offer.buttons] == ["Do it", "No"]
        as_it_stood = offer.components
        assert await pressed_by(asking, asking.ben, offer, "Do it") == OTHERS_IN_CHINESE
        asking.people.press(asking.anna, offer, "Do it")
        result = await asking.result()
        assert "I cut out 0:00–0:01" in result.content
        await asking.hub.until(lambda: not offer.buttons)
        offer.components = as_it_stood  # for a client that has not heard of it yet
        assert await pressed_by(asking, asking.anna, offer, "No") == OVER


@pytest.mark.parametrize("tapped", [True, False])
async def test_a_question_in_a_dm_is_answered_after_a_restart(asking: World, tapped: bool) -> None:
    dm = asking.people.dm(asking.anna)
    async with asking.running():
        asking.people.write(asking.anna, dm, "0:01 to 0:02", asking.clip)
        question = await asking.heard("Shall I keep that part or cut it out?", dm)
        await asking.heard("💬", dm)
    async with asking.running():
        if tapped:
            asking.people.press(asking.anna, question, "Keep it")
        else:
            asking.people.write(asking.anna, dm, "keep")
        result = await asking.result(dm)
        assert "I kept 0:01–0:02" in result.content
        await asking.hub.until(lambda: not question.buttons)


async def test_another_persons_words_fill_no_gap(asking: World) -> None:
    async with asking.running():
        asking.people.slash(asking.anna, asking.general, "edit", request="add a title", file=asking.clip)
        await asking.heard("What shall it say?")
        asking.people.slash(asking.ben, asking.general, "edit", request="mute it")
        muted = await asking.result()
        assert "I muted the video" in muted.content
        asking.people.slash(asking.anna, asking.general, "edit", request="Hello there")
        titled = await asking.result(count=2)
        assert "“Hello there”" in titled.content
