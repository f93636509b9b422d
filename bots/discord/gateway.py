"""The client on Discord's gateway, with as many shards as needed. A new one is made each time it ends."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands

from bots.discord.account import may_write
from bots.discord.buttons import action_button
from bots.discord.commands import Translator, add_commands, sync_commands
from bots.discord.configuration import DiscordSettings
from bots.discord.context_menu import EditThis
from bots.discord.incoming import hidden_from, incoming_of, is_for_us
from bots.discord.interactions import Desk
from bots.discord.places import Spot
from bots.discord.settings import add_settings
from bots.discord.sharing import Sharing
from bots.discord.threads import opens_project, thread_for_message
from bots.discord.upload_limits import UploadLimits
from core.messages import Incoming
from core.settings import SettingsError
from core.store import StorageTrouble

log = logging.getLogger(__name__)
RATE_LIMIT_SECONDS = 60.0
# The library calls itself ready that long after the last server it was told of, by default two seconds. Nothing of
# ours needs the servers' data, and a start that is seen sooner looks sooner for what it missed.
GUILDS_SECONDS = 0.25


class GatewayClient(discord.AutoShardedClient):
    """`desk.missed` is told of each shard's sessions: where one begins anew, messages may have been missed."""

    def __init__(
        self,
        settings: DiscordSettings,
        desk: Desk,
        sharing: Sharing,
    ) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        intents.message_content = settings.message_content
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=RATE_LIMIT_SECONDS,
            **shards_of(settings),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=GUILDS_SECONDS,
            max_messages=None,
        )
        self._desk = desk
        self._upload_limits = UploadLimits(desk.live, desk.rooms.store, settings.upload_bytes)
        self._missed = desk.missed
        self._menu = EditThis(self, desk)
        self.tree = app_commands.CommandTree[Any](
            self,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        add_commands(self.tree, desk)
        add_settings(self.tree, desk)
        sharing.add_to(self.tree)
        self._menu.add_to(self.tree)
        self.tree.on_error = _log_command_error  # type: ignore[method-assign]
        self.add_dynamic_items(action_button(desk.take))

    async def setup_hook(self) -> None:
        await self.tree.set_translator(Translator())
        await sync_commands(self.tree, self._desk.rooms.store, self.application_id or 0)
        # Before anything can come: who dies right after it is told from who never listened.
        await self._desk.cursors.first(self.application_id or 0, self._desk.clock.now())

    async def on_shard_connect(self, shard_id: int) -> None:
        self._missed.begin(self, shard_id, self._hear_missed, ready=False)

    async def on_shard_ready(self, shard_id: int) -> None:
        self._missed.ready(shard_id)
        try:
            await self._upload_limits.learn_again(self)
        except StorageTrouble as trouble:
            log.warning("how much channels take is not known again: %s", trouble)

    async def on_shard_resumed(self, shard_id: int) -> None:
        self._missed.begin(self, shard_id, self._hear_missed)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        self._missed.end(shard_id)

    async def close(self) -> None:
        await self._missed.stop()
        await super().close()

    async def on_message(self, message: discord.Message) -> None:
        if self.user is None or not is_for_us(message, self.user):
            return
        shard = message.guild.shard_id if message.guild else 0
        async with self._desk.arrivals.of(message.channel.id) as turn:
            try:
                await self._missed.before(message, shard)
                await turn.comes()
                await self._take(message)
            except StorageTrouble as trouble:
                log.warning("a message could not be taken, so it is looked up again: %s", trouble)
                self._missed.begin(self, shard, self._hear_missed)

    async def _hear_missed(self, message: discord.Message) -> None:
        try:
            await self._take(message)
        except StorageTrouble:
            raise
        except Exception:
            log.exception("a missed message: a mistake of ours")

    async def _take(self, message: discord.Message) -> None:
        async with self._desk.taking:
            await self._hear(message)

    async def _hear(self, message: discord.Message) -> None:
        if self.user is None or not is_for_us(message, self.user):
            return
        await self._admit(message, incoming_of(message, self.user))
        if message.guild is None:
            await self._desk.cursors.note_dm(self.application_id or 0, message.channel.id)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        message = payload.message
        # A preview that Discord adds comes as an edit too, and changes no time.
        if self.user is None or message.edited_at is None or not is_for_us(message, self.user):
            return
        async with self._desk.taking, self._desk.arrivals.of(message.channel.id) as turn:
            await turn.comes()
            await self._admit(message, incoming_of(message, self.user, replaces=str(message.id)))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.modal_submit:
            async with self._desk.taking:
                await self._menu.submitted(interaction)

    async def on_error(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        log.exception("%s: a mistake of ours", event)

    async def _admit(self, message: discord.Message, incoming: Incoming) -> None:
        if message.guild and not isinstance(message.channel, discord.abc.PrivateChannel):
            thread = isinstance(message.channel, discord.Thread)
            if not may_write(message.channel.permissions_for(message.guild.me), thread=thread):
                await self._tell_in_dm(message, incoming)
                return
        admission = await self._desk.doorkeeper.admit(message)
        if admission.refused:
            await self._desk.rooms.assistant.tell(incoming, admission.refused)
            return
        if hidden := self._hidden(message, incoming):
            if not incoming.replaces:
                await self._desk.rooms.assistant.tell(incoming, hidden)
            return
        chosen = admission.chosen
        incoming = replace(incoming, language=chosen.language or incoming.language)
        if chosen.threads and opens_project(incoming):
            incoming = await thread_for_message(message, incoming)
        self._upload_limits.learn(message.guild, Spot.of(incoming.place).channel, chosen)
        await self._desk.rooms.assistant.handle(incoming)

    def _hidden(self, message: discord.Message, incoming: Incoming) -> str:
        if self.intents.message_content or self.user is None:
            return ""
        return hidden_from(self.user, message, incoming)

    async def _tell_in_dm(self, message: discord.Message, incoming: Incoming) -> None:
        """Where we may not write, whoever asked is told so by themselves."""
        try:
            channel = await message.author.create_dm()
        except discord.HTTPException:
            return
        elsewhere = replace(incoming, place=Spot(channel.id).place, reply_to="")
        await self._desk.rooms.assistant.tell(elsewhere, "cannot-write")


def shards_of(settings: DiscordSettings) -> dict[str, Any]:
    """SHARD_COUNT and SHARD_IDS share the work among processes; without them Discord says how many there are.

    Raises `SettingsError` for ids that are no numbers, are not below the count, or come without one.
    """
    wrong = [each for each in settings.shard_ids if not each.isdecimal()]
    if wrong:
        raise SettingsError((f"SHARD_IDS: {', '.join(wrong)}: write numbers from 0, such as 0,1",))
    ids, count = [int(each) for each in settings.shard_ids], settings.shard_count
    if ids and (count is None or max(ids) >= count):
        raise SettingsError(("SHARD_IDS: each has to be less than SHARD_COUNT, and that has to be set",))
    return {"shard_count": count, "shard_ids": ids} if ids else {"shard_count": count} if count else {}


async def _log_command_error(interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
    cause = error.__cause__ or error
    if isinstance(cause, discord.NotFound) and cause.code == 10062:
        log.warning("an interaction was acknowledged too late")
        return
    log.error("a command: a mistake of ours", exc_info=error)
