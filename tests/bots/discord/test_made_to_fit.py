"""A result over Discord's limit ends in a file that fits, or in buttons that bring one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.bots.discord.conftest import World
from tests.making import chosen_ffmpeg, lengthened, make_clip
from tests.servers.discord.world import Message
from tests.servers.waiting_ffmpeg import WaitingFfmpeg

FITS, SPOILS = 140_000, 70_000
SECOND_PASS = "-pass 2"


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds of small picture with sound."""
    return make_clip(tmp_path_factory.mktemp("long") / "long.mp4", seconds=12, size="160x90")


@pytest.fixture
def world(world: World, long: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A channel that takes little: each interaction says so."""
    monkeypatch.setattr("bots.discord.messenger.EDIT_EVERY", 0.3)
    world.cloud.media = long.read_bytes()
    world.hub.upload_limit = FITS
    return world


def ask(world: World, request: str = "make it brighter") -> None:
    world.people.slash(world.anna, world.general, "edit", request=request, file=world.clip)


def with_files(world: World) -> list[Message]:
    return [each for each in world.hub.said(world.general) if each.files]


async def seconds_of(message: Message, folder: Path) -> float:
    path = folder / "received"
    content = message.files[0].file.content
    await asyncio.to_thread(path.write_bytes, content if isinstance(content, bytes) else content.read_bytes())
    media = await chosen_ffmpeg().probe(path)
    assert media is not None
    return media.duration or 0


@pytest.mark.usefixtures("house")
async def test_a_result_over_the_limit_is_made_to_fit_and_that_is_said(world: World, tmp_path: Path) -> None:
    ask(world)
    result = await world.result()
    await world.heard("✅ Done")
    assert 0.95 * FITS <= result.files[0].file.size <= FITS
    assert "Made smaller to fit: 1" in result.content
    assert await seconds_of(result, tmp_path) == pytest.approx(12, abs=0.2)


@pytest.mark.usefixtures("house")
async def test_what_would_be_spoilt_is_offered_as_sound_as_a_piece_and_in_parts(world: World, tmp_path: Path) -> None:
    world.hub.upload_limit = SPOILS
    ask(world)
    offered = await world.heard("making it that small would spoil it")
    assert list(offered.buttons)[:3] == ["Only the sound", "The first 5 seconds", "In 3 parts"]
    asked = [len(world.cloud.asked(name)) for name in ("run", "render")]
    for label, count in (("Only the sound", 1), ("The first 5 seconds", 2), ("In 3 parts", 5)):
        world.people.press(world.anna, offered, label)
        await world.result(count=count)
    sent = with_files(world)
    assert all(each.files[0].file.size <= SPOILS for each in sent)
    assert sent[0].files[0].file.name.endswith(".mp3")
    assert [await seconds_of(each, tmp_path) for each in sent] == pytest.approx([12, 5, 4, 4, 4], abs=0.2)
    assert [len(world.cloud.asked(name)) for name in ("run", "render")] == asked


async def test_cancel_stops_what_is_made_to_fit(world: World, tmp_path: Path) -> None:
    ffmpeg = WaitingFfmpeg(tmp_path, SECOND_PASS)
    world.settings = world.settings.model_copy(update={"studio_ffmpeg": str(ffmpeg.program)})
    async with world.running():
        ask(world)
        await ffmpeg.waits()
        status = await world.heard("small enough to send")
        world.people.press(world.anna, status, "Cancel")
        await world.heard("🚫 Cancelled")
    assert with_files(world) == []


async def test_a_restart_while_it_is_made_to_fit_costs_no_turn_and_no_render(
    world: World, long: Path, tmp_path: Path
) -> None:
    """The limit is the operator's: what an interaction said of it is forgotten with the process."""
    world.hub.upload_limit = 1 << 20
    world.discord = world.discord.model_copy(update={"upload_mb": 1})
    world.cloud.media = lengthened(long, tmp_path, 1 << 20).read_bytes()
    ffmpeg = WaitingFfmpeg(tmp_path, SECOND_PASS)
    world.settings = world.settings.model_copy(update={"studio_ffmpeg": str(ffmpeg.program)})
    async with world.running():
        ask(world)
        await ffmpeg.waits()
    ffmpeg.go_on()
    async with world.running():
        result = await world.result()
        await world.heard("✅ Done")
    assert result.files[0].file.size <= 1 << 20
    assert "Made smaller to fit" in result.content
    assert [len(world.cloud.asked(name)) for name in ("run", "render")] == [1, 1]
