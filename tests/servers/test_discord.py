"""The loopback Discord is held to what the real one does, by a real discord.py."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import discord
import httpx
import pytest
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from tests.servers.discord import DiscordServer, File
from tests.servers.discord.world import ATTACH_FILES, Channel, Guild, Person

CLIP = File("clip.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(500), "video/mp4")


class Bot(discord.AutoShardedClient):
    """Answers in every way that there is, so that each can be looked at from the other side."""

    def __init__(self, *, content: bool = True) -> None:
        intents = discord.Intents.default()
        intents.message_content = content
        super().__init__(intents=intents, max_ratelimit_timeout=30, guild_ready_timeout=0.1)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.resumed = 0
        self.used: list[discord.Interaction] = []
        self.interaction: discord.Interaction | None = None
        self.silent = False

    async def setup_hook(self) -> None:
        @self.tree.command(description="edit")
        async def edit(interaction: discord.Interaction, request: str, file: discord.Attachment | None = None) -> None:
            self.interaction = interaction
            await interaction.response.defer(ephemeral=request == "quietly")
            text = f"{request}:{len(await file.read()) if file else 0}"
            await interaction.followup.send(text)

        @edit.autocomplete("request")
        async def suggest(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
            return [app_commands.Choice(name=typed + "!", value=typed)]

        @self.tree.context_menu(name="Edit this")
        async def menu(interaction: discord.Interaction, message: discord.Message) -> None:
            await interaction.response.send_modal(Form(message.attachments[0].filename))

        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            self.heard.append(message)

    async def on_shard_resumed(self, shard_id: int) -> None:
        self.resumed += 1

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        self.used.append(interaction)
        if interaction.type is discord.InteractionType.component and not self.silent:
            await interaction.response.send_message("pressed", ephemeral=True)


class Form(discord.ui.Modal, title="What shall I do?"):
    words: discord.ui.TextInput[Form] = discord.ui.TextInput(label="In words")

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"{self.words.value} {self.name}")


class World:
    """A server with one channel, Anna who owns it, and a connected bot."""

    def __init__(self, discord_: DiscordServer) -> None:
        self.discord = discord_
        self.anna: Person = discord_.people.person("anna", "en-GB")
        self.lab: Guild = discord_.people.guild("Lab", self.anna)
        self.general: Channel = discord_.people.channel(self.lab, "general")

    def texts(self, place: Channel | None = None) -> list[str]:
        return [each.content for each in self.discord.hub.said(place)]


@pytest.fixture
async def world(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    async with DiscordServer() as server:
        monkeypatch.setattr(Route, "BASE", server.api_url)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(server.gateway_url))
        yield World(server)


@asynccontextmanager
async def connected(world: World, *, content: bool = True) -> AsyncIterator[Bot]:
    bot = Bot(content=content)
    async with asyncio.timeout(60), bot:
        running = asyncio.create_task(bot.start(world.discord.hub.token))
        ready = asyncio.create_task(bot.wait_until_ready())
        await asyncio.wait([running, ready], return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            ready.cancel()
            running.result()
        try:
            yield bot
        finally:
            await bot.close()
            await asyncio.gather(running, return_exceptions=True)


async def test_a_bot_logs_in_and_hears_a_message_with_its_file(world: World) -> None:
    async with connected(world) as bot:
        assert [each.name for each in bot.guilds] == ["Lab"]
        world.discord.people.write(world.anna, world.general, "cut it", CLIP)
        await _until(lambda: bot.heard)
        [heard] = bot.heard
        assert (heard.content, heard.author.name, heard.channel.id) == ("cut it", "anna", world.general.id)
        assert await heard.attachments[0].read() == CLIP.content


async def test_what_the_bot_posts_is_kept_to_the_byte_and_can_be_edited(world: World) -> None:
    async with connected(world) as bot:
        channel = bot.get_partial_messageable(world.general.id)
        sent = await channel.send("here", file=discord.File(io.BytesIO(CLIP.read()), "out é.mp4"))
        await channel.get_partial_message(sent.id).edit(content="there")
        [said] = world.discord.hub.said()
        assert (said.content, said.history) == ("there", ["here", "there"])
        assert said.files[0].file.read() == CLIP.content
        assert said.files[0].file.name == "out é.mp4"


async def test_an_interaction_is_deferred_and_its_first_followup_takes_the_place(world: World) -> None:
    async with connected(world):
        used = world.discord.people.slash(world.anna, world.general, "edit", request="mp3", file=CLIP)
        await world.discord.hub.until(lambda: world.texts() == [f"mp3:{CLIP.size}"])
        assert used.callback == 5
        assert used.followups == []
        hidden = world.discord.people.slash(world.anna, world.general, "edit", request="quietly")
        await world.discord.hub.until(lambda: hidden.original and not hidden.original.loading)
        assert hidden.original
        assert hidden.original.ephemeral_to is world.anna


async def test_a_form_and_a_menu_and_a_suggestion(world: World) -> None:
    async with connected(world):
        people, hub = world.discord.people, world.discord.hub
        target = people.write(world.anna, world.general, "", CLIP)
        opened = people.menu(world.anna, world.general, "Edit this", target)
        await hub.until(lambda: opened.modal)
        people.submit(world.anna, opened, words="faster")
        await hub.until(lambda: "faster clip.mp4" in world.texts())
        typed = people.complete(world.anna, world.general, "edit", "request", "ab")
        await hub.until(lambda: typed.choices)
        assert typed.choices[0]["name"] == "ab!"


async def test_a_button_is_pressed(world: World) -> None:
    async with connected(world) as bot:
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="Cancel", custom_id="cancel:1"))
        await bot.get_partial_messageable(world.general.id).send("working", view=view)
        [said] = world.discord.hub.said()
        used = world.discord.people.press(world.anna, said, "Cancel")
        await world.discord.hub.until(lambda: used.original)
        assert used.data["custom_id"] == "cancel:1"


async def test_after_fifteen_minutes_the_token_is_dead_and_the_channel_is_not(world: World) -> None:
    async with connected(world) as bot:
        world.discord.people.slash(world.anna, world.general, "edit", request="mp3")
        await world.discord.hub.until(lambda: world.texts() == ["mp3:0"])
        world.discord.hub.skew += 901
        assert bot.interaction
        with pytest.raises(discord.HTTPException) as refused:
            await bot.interaction.followup.send("late")
        assert (refused.value.status, refused.value.code) == (401, 50027)
        [said] = world.discord.hub.said()
        await bot.get_partial_messageable(world.general.id).get_partial_message(said.id).edit(content="in time")
        assert world.texts() == ["in time"]


async def test_an_answer_after_three_seconds_meets_no_interaction(world: World) -> None:
    async with connected(world) as bot:
        world.discord.hub.skew -= 10
        used = world.discord.people._begin(3, world.anna, world.general, {"custom_id": "x", "component_type": 2})
        used.message = world.discord.people.write(world.anna, world.general, "x")
        world.discord.hub.skew += 10
        bot.silent = True
        world.discord.people._send(used)
        async with httpx.AsyncClient() as http:
            path = f"/interactions/{used.id}/{used.token}/callback"
            answer = await http.post(world.discord.api_url + path, json={"type": 6})
        assert (answer.status_code, answer.json()["code"]) == (404, 10062)


async def test_too_large_a_file_is_refused_with_its_code(world: World) -> None:
    world.discord.hub.upload_limit = 100
    async with connected(world) as bot:
        channel, file = bot.get_partial_messageable(world.general.id), discord.File(io.BytesIO(bytes(101)), "a.bin")
        with pytest.raises(discord.HTTPException) as refused:
            await channel.send("x", file=file)
        assert (refused.value.status, refused.value.code) == (413, 40005)
        assert world.texts() == []


@pytest.mark.parametrize(
    ("denied", "installed", "code"), [(ATTACH_FILES, True, 50013), (1 << 11, True, 50013), (0, False, 50001)]
)
async def test_what_the_bot_may_not_do_is_refused(world: World, denied: int, installed: bool, code: int) -> None:
    world.general.denied, world.lab.installed = denied, installed
    async with connected(world) as bot:
        channel, file = bot.get_partial_messageable(world.general.id), discord.File(io.BytesIO(b"x"), "a.bin")
        with pytest.raises(discord.Forbidden) as refused:
            await channel.send("x", file=file)
        assert refused.value.code == code


async def test_a_repeated_nonce_posts_nothing_new(world: World) -> None:
    async with connected(world) as bot:
        for _ in range(2):
            await bot.get_partial_messageable(world.general.id).send("once", nonce="job-1-result")
        assert world.texts() == ["once"]


async def test_an_answer_that_is_dropped_leaves_the_message_standing(world: World) -> None:
    async with connected(world) as bot:
        channel = bot.get_partial_messageable(world.general.id)
        world.discord.faults.plan("POST /api/v10/channels/.*/messages", drop_answer=True)
        with pytest.raises(aiohttp.ClientError):
            await channel.send("hello", nonce="n1")
        assert world.texts() == ["hello"]
        await channel.send("hello", nonce="n1")
        assert world.texts() == ["hello"]


async def test_a_busy_and_a_failing_server_are_waited_for_by_the_library(world: World) -> None:
    async with connected(world) as bot:
        world.discord.faults.plan("POST /api/v10/channels/.*/messages", status=429, retry_after=0.05)
        world.discord.faults.plan("POST /api/v10/channels/.*/messages", status=500)
        await bot.get_partial_messageable(world.general.id).send("hello")
        assert world.texts() == ["hello"]
        assert len(world.discord.faults.met) == 2


async def test_a_broken_line_is_resumed_and_nothing_in_between_is_missed(world: World) -> None:
    async with connected(world) as bot:
        world.discord.gateway.deaf = True
        world.discord.people.write(world.anna, world.general, "meanwhile")
        world.discord.gateway.deaf = False
        world.discord.gateway.drop()
        await _until(lambda: bot.heard)
        assert bot.heard[0].content == "meanwhile"
        assert (world.discord.gateway.resumes, world.discord.gateway.identifies) == (1, 1)


async def test_asked_to_reconnect_a_bot_resumes(world: World) -> None:
    async with connected(world) as bot:
        await world.discord.gateway.ask_to_reconnect()
        await _until(lambda: world.discord.gateway.resumes == 1)
        world.discord.people.write(world.anna, world.general, "after")
        await _until(lambda: bot.heard)


async def test_a_wrong_token_and_an_ungranted_intent_are_told(world: World) -> None:
    world.discord.hub.message_content_granted = False
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with connected(world):
            pass
    world.discord.hub.token = "another"
    async with Bot() as bot:
        with pytest.raises(discord.LoginFailure):
            await bot.login("wrong")


async def test_without_the_intent_only_mentions_carry_their_content(world: World) -> None:
    async with connected(world, content=False) as bot:
        people = world.discord.people
        people.write(world.anna, world.general, "to nobody", CLIP)
        people.write(world.anna, world.general, f"{people.mention} cut it", CLIP)
        people.write(world.anna, people.dm(world.anna), "in private", CLIP)
        await _until(lambda: len(bot.heard) == 3)
        assert [len(each.attachments) for each in bot.heard] == [0, 1, 1]
        assert bot.heard[0].content == ""


async def test_a_forwarded_file_lies_in_the_snapshot(world: World) -> None:
    async with connected(world) as bot:
        first = world.discord.people.write(world.anna, world.general, "", CLIP)
        world.discord.people.write(world.anna, world.general, forwards=first)
        await _until(lambda: len(bot.heard) == 2)
        [snapshot] = bot.heard[1].message_snapshots
        assert snapshot.attachments[0].filename == "clip.mp4"


async def test_a_link_expires_after_a_day(world: World) -> None:
    async with connected(world) as bot:
        world.discord.people.write(world.anna, world.general, "", CLIP)
        await _until(lambda: bot.heard)
        address = bot.heard[0].attachments[0].url
        world.discord.hub.skew += 86_500
        async with httpx.AsyncClient() as http:
            assert (await http.get(address)).status_code == 404
        again = await bot.get_partial_messageable(world.general.id).fetch_message(bot.heard[0].id)
        assert await again.attachments[0].read() == CLIP.content


async def test_where_the_bot_is_no_member_it_has_five_followups(world: World) -> None:
    async with connected(world) as bot:
        foreign = world.discord.people.guild("Elsewhere", world.anna, installed=False)
        place = world.discord.people.channel(foreign, "there")
        world.discord.people.slash(world.anna, place, "edit", foreign=True, request="mp3")
        await world.discord.hub.until(lambda: world.texts(place))
        assert bot.interaction
        assert bot.interaction.is_user_integration()
        for _ in range(5):
            await bot.interaction.followup.send("more")
        with pytest.raises(discord.HTTPException) as refused:
            await bot.interaction.followup.send("too many")
        assert refused.value.code == 40094
        with pytest.raises(discord.Forbidden):
            await bot.get_partial_messageable(place.id).send("as myself")


@pytest.mark.skipif(not os.environ.get("API_SPEC_DIR"), reason="the official document is not at hand")
async def test_a_request_that_the_document_does_not_know_is_complained_of(world: World) -> None:
    async with httpx.AsyncClient(headers={"Authorization": f"Bot {world.discord.hub.token}"}) as http:
        base = f"{world.discord.api_url}/channels/{world.general.id}"
        await http.post(base + "/messages", json={"content": ["not text"]})
        await http.post(base + "/speak", json={})
    complaints = list(world.discord.hub.complaints)
    world.discord.hub.complaints.clear()
    assert any("content" in each for each in complaints), complaints
    assert any("no such endpoint" in each for each in complaints), complaints


async def _until(condition: object) -> None:
    assert callable(condition)
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - discord.py's own state announces nothing
            await asyncio.sleep(0.01)
