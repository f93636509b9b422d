"""What Discord does to a bot on a bad day: it hurries it, fails, forgets sessions, and lets links run out."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from core.settings import SettingsError
from tests.bots.discord.conftest import World
from tests.servers.discord.world import Message, Person
from tests.servers.script import Reply, Turn

POST = r"POST .*/channels/\d+/messages$"


async def _answered(world: World, message: Message) -> None:
    await world.hub.until(lambda: any(each.reply_to is message for each in world.hub.said()))


async def _help(world: World) -> Message:
    asked = world.people.write(world.anna, world.general, f"{world.people.mention} help")
    await _answered(world, asked)
    return asked


@pytest.mark.usefixtures("house")
async def test_asked_to_reconnect_the_bot_resumes_and_answers_what_came_meanwhile_once(world: World) -> None:
    await world.server.gateway.ask_to_reconnect()
    asked = await _help(world)
    await _help(world)
    assert world.server.gateway.resumes == 1
    assert world.server.gateway.identifies == 1
    assert len([each for each in world.hub.said() if each.reply_to is asked]) == 1


@pytest.mark.usefixtures("house")
async def test_a_session_that_is_void_is_begun_anew_and_the_bot_goes_on(world: World) -> None:
    world.server.gateway.resumes = 0
    await world.server.gateway.invalidate()
    async with asyncio.timeout(60):
        while world.server.gateway.identifies == 1:  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.05)
    await _help(world)
    assert world.server.gateway.resumes == 0


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(("status", "times"), [(429, 2), (500, 1), (502, 2)])
async def test_a_hurried_or_failing_discord_gets_the_result_once(world: World, status: int, times: int) -> None:
    world.server.faults.plan(POST, status=status, times=times)
    world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    await world.result()
    await world.heard("✅ Done")
    assert len(world.server.faults.met) == times
    assert len([each for each in world.hub.said() if each.files]) == 1
    assert len(world.cloud.asked("run")) == 1


@pytest.mark.usefixtures("house")
async def test_a_guest_whose_followups_are_used_up_gets_the_result_by_dm(world: World) -> None:
    carl = world.people.person("carl")
    abroad = world.people.guild("Abroad", carl, installed=False)
    hall = world.people.channel(abroad, "hall")
    world.server.faults.plan(r"POST .*/webhooks/\d+/[^/]+$", status=400, code=40094, times=99)
    world.people.slash(carl, hall, "edit", foreign=True, request="make it brighter", file=world.clip)
    assert (await world.result(world.people.dm(carl))).files
    assert world.server.faults.met


@pytest.mark.usefixtures("house")
async def test_a_link_that_has_run_out_is_asked_for_anew(world: World, clip: Path) -> None:
    """The work on the second file begins days after it was sent."""
    hold = asyncio.Event()
    world.cloud.turns.append(Turn(hold=hold))
    dm = world.people.dm(world.anna)
    world.people.write(world.anna, dm, "make it brighter", world.clip)
    await world.hub.until(lambda: world.cloud.asked("run"))
    second = world.people.write(world.anna, dm, "make it darker", replace(world.clip, name="second.mp4"))
    await _answered(world, second)
    world.hub.skew = 3 * 86_400.0
    hold.set()
    await world.heard("second.mp4", dm)
    await world.hub.until(lambda: len(world.cloud.asked("upload")) == 2)
    assert any(path.endswith(f"/{second.id}") for method, path, _ in world.hub.calls if method == "GET")
    handed = json.loads(world.cloud.asked("upload")[1].body)["urls"][0]
    async with httpx.AsyncClient() as backend:
        assert (await backend.get(handed)).content == clip.read_bytes()


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("way", ["slash", "dm"])
async def test_the_backend_fetches_a_file_by_its_signed_link(world: World, way: str) -> None:
    _ask(world, way)
    await world.result()
    (upload,) = world.cloud.asked("upload")
    assert upload.json["source_type"] == "url"
    (link,) = json.loads(upload.body)["urls"]
    assert urlsplit(link).path.endswith("/talk.mp4")
    assert world.hub.token not in link
    assert world.server.files.fetched == []


@pytest.mark.usefixtures("house")
async def test_a_backend_that_does_not_fetch_links_is_brought_the_file(world: World, clip: Path) -> None:
    world.cloud.replies["upload"] += [Reply.coded(4001, http=False)]
    _ask(world, "dm")
    await world.result()
    assert [upload.data for upload in world.cloud.uploads] == [clip.read_bytes()]
    assert len(world.server.files.fetched) == 1


@pytest.mark.usefixtures("house")
async def test_a_backend_that_fails_once_is_given_the_link_again(world: World) -> None:
    world.cloud.replies["upload"] += [Reply.coded(500, http=True)]
    _ask(world, "dm")
    await world.result()
    assert world.cloud.uploads == []
    assert len(world.cloud.asked("upload")) == 2


def _ask(world: World, way: str) -> None:
    if way == "slash":
        world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    else:
        world.people.write(world.anna, world.people.dm(world.anna), "make it brighter", world.clip)


@pytest.mark.usefixtures("house")
async def test_a_commands_file_whose_link_has_run_out_is_asked_of_its_person_and_costs_nothing(world: World) -> None:
    """It hangs on no message that could be asked for a fresh link: the person has to send it once more."""
    hold = asyncio.Event()
    status = await _held_job(world, hold)
    late = world.people.slash(world.ben, status.channel, "edit", request="make it darker", file=world.clip)
    await world.hub.until(lambda: late.original and not late.original.loading)
    world.hub.skew = 2 * 86_400.0
    world.cloud.replies["upload"] += [Reply.coded(4001, http=False)]  # a backend can fetch it as little as we can
    hold.set()
    said = await world.heard("could not be fetched", status.channel)
    assert "talk.mp4" in said.content
    assert [request.said for request in world.cloud.asked("run")] == ["make it brighter"]
    world.people.slash(world.ben, status.channel, "edit", request="make it darker", file=world.clip)
    await world.hub.until(lambda: len(world.cloud.asked("run")) == 2)


async def _held_job(world: World, hold: asyncio.Event) -> Message:
    world.cloud.turns.append(Turn(hold=hold))
    asked = world.people.slash(world.anna, world.general, "edit", request="make it brighter", file=world.clip)
    await world.hub.until(lambda: asked.original and _cancel_in(asked.original) and world.cloud.asked("run"))
    assert asked.original is not None
    return asked.original


def _cancel_in(message: Message) -> str:
    return next((each for each in message.buttons.values() if each.startswith("cutroom:cancel")), "")


@pytest.mark.usefixtures("house")
async def test_cancel_by_button_stops_the_work_for_its_owner_and_for_nobody_else(world: World) -> None:
    hold = asyncio.Event()
    status = await _held_job(world, hold)
    others = await _pressed(world, world.ben, status)
    assert _cancel_in(status), others
    owners = await _pressed(world, world.anna, status)
    await world.hub.until(lambda: not _cancel_in(status))
    hold.set()
    assert others != owners
    assert not [each for each in world.hub.said() if each.files]


async def _pressed(world: World, person: Person, status: Message) -> str:
    pressed = world.people.press(person, status, _cancel_in(status))
    await world.hub.until(lambda: pressed.original and not pressed.original.loading)
    assert pressed.original is not None
    assert pressed.original.ephemeral_to is person
    return pressed.original.content


@pytest.mark.usefixtures("house")
async def test_words_that_are_edited_before_the_work_begins_are_what_is_done(world: World) -> None:
    hold = asyncio.Event()
    dm = world.people.dm(world.anna)
    world.cloud.turns.append(Turn(hold=hold))
    world.people.write(world.anna, dm, "make it brighter", world.clip)
    await world.hub.until(lambda: world.cloud.asked("run"))
    second = world.people.write(world.anna, dm, "make it darker")
    await _answered(world, second)
    said = len(world.texts(dm))
    world.people.rewrite(second, "make it slower")
    await world.hub.until(lambda: len(world.texts(dm)) > said)
    hold.set()
    await world.hub.until(lambda: len(world.cloud.asked("run")) == 2)
    assert [request.said for request in world.cloud.asked("run")] == ["make it brighter", "make it slower"]


@pytest.mark.parametrize(
    ("ids", "count", "said"),
    [
        (("0", "one"), 2, "SHARD_IDS: one: write numbers from 0"),
        (("2",), 2, "SHARD_IDS: each has to be less than SHARD_COUNT"),
        (("0",), None, "SHARD_IDS: each has to be less than SHARD_COUNT"),
    ],
)
async def test_shards_that_cannot_be_are_refused_at_the_start_in_words(
    world: World, ids: tuple[str, ...], count: int | None, said: str
) -> None:
    world.discord = world.discord.model_copy(update={"shard_ids": ids, "shard_count": count})
    with pytest.raises(SettingsError, match=said):
        async with world.running():
            pass
    assert world.server.gateway.identifies == 0


@pytest.mark.usefixtures("house")
async def test_a_voice_message_without_a_type_is_taken(world: World) -> None:
    dm = world.people.dm(world.anna)
    voice = replace(world.clip, name="voice-message.ogg", content_type="", seconds=2.0, voice=True)
    world.people.write(world.anna, dm, "make it brighter", voice)
    await world.result(dm)
    assert len(world.cloud.asked("upload")) == 1
