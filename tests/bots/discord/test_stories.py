"""Whole stories over the wire: people on Discord, the bot, real media on the studio."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from bots.discord.app import open_discord
from bots.discord.configuration import DiscordSettings
from bots.wiring.house import Grounds, open_house
from core.media import Media
from core.settings import BackendKind, Settings
from studio import StudioSettings
from studio.server import Studio
from tests.making import chosen_ffmpeg, decoded_seconds, make_clip
from tests.servers.discord import DiscordServer, File
from tests.servers.discord.world import Channel, Guild, Message, Person
from tests.servers.gate import Gate
from tests.soak.processes import Bot, environment

LONGEST = 90.0


class Story:
    """A server with Anna and Ben in it, and the bot as a process that reaches a studio through a gate."""

    def __init__(self, discord: DiscordServer, gate: Gate, folder: Path, clip: Path) -> None:
        self.discord, self.gate, self.folder = discord, gate, folder
        self.people, self.hub = discord.people, discord.hub
        self.clip = File("talk.mp4", clip, "video/mp4")
        self.anna: Person = self.people.person("anna", "en-GB")
        self.ben: Person = self.people.person("ben", "zh-CN")
        self.lab: Guild = self.people.guild("Lab", self.anna, [self.ben])
        self.general: Channel = self.people.channel(self.lab, "general")
        self.bot = Bot(("bots", "run"), self._environment(), folder / "bot.log")

    async def start(self) -> None:
        before = self.discord.gateway.identifies
        await self.bot.start()
        await self.hub.until(lambda: self.discord.gateway.identifies > before and self.hub.commands, LONGEST)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """What `cutroom run` opens, in this process."""
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            backend=BackendKind.CLOUD,
            nemo_api_url=self.gate.url,
            data_dir=self.folder / "data",
            render_poll_seconds=0.2,
            retry_seconds=0.2,
            recovery_seconds=0.2,
        )
        discord = DiscordSettings(
            _env_file=None,  # type: ignore[call-arg]
            bot_token=SecretStr(self.hub.token),
            api_url=self.discord.api_url,
            gateway_url=self.discord.gateway_url,
        )
        grounds = Grounds(settings.data_dir / "cutroom.db", settings.data_dir / "studio")
        async with (
            open_discord(discord) as platform,
            open_house(settings, grounds, [platform.messenger]) as house,
            platform.listening(house),
        ):
            await self.hub.until(lambda: self.discord.gateway.identifies and self.hub.commands, LONGEST)
            yield

    async def results(self, place: Channel, count: int = 1) -> list[Message]:
        """The messages that bring files there, once nothing is left to be said."""
        await self.hub.until(lambda: len(self._with_files(place)) >= count, LONGEST)
        await self.hub.until(lambda: self._done(place) >= count, LONGEST)
        return self._with_files(place)

    def saved(self, message: Message) -> Path:
        [file] = message.files
        path = self.folder / file.file.name
        path.write_bytes(file.file.read())
        return path

    async def probed(self, message: Message) -> Media:
        media = await chosen_ffmpeg().probe(self.saved(message))
        assert media is not None
        return media

    def _with_files(self, place: Channel) -> list[Message]:
        return [each for each in self.hub.said(place) if each.files]

    def _done(self, place: Channel) -> int:
        return len([each for each in self.hub.said(place) if each.content.startswith(("✅ Done in", "✅ 已完成"))])

    def _environment(self) -> dict[str, str]:
        quick = dict.fromkeys(("RENDER_POLL_SECONDS", "RETRY_SECONDS", "RECOVERY_SECONDS"), "0.2")
        return environment(
            **quick,
            BACKEND="cloud",
            NEMO_API_URL=self.gate.url,
            DATA_DIR=str(self.folder / "data"),
            DISCORD_BOT_TOKEN=self.hub.token,
            DISCORD_API_URL=self.discord.api_url,
            DISCORD_GATEWAY_URL=self.discord.gateway_url,
        )


@pytest.fixture(scope="session")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of picture and sound."""
    return make_clip(tmp_path_factory.mktemp("clips") / "talk.mp4", seconds=3)


@pytest.fixture
async def closed(talk: Path, tmp_path: Path) -> AsyncIterator[Story]:
    """A story whose bot is not there yet."""
    studio = Studio(StudioSettings(data=tmp_path / "studio", ffmpeg=chosen_ffmpeg().binary))
    async with studio, Gate(studio.base_url) as gate, DiscordServer() as discord:
        yield Story(discord, gate, tmp_path, talk)


@pytest.fixture
async def story(closed: Story) -> AsyncIterator[Story]:
    async with closed.opened():
        yield closed


