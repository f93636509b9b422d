"""What a server's managers choose: where the bot works, in threads or not, in which language, how large a file."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bots.discord.conftest import World
from tests.servers.discord.world import CREATE_THREADS, THREAD, Channel, Message

pytestmark = pytest.mark.usefixtures("house")


async def _set(world: World, **options: Any) -> str:
    asked = world.people.slash(world.anna, world.general, "settings", **options)
    await world.hub.until(lambda: asked.original and not asked.original.loading)
    assert asked.original is not None
    return asked.original.content


def _threads(world: World) -> list[Channel]:
    return [each for each in world.hub.channels.values() if each.kind == THREAD]


async def test_only_chosen_channels_and_their_threads_are_worked_in(world: World) -> None:
    studio = world.people.channel(world.lab, "studio")
    assert await _set(world, channel=studio) == "Saved."
    world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    await world.heard("I do not work in this channel")
    world.people.write(world.anna, world.general, f"{world.people.mention} make it brighter", world.clip)
    await world.hub.until(lambda: len([t for t in world.texts() if "I do not work in this channel" in t]) == 2)
    thread = world.people.thread(studio, "a talk")
    world.people.slash(world.anna, thread, "edit", request="make it brighter", file=world.clip)
    await world.result(thread)
    assert await _set(world, channel=studio) == "Saved."  # taken away again, from where the bot does not listen
    world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    await world.result(world.general)


async def test_what_was_chosen_is_shown(world: World) -> None:
    await _set(world, channel=world.general, threads="on", language="zh", size=5, who="admins")
    shown = await _set(world)
    assert [line.rpartition(": ")[2] for line in shown.splitlines()] == [
        "Admins only",
        f"<#{world.general.id}>",
        "On",
        "中文",
        "5 MB",
    ]


async def test_the_chosen_language_is_spoken_to_everybody_and_not_to_one_persons_eyes(world: World) -> None:
    await _set(world, language="zh")
    world.people.write(world.anna, world.general, f"{world.people.mention}", world.clip)
    await world.heard("收到")
    hidden = world.people.slash(world.anna, world.general, "credits")
    await world.hub.until(lambda: hidden.original and not hidden.original.loading)
    assert hidden.original is not None
    assert "redits" in hidden.original.content


async def test_a_file_larger_than_chosen_is_made_to_fit_beside_the_link_to_the_whole(world: World) -> None:
    await _set(world, size=1)
    world.cloud.media = world.cloud.media + bytes(2 << 20)
    world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    assert _fits(await world.heard(f"In full quality: {world.public_url}/r/"))
    other = world.people.thread(world.general, "other")
    world.people.write(world.anna, other, f"{world.people.mention} make it brighter", world.clip)
    assert _fits(await world.heard(f"In full quality: {world.public_url}/r/", other))


def _fits(said: Message) -> bool:
    [sent] = said.files
    return isinstance(sent.file.content, bytes) and len(sent.file.content) <= 1 << 20


async def test_a_command_opens_a_thread_and_everything_goes_there(world: World) -> None:
    await _set(world, threads="on")
    asked = world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    await world.hub.until(lambda: _threads(world))
    (thread,) = _threads(world)
    result = await world.result(thread)
    await world.heard("✅ Done", thread)
    assert thread.name == "talk.mp4"
    assert result.pinged == {world.anna.id}
    assert asked.original is not None
    assert asked.original.content == f"🧵 <#{thread.id}>"
    assert [each.id for each in world.hub.said(world.general) if each.ephemeral_to is None] == [asked.original.id]


async def test_a_mention_opens_a_thread_and_what_is_asked_in_it_opens_none(world: World) -> None:
    await _set(world, threads="on")
    request = world.people.write(world.anna, world.general, f"{world.people.mention} make it brighter", world.clip)
    await world.hub.until(lambda: _threads(world))
    (thread,) = _threads(world)
    assert thread.id == request.id
    await world.result(thread)
    again = world.people.write(world.ben, thread, f"{world.people.mention} make it darker")
    await world.hub.until(lambda: any(each.reply_to is again for each in world.hub.said(thread)))
    assert len(_threads(world)) == 1


async def test_words_edited_in_the_channel_are_done_in_the_thread_that_they_opened(world: World) -> None:
    await _set(world, threads="on")
    asked = world.people.write(world.anna, world.general, f"{world.people.mention} make it brighter")
    await world.hub.until(lambda: any(world.texts(each) for each in _threads(world)))
    (thread,) = _threads(world)
    said = sum(len(each.history) for each in world.hub.said(thread))
    world.people.rewrite(asked, f"{world.people.mention} make it slower")
    await world.hub.until(lambda: sum(len(each.history) for each in world.hub.said(thread)) > said)
    assert _threads(world) == [thread]
    assert [each for each in world.hub.said(world.general) if each.ephemeral_to is None] == []


async def test_the_menus_form_opens_a_thread_too(world: World) -> None:
    await _set(world, threads="on")
    message = world.people.write(world.ben, world.general, "look", world.clip)
    opened = world.people.menu(world.anna, world.general, "Edit this media…", message)
    await world.hub.until(lambda: opened.modal)
    world.people.submit(world.anna, opened, request="make it brighter")
    await world.hub.until(lambda: _threads(world))
    assert (await world.result(_threads(world)[0])).pinged == {world.anna.id}


async def test_a_question_opens_no_thread(world: World) -> None:
    await _set(world, threads="on")
    world.people.write(world.anna, world.general, f"{world.people.mention} help")
    await world.heard("Send me a video", world.general)
    assert not _threads(world)


@pytest.mark.parametrize("way", ["slash", "mention"])
async def test_where_no_thread_may_be_opened_the_answer_is_given_in_place(world: World, way: str) -> None:
    await _set(world, threads="on")
    world.general.denied = CREATE_THREADS
    _ask(world, way)
    await world.result(world.general)


@pytest.mark.parametrize("way", ["slash", "mention"])
@pytest.mark.parametrize("code", [50013, 160006])
async def test_a_thread_that_discord_refuses_costs_no_answer(world: World, code: int, way: str) -> None:
    await _set(world, threads="on")
    world.server.faults.plan(r"POST .*/threads$", status=400, code=code)
    _ask(world, way)
    await world.result(world.general)
    assert len(world.server.faults.met) == 1


def _ask(world: World, way: str) -> None:
    if way == "slash":
        world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    else:
        world.people.write(world.anna, world.general, f"{world.people.mention} make it brighter", world.clip)
