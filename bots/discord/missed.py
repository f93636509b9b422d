"""What was written while nobody listened: looked up when a session begins, until nothing is left to look at."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

import aiohttp
import discord
from discord import utils

from bots.discord.heard import Heard
from core.ports import Clock
from core.trouble import StorageTrouble

log = logging.getLogger(__name__)
Hear = Callable[[discord.Message], Awaitable[None]]
Readable = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
LONGEST_SECONDS = 86_400.0
# A dead line is noticed by a heartbeat that is not answered, after 102 s at the latest.
MARGIN_SECONDS = 180.0
NOTED_EVERY_SECONDS = 60.0
CHANNELS = 500
MESSAGES = 1000
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0


class Missed:
    """A look for each shard: their sessions end one by one."""

    def __init__(self, heard: Heard, clock: Clock) -> None:
        self._heard = heard
        self._clock = clock
        self._looks: dict[int, asyncio.Task[None]] = {}

    def begin(self, client: discord.AutoShardedClient, shard: int, hear: Hear) -> None:
        """The shard listens from now on. `hear` is given what was written before, a place's messages in their order;
        some of them twice, which must change nothing."""
        self.end(shard)
        look = Look(client, shard, hear, self._heard, self._clock)
        self._looks[shard] = asyncio.create_task(look.run())

    def end(self, shard: int) -> None:
        """The shard is deaf."""
        if look := self._looks.pop(shard, None):
            look.cancel()

    async def stop(self) -> None:
        looks, self._looks = self._looks, {}
        for each in looks.values():
            each.cancel()
        await asyncio.gather(*looks.values(), return_exceptions=True)


@dataclass(frozen=True, slots=True)
class Look:
    """One shard's, as long as its session lasts."""

    client: discord.AutoShardedClient
    shard: int
    hear: Hear
    heard: Heard
    clock: Clock

    async def run(self) -> None:
        began = self.clock.now()
        await self._catch_up(began)
        reached = began
        while True:
            try:
                await self.heard.reached(self._application, self._name, reached)
            except StorageTrouble as trouble:
                log.warning("how far was heard could not be noted: %s", trouble)
            await self.clock.sleep(NOTED_EVERY_SECONDS)
            reached = self.clock.now() - MARGIN_SECONDS

    async def _catch_up(self, began: float) -> None:
        left: Sequence[discord.abc.Messageable] | None = None
        for pause in _pauses():
            try:
                since = await self._since(began)
                places = await self._places(since) if left is None else left
                left = [each for each in places if not await self._is_done(each, since)]
                if not left:
                    return
            except StorageTrouble as trouble:
                log.warning("what was missed cannot be looked up yet: %s", trouble)
            await self.clock.sleep(pause)

    async def _since(self, began: float) -> float:
        """What was written before anybody ever listened was not written to us."""
        first = await self.heard.first(self._application, began)
        until = await self.heard.until(self._application, self._name)
        return max(until - MARGIN_SECONDS, began - LONGEST_SECONDS, first)

    async def _places(self, since: float) -> list[discord.abc.Messageable]:
        """Discord sends direct messages to the first shard, and does not tell in which of them there is something."""
        numbers = await self.heard.dms(self._application) if self.shard == 0 else []
        private = discord.ChannelType.private
        dms = [self.client.get_partial_messageable(number, type=private) for number in numbers]
        mine = (guild for guild in self.client.guilds if guild.shard_id == self.shard)
        busy = [each for guild in mine for each in _readable(guild) if _newest(each) >= since]
        busy.sort(key=_newest, reverse=True)
        if len(busy) > CHANNELS:
            log.warning("Discord: of %s channels with something new only %s are looked at", len(busy), CHANNELS)
        return [*dms, *busy[:CHANNELS]]

    async def _is_done(self, where: discord.abc.Messageable, since: float) -> bool:
        """Whether it need not be looked at again."""
        try:
            for message in await _written(where, since):
                # What has been begun with a message is done with it also where the look is called off.
                await asyncio.shield(self.hear(message))
        except (discord.NotFound, discord.Forbidden):
            return True
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
            log.warning("Discord: a channel could not be looked at yet: %s", type(error).__name__)
            return False
        return True

    @property
    def _application(self) -> int:
        return self.client.application_id or 0

    @property
    def _name(self) -> str:
        return f"{self.shard}/{self.client.shard_count}"


def _readable(guild: discord.Guild) -> Iterator[Readable]:
    channels: list[Readable] = [*guild.text_channels, *guild.voice_channels, *guild.stage_channels, *guild.threads]
    for each in channels:
        if isinstance(each, discord.Thread) and each.parent is None:
            continue
        granted = each.permissions_for(guild.me)
        if granted.view_channel and granted.read_message_history:
            yield each


def _newest(channel: Readable) -> float:
    """When the last message was written there, in seconds since the epoch; 0 where there is none."""
    number = channel.last_message_id
    return utils.snowflake_time(number).timestamp() if number else 0.0


async def _written(where: discord.abc.Messageable, since: float) -> list[discord.Message]:
    """Since that time, the oldest first: read from the newest on, for the last words of a long talk are as good as
    the first."""
    found: list[discord.Message] = []
    async for message in where.history(limit=MESSAGES):
        if message.created_at.timestamp() < since:
            break
        found.append(message)
    if len(found) == MESSAGES:
        log.warning("Discord: of a channel with very much that is new only the last %s messages are heard", MESSAGES)
    return found[::-1]


def _pauses() -> Iterator[float]:
    pause = FIRST_PAUSE
    while True:
        yield pause
        pause = min(pause * 2, LONGEST_PAUSE)