@pytest.fixture
async def with_process(closed: Story) -> AsyncIterator[Story]:
    """A story whose bot is a process of its own."""
    await closed.start()
    try:
        yield closed
    finally:
        await closed.bot.kill()


async def test_a_command_with_a_video_brings_its_sound_as_an_mp3(story: Story) -> None:
    asked = story.people.slash(story.anna, story.general, "edit", request="extract the audio as mp3", file=story.clip)
    [result] = await story.results(story.general)
    media = await story.probed(result)
    assert (media.format, media.video) == ("mp3", None)
    assert result.files[0].file.name == "talk.mp3"
    assert abs(decoded_seconds(story.saved(result), "a") - 3) < 0.1
    assert result.pinged == {story.anna.id}
    assert [each.id for each in story.hub.said()] == [asked.original and asked.original.id, result.id]


async def test_several_files_of_a_message_come_back_in_one_answer(story: Story, tmp_path: Path) -> None:
    dm = story.people.dm(story.anna)
    other = File("walk.mp4", make_clip(tmp_path / "walk.mp4", seconds=1), "video/mp4")
    asked = story.people.write(story.anna, dm, "extract the audio as mp3", story.clip, other)
    [answer] = await story.results(dm)
    assert [each.file.name for each in answer.files] == ["talk.mp3", "walk.mp3"]
    assert answer.reply_to is asked
    assert "🎵 talk.mp3" in answer.content
    assert "🎵 walk.mp3" in answer.content


async def test_a_refusal_is_signed_as_one_and_takes_nothing_back(story: Story) -> None:
    dm = story.people.dm(story.anna)
    story.people.write(story.anna, dm, "only keep the first 2 seconds", story.clip)
    await story.results(dm)
    asked = story.people.write(story.anna, dm, "reverse it")
    await story.hub.until(lambda: "❌" in asked.reactions, LONGEST)
    [answer] = [each for each in story.hub.said(dm) if "I cannot do “reverse”" in each.content]
    assert set(answer.buttons) == {"Export", "Status"}


async def test_somebody_elses_video_is_cut_by_the_menu(story: Story) -> None:
    message = story.people.write(story.ben, story.general, "look", story.clip)
    opened = story.people.menu(story.anna, story.general, "Edit this media…", message)
    await story.hub.until(lambda: opened.modal)
    story.people.submit(story.anna, opened, request="only keep the first 2 seconds")
    [result] = await story.results(story.general)
    assert abs(decoded_seconds(story.saved(result), "v") - 2) < 0.1


async def test_two_servers_and_a_thread_work_side_by_side_each_on_its_own(story: Story) -> None:
    hall = story.people.channel(story.people.guild("Another", story.ben), "hall")
    thread = story.people.thread(story.general, "a talk")
    wishes = [
        (story.general, "extract the audio as mp3", "talk.mp3"),
        (hall, "extract the audio as wav", "talk.wav"),
        (thread, "only keep the first 2 seconds", "talk.mp4"),
    ]
    for place, words, _ in wishes:
        story.people.slash(story.anna, place, "edit", request=words, file=story.clip)
    for place, _, name in wishes:
        results = await story.results(place)
        assert [each.files[0].file.name for each in results] == [name]


async def test_killed_while_it_renders_the_next_one_brings_the_result_once(with_process: Story) -> None:
    story = with_process
    story.gate.close("poll")
    story.people.slash(story.anna, story.general, "edit", request="extract the audio as mp3", file=story.clip)
    await story.gate.waits("poll", LONGEST)
    await story.bot.kill()
    story.gate.open("poll")
    await story.start()
    results = await story.results(story.general)
    assert len(results) == 1
    assert len(story.gate.of("run")) == 1


async def test_no_token_leaves_the_process(with_process: Story) -> None:
    """Not to the backend, not into a file, not into the log."""
    story = with_process
    dm = story.people.dm(story.anna)
    story.people.write(story.anna, dm, "extract the audio as mp3", story.clip)
    asked = story.people.slash(story.anna, story.general, "edit", request="extract the audio as mp3", file=story.clip)
    await story.results(dm)
    await story.results(story.general)
    assert await story.bot.stop() == 0
    secrets = (story.hub.token, asked.token)
    passed = "\n".join(request.text for request in story.gate.passed)
    assert passed
    assert not [secret for secret in secrets if secret in passed]
    files = [path for path in story.folder.rglob("*") if path.is_file()]
    assert story.folder / "bot.log" in files
    contents = await asyncio.to_thread(lambda: [(path.name, path.read_bytes()) for path in files])
    assert [name for name, content in contents for secret in secrets if secret.encode() in content] == []
