"""Listening: what Discord refuses, what ends, what is missed, and what is told only once."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from core.settings import SettingsError
from tests.bots.discord.conftest import World


async def test_a_token_that_is_not_accepted_is_said_in_words(world: World) -> None:
    world.discord = world.discord.model_copy(update={"bot_token": SecretStr("bad")})
    with pytest.raises(SettingsError, match="DISCORD_BOT_TOKEN: Discord does not accept it"):
        async with world.running():
            pass


async def test_an_intent_that_is_not_granted_is_said_in_words(world: World) -> None:
    world.hub.message_content_granted = False
    world.discord = world.discord.model_copy(update={"message_content": True})
    with pytest.raises(SettingsError, match="DISCORD_MESSAGE_CONTENT: the intent is not granted"):
        async with world.running():
            pass


async def test_commands_are_told_to_discord_once(world: World) -> None:
    async with world.running():
        assert world.hub.syncs == 1
    async with world.running():
        assert world.hub.syncs == 1
    edit = next(each for each in world.hub.commands if each["name"] == "edit")
    assert edit["name_localizations"] == {"zh-CN": "剪辑", "zh-TW": "剪辑"}
    assert edit["integration_types"] == [0, 1]
    assert edit["contexts"] == [0, 1, 2]


async def test_what_was_written_while_nobody_listened_is_looked_up(world: World) -> None:
    dm = world.people.dm(world.anna)
    async with world.running():
        world.people.write(world.anna, dm, "make it brighter", world.clip)
        await world.result(dm)
    world.people.write(world.anna, dm, "help")
    async with world.running():
        await world.heard("Send me a video", dm)
    assert [request.said for request in world.cloud.asked("run")] == ["make it brighter"]


async def test_buttons_work_after_a_restart(world: World) -> None:
    async with world.running():
        world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
        result = await world.result()
    async with world.running():
        pressed = world.people.press(world.anna, result, "Status")
        await world.hub.until(lambda: pressed.original and not pressed.original.loading)
        assert pressed.original is not None
        assert pressed.original.content.startswith("Timeline")


async def test_the_token_is_nowhere_in_the_data_folder(world: World) -> None:
    async with world.running():
        asked = world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
        await world.result()
    secrets = (world.hub.token.encode(), asked.token.encode())
    files = [path for path in world.settings.data_dir.rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files for secret in secrets if secret in path.read_bytes()] == []
