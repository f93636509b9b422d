"""How large a file is posted outlives the process that was told of it."""

from __future__ import annotations

from tests.bots.discord.conftest import World


async def test_what_was_begun_before_a_restart_is_posted_as_large_as_was_chosen(world: World) -> None:
    world.settings = world.settings.model_copy(update={"render_poll_seconds": 0.5})
    world.cloud.polls = 10_000
    world.cloud.media = world.cloud.media + bytes(2 << 20)
    async with world.running():
        world.people.slash(world.anna, world.general, "settings", size=1)
        await world.heard("Saved.")
        world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
        await world.hub.until(lambda: world.cloud.asked("poll"))
    async with world.running():
        world.cloud.renders = dict.fromkeys(world.cloud.renders, 0)
        result = await world.heard("Made smaller to fit")
        assert [each.file.size <= 1 << 20 for each in result.files] == [True]
