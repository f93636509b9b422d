"""One rule on every path by which somebody can reach the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from core.access import Access
from tests.bots.discord.conftest import World
from tests.servers.discord.world import Interaction, Message

DENIED = "Sorry, I am not open to everybody here"


@pytest.fixture
async def closed(world: World) -> AsyncIterator[World]:
    world.discord = world.discord.model_copy(update={"access": Access.LISTED, "allowed_users": (str(world.anna.id),)})
    async with world.running():
        yield world


async def _slash(world: World) -> None:
    world.people.slash(world.carl, world.general, "edit", request="make it brighter", file=world.clip)


async def _message(world: World) -> None:
    world.people.write(world.carl, world.general, f"{world.people.mention} make it brighter", world.clip)


async def _dm(world: World) -> None:
    world.people.write(world.carl, world.people.dm(world.carl), "make it brighter", world.clip)


async def _menu_and_form(world: World) -> None:
    message = world.people.write(world.anna, world.general, "look", world.clip)
    opened = world.people.menu(world.carl, world.general, "Edit this media…", message)
    await world.hub.until(lambda: opened.modal)
    world.people.submit(world.carl, opened, request="make it brighter")


async def _button(world: World) -> None:
    world.people.slash(world.anna, world.general, "export")
    await world.heard("nothing to export")
    asked = world.people.write(world.anna, world.general, f"{world.people.mention} language")
    await world.hub.until(lambda: any(m.reply_to is asked for m in world.hub.said()))
    world.people.press(world.carl, next(m for m in world.hub.said() if m.reply_to is asked), "English")


async def _settings(world: World) -> None:
    world.lab.managers.add(world.carl.id)
    world.people.slash(world.carl, world.general, "settings", who="everyone")


async def _share(world: World) -> None:
    world.people.slash(world.carl, world.general, "share", channel=world.general)


PATHS: list[Callable[[World], object]] = [_slash, _message, _dm, _menu_and_form, _button, _settings, _share]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__.strip("_"))
async def test_who_is_not_listed_is_refused_on_every_path(closed: World, path: Callable[[World], object]) -> None:
    closed.carl = closed.people.person("carl", "en-US")
    closed.lab.members.append(closed.carl)
    await path(closed)  # type: ignore[misc]
    await closed.heard(DENIED)
    assert closed.cloud.asked("run") == []


async def test_a_manager_narrows_the_rule_and_nobody_else_does(world: World) -> None:
    async with world.running():
        refused = world.people.slash(world.ben, world.general, "settings", who="admins")
        await world.hub.until(lambda: refused.original and not refused.original.loading)
        assert _said(refused) == "你在这里没有使用权限。"
        saved = world.people.slash(world.anna, world.general, "settings", who="admins")
        await world.hub.until(lambda: saved.original and not saved.original.loading)
        assert _said(saved) == "Saved."
        world.people.write(world.ben, world.general, f"{world.people.mention} make it brighter", world.clip)
        await world.hub.until(lambda: any(m.reply_to for m in world.hub.said(world.general)))
        assert world.cloud.asked("run") == []


def _said(interaction: Interaction) -> str:
    message: Message | None = interaction.original
    assert message is not None
    return message.content
