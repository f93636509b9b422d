"""How large a file a channel accepts: what Discord allows in its server, and what the server's managers chose."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from bots.discord.access import Choices
from bots.discord.live_interactions import LiveInteractions
from bots.discord.places import PLATFORM, Spot, guild_scope
from core.ports import Store


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """`usual` is what is taken where nothing better is known, in bytes."""

    live: LiveInteractions
    store: Store
    usual: int

    def learn(self, guild: discord.Guild | None, channel: int, chosen: Choices) -> None:
        # Below the second tier the library's table is out of date.
        boosted = guild.filesize_limit if guild and guild.premium_tier >= 2 else 0
        if boosted or chosen.upload_mb:
            self.live.learn_upload(channel, chosen.upload(boosted or self.usual))

    async def learn_again(self, client: discord.Client) -> None:
        """For the channels where something was begun before this start: what was learnt then is forgotten.

        Raises `StorageTrouble`.
        """
        places = {job.place for job in await self.store.open_jobs() if job.place.platform == PLATFORM}
        for number in {Spot.of(place).channel for place in places}:
            channel = client.get_channel(number)
            if isinstance(channel, discord.abc.GuildChannel | discord.Thread):
                kept = await self.store.values(PLATFORM, guild_scope(channel.guild.id))
                self.learn(channel.guild, number, Choices.of(kept))
