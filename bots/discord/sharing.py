"""`/share`: posts a person's own finished result in another channel in which that person may write."""

from __future__ import annotations

import logging
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bots.discord.account import may_write
from bots.discord.attachments import Downloads
from bots.discord.commands import Target, Writable, localised
from bots.discord.interactions import Desk
from bots.discord.messenger import DiscordMessenger
from bots.discord.places import PLATFORM, Spot
from core.errors import ChatGone, CutroomError, FileOutOfReach, MediaRefused, SendUnknown
from core.files import safe_name
from core.language.catalogue import say
from core.messages import Attachment, MediaFile, Outgoing, Tone
from core.records import KeptResult

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sharing:
    desk: Desk
    messenger: DiscordMessenger
    downloads: Downloads

    def add_to(self, tree: app_commands.CommandTree[Any]) -> None:
        @tree.command(name=localised("name-share"), description=localised("command-share"))
        @app_commands.describe(channel=localised("option-channel"), result=localised("option-result"))
        @app_commands.allowed_installs(guilds=True, users=False)
        @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
        async def share(
            interaction: discord.Interaction, channel: app_commands.Transform[Target, Writable], result: str = ""
        ) -> None:
            async with self.desk.taking:
                await interaction.response.defer(ephemeral=True)
                await interaction.followup.send(await self._said(interaction, channel, result), ephemeral=True)

        @share.autocomplete("result")
        async def results(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
            kept = await self.desk.rooms.store.kept_results(PLATFORM, str(interaction.user.id))
            found = [each for each in kept if typed.casefold() in each.name.casefold()]
            return [app_commands.Choice(name=each.name[:100], value=each.id) for each in found[:25]]

    async def _said(self, interaction: discord.Interaction, target: Target, result: str) -> str:
        language = str(interaction.locale)
        if refused := (await self.desk.doorkeeper.admit(interaction)).refused:
            return say(language, refused)
        if not may_write(target.permissions, thread=isinstance(target, app_commands.AppCommandThread)):
            return say(language, "share-not-there")
        kept = await self._result(str(interaction.user.id), result)
        if kept is None:
            return say(language, "share-gone")
        try:
            await self._post(Spot(target.id), kept, say(language, "shared-by", name=interaction.user.display_name))
        except ChatGone:
            return say(language, "share-not-there")
        except FileOutOfReach:
            return say(language, "share-gone")
        except SendUnknown:
            return say(language, "share-unconfirmed")
        except (CutroomError, discord.HTTPException) as error:
            log.warning("a result was not shared: %s", error)
            return say(language, "share-refused")
        return say(language, "shared")

    async def _result(self, person: str, result: str) -> KeptResult | None:
        """Only one's own; the newest where none is named."""
        if result:
            found = await self.desk.rooms.store.kept_result(result)
            own = found if found and found.sender == person and found.place.platform == PLATFORM else None
        else:
            own = next(iter(await self.desk.rooms.store.kept_results(PLATFORM, person, 1)), None)
        kept = own.as_of(time.time()) if own else None
        return kept if kept and (kept.file or kept.link) else None

    async def _post(self, spot: Spot, kept: KeptResult, headline: str) -> None:
        """The file where it can be had and is taken there, and the link always."""
        words = Outgoing("\n".join(part for part in (headline, kept.name, kept.link) if part), Tone.ANSWER)
        if not kept.file:
            await self.messenger.send(spot.place, words)
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "shared"
            try:
                await self.downloads.fetch(Attachment(kept.file, kept.name), path)
                file = MediaFile(path, safe_name(kept.name), kept.kind, path.stat().st_size)
                await self.messenger.send(spot.place, replace(words, media=(file,)))
            except (MediaRefused, FileOutOfReach):
                if not kept.link:
                    raise
                await self.messenger.send(spot.place, words)
