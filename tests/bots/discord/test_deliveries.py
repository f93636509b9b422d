"""A result arrives, and once: Discord fails, takes it without saying so, or closes the channel in the middle."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from bots.wiring.house import House
from core.job import JobError, Stage
from core.language.catalogue import say
from tests.bots.discord.conftest import World
from tests.servers.discord.faults import Fault
from tests.servers.discord.world import SEND_MESSAGES, VIEW_CHANNEL, Channel, Interaction, Message, Person
from tests.servers.script import Turn

POST = r"POST .*/channels/\d+/messages$"
FOLLOWUP = r"POST .*/webhooks/\d+/[^/]+$"
EDIT_ORIGINAL = r"PATCH .*/webhooks/.*"
BRIGHTER = "make it brighter"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bots.discord.retries.PAUSES", (0.05,) * 12)
    monkeypatch.setattr("bots.discord.messenger.EDIT_EVERY", 0.1)
    monkeypatch.setattr("core.chat.status.WITHDRAW_SECONDS", 0.3)
    monkeypatch.setattr("core.jobs.turn_states.LATE_COMMIT_WAITS", (0.0, 0.1, 0.1, 0.1))


def files_in(world: World, place: Channel | None = None) -> list[Message]:
    return [each for each in world.hub.said(place) if each.files]


async def asked_by(world: World, way: str) -> Channel:
    """Where the answer is waited for."""
    match way:
        case "slash":
            world.people.slash(world.anna, world.general, "edit", request=BRIGHTER, file=world.clip)
            return world.general
        case "mention":
            world.people.write(world.anna, world.general, f"{world.people.mention} {BRIGHTER}", world.clip)
            return world.general
        case _:
            dm = world.people.dm(world.anna)
            world.people.write(world.anna, dm, BRIGHTER, world.clip)
            return dm


FAULTS: list[dict[str, Any]] = [
    {"status": 503, "times": 1},
    {"status": 503, "times": 2},
    {"status": 503, "times": 8},
    {"status": 503, "times": 2, "carried_out": True},
    {"drop_answer": True, "times": 2},
]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("way", ["slash", "mention", "dm"])
@pytest.mark.parametrize("fault", FAULTS, ids=str)
async def test_a_result_of_unknown_outcome_is_sent_until_it_stands_and_stands_once(
    world: World, fault: dict[str, Any], way: str
) -> None:
    hold = asyncio.Event()
    world.cloud.turns.append(Turn(hold=hold))
    place = await asked_by(world, way)
    await world.hub.until(lambda: world.cloud.asked("run") and world.hub.said(place))
    world.server.faults.planned.append(Fault(POST, **fault))
    before = len(world.hub.calls)
    hold.set()
    await world.heard("✅ Done", place)
    assert len(files_in(world, place)) == 1
    nonces = [
        body["nonce"]
        for method, path, body in world.hub.calls[before:]
        if method == "POST" and path.endswith(f"/channels/{place.id}/messages")
    ]
    assert len(nonces) == fault["times"] + 1
    assert len(set(nonces)) == 1


async def test_a_result_has_the_same_nonce_after_a_restart(world: World) -> None:
    world.server.faults.plan(POST, status=503, times=99)
    async with world.running():
        world.people.slash(world.anna, world.general, "edit", request=BRIGHTER, file=world.clip)
        await world.hub.until(lambda: len(world.server.faults.met) >= 2)
    world.server.faults.planned.clear()
    async with world.running():
        await world.result()
        await world.heard("✅ Done")
    nonces = {
        body["nonce"]
        for method, path, body in world.hub.calls
        if method == "POST" and path.endswith(f"/channels/{world.general.id}/messages")
    }
    assert len(nonces) == 1
    assert len(files_in(world)) == 1


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("fault", FAULTS, ids=str)
async def test_a_guests_result_of_unknown_outcome_is_put_into_the_first_answer(
    world: World, fault: dict[str, Any]
) -> None:
    hold = asyncio.Event()
    world.cloud.turns.append(Turn(hold=hold))
    carl = world.people.person("carl")
    hall = world.people.channel(world.people.guild("Abroad", carl, installed=False), "hall")
    asked = world.people.slash(carl, hall, "edit", foreign=True, request=BRIGHTER, file=world.clip)
    await world.hub.until(lambda: world.cloud.asked("run") and asked.followups)
    world.server.faults.planned += [Fault(FOLLOWUP, **fault), Fault(EDIT_ORIGINAL, status=503, times=1)]
    before = len(world.hub.calls)
    hold.set()
    await world.heard("✅ Done", hall)
    assert asked.original is not None
    assert [each.file.name for each in asked.original.files] == ["talk.mp4"]
    posted = [path for method, path, _ in world.hub.calls[before:] if method == "POST" and "/webhooks/" in path]
    assert len(posted) == 1, "a follow-up has no nonce: it would be said twice"


@pytest.mark.usefixtures("house")
async def test_a_message_that_is_thinking_says_its_answer_however_long_discord_fails(world: World) -> None:
    world.server.faults.plan(EDIT_ORIGINAL, drop_answer=True, times=3)
    asked = world.people.slash(world.anna, world.general, "help")
    await world.hub.until(lambda: len(world.server.faults.met) == 3)
    await world.hub.until(lambda: asked.original and not asked.original.loading)
    assert asked.original is not None
    assert "Send me a video" in asked.original.content
    assert world.hub.said(world.people.dm(world.anna)) == []


@dataclass(frozen=True, slots=True)
class Closing:
    """How a channel is closed to the bot while it works, how it was asked, and whether the token is still alive."""

    how: str
    way: str
    alive: bool = True


IN_CHANNEL = [
    Closing("send messages revoked", "slash"),
    Closing("send messages revoked", "slash", alive=False),
    Closing("send messages revoked", "mention"),
]
BY_DM = [
    Closing("channel deleted", "slash"),
    Closing("channel deleted", "slash", alive=False),
    Closing("channel deleted", "mention"),
    Closing("view channel revoked", "mention"),
    Closing("view channel revoked", "slash", alive=False),
]


def _close(world: World, how: str) -> None:
    match how:
        case "send messages revoked":
            world.general.denied = SEND_MESSAGES
        case "view channel revoked":
            world.general.denied = VIEW_CHANNEL
        case _:
            world.people.delete_channel(world.general)


async def _closed_while_it_works(world: World, closing: Closing) -> Interaction | None:
    hold = asyncio.Event()
    world.cloud.turns.append(Turn(hold=hold))
    await asked_by(world, closing.way)
    await world.hub.until(lambda: world.cloud.asked("run") and world.hub.said(world.general))
    asked = next(iter(world.hub.interactions.values()), None)
    if asked:
        asked.expired = not closing.alive
    _close(world, closing.how)
    hold.set()
    return asked


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("closing", IN_CHANNEL, ids=str)
async def test_where_nothing_may_be_said_any_more_the_result_comes_by_what_is_left_in_the_channel(
    world: World, house: House, closing: Closing
) -> None:
    await _closed_while_it_works(world, closing)
    result = await world.result(world.general)
    [job] = await house.store.jobs()
    await house.engine.wait_for([job.id])
    assert result.files[0].file.content == world.cloud.media
    assert "talk.mp4" in result.content, "it is not edited into a status again"
    assert world.hub.said(world.people.dm(world.anna)) == []
    found = await house.store.job(job.id)
    assert found is not None
    assert found.stage is Stage.DONE


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("closing", BY_DM, ids=str)
async def test_where_the_channel_is_gone_the_result_comes_by_direct_message(world: World, closing: Closing) -> None:
    await _closed_while_it_works(world, closing)
    result = await world.result(world.people.dm(world.anna))
    assert result.content.startswith("I can no longer write in the chat where you asked for this")
    assert result.files[0].file.content == world.cloud.media
    assert len(files_in(world)) == 1


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("way", ["slash", "mention"])
async def test_an_error_too_finds_its_person_where_the_channel_is_gone(world: World, way: str) -> None:
    world.cloud.turns.append(Turn(hold=(hold := asyncio.Event()), text="", draft=None))
    await asked_by(world, way)
    await world.hub.until(lambda: world.cloud.asked("run") and world.hub.said(world.general))
    world.people.delete_channel(world.general)
    hold.set()
    dm = world.people.dm(world.anna)
    await world.hub.until(lambda: world.hub.said(dm))
    assert world.texts(dm)[0].startswith("I can no longer write in the chat")


async def test_a_result_that_nobody_can_be_given_is_kept(world: World, house: House) -> None:
    world.anna.blocks_the_bot = True
    await _closed_while_it_works(world, Closing("channel deleted", "mention"))
    [job] = await house.store.jobs()
    await house.engine.wait_for([job.id])
    ended = await house.store.job(job.id)
    assert ended is not None
    assert (ended.stage, ended.error) == (Stage.FAILED, JobError.CHAT_GONE)
    assert [each.id for each in await house.store.kept_results("discord", str(world.anna.id))] == [job.id]


@pytest.mark.usefixtures("house")
async def test_where_only_files_are_refused_the_link_stays_in_the_channel(world: World) -> None:
    world.server.faults.plan(POST, status=403, code=50013)
    world.people.slash(world.anna, world.general, "edit", request=BRIGHTER, file=world.clip)
    said = await world.heard("talk.mp4", world.general)
    assert "http" in said.content
    assert world.hub.said(world.people.dm(world.anna)) == []


REFUSALS = [
    (403, 50013, "share-not-there"),
    (403, 50001, "share-not-there"),
    (404, 10003, "share-not-there"),
    (400, 50035, "share-refused"),
    (413, 40005, "share-refused"),
    (400, 0, "share-refused"),
]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(("status", "code", "said"), REFUSALS)
async def test_a_share_that_discord_refuses_is_never_followed_by_silence(
    world: World, status: int, code: int, said: str
) -> None:
    show = world.people.channel(world.lab, "show")
    await _result_of(world, world.anna)
    world.server.faults.plan(rf"POST .*/channels/{show.id}/messages$", status=status, code=code, times=9)
    asked = world.people.slash(world.anna, world.general, "share", channel=show)
    await world.hub.until(lambda: asked.original and not asked.original.loading)
    assert asked.original is not None
    assert asked.original.content == say("en", said)
    assert world.texts(show) == []


async def _result_of(world: World, person: Person) -> None:
    world.people.slash(person, world.general, "edit", request=BRIGHTER, file=world.clip)
    await world.result()
    await world.heard("✅ Done")


CALLBACK = r"POST .*/callback$"
LOST = [
    {"drop_answer": True, "times": 1},
    {"drop_answer": True, "times": 3},
    {"status": 503, "times": 1},
    {"status": 503, "times": 1, "carried_out": True},
]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("name", ["edit", "help"])
@pytest.mark.parametrize("fault", LOST, ids=str)
async def test_a_command_whose_acknowledgement_got_lost_is_done(world: World, fault: dict[str, Any], name: str) -> None:
    world.server.faults.planned.append(Fault(CALLBACK, **fault))
    options: dict[str, Any] = {"request": BRIGHTER, "file": world.clip} if name == "edit" else {}
    asked = world.people.slash(world.anna, world.general, name, **options)
    end = "✅ Done" if name == "edit" else "I edit videos and audio"
    await world.hub.until(lambda: asked.original and asked.original.content.startswith(end))
    assert len(world.cloud.asked("run")) == (1 if name == "edit" else 0)
