"""What was written while nobody listened: looked up when a session begins, until nothing is left to look at.

Channel by channel: which may be read, where something is new, and what it is.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator

import aiohttp
import discord
from discord import utils

from bots.discord.cursors import Cursors
from core.ports import Clock
from core.store import StorageTrouble

log = logging.getLogger(__name__)
Readable = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
MESSAGES = 1000


def readable(guild: discord.Guild) -> Iterator[Readable]:
    """Channels, and threads that are not archived: a message takes one out of the archive."""
    channels: list[Readable] = [*guild.text_channels, *guild.voice_channels, *guild.stage_channels, *guild.threads]
    for each in channels:
        if isinstance(each, discord.Thread) and each.parent is None:
            continue
        granted = each.permissions_for(guild.me)
        if granted.view_channel and granted.read_message_history:
            yield each


def newest(channel: Readable) -> float:
    """When the last message was written there, in seconds since the epoch; 0 where there is none."""
    number = channel.last_message_id
    return utils.snowflake_time(number).timestamp() if number else 0.0


async def written(where: discord.abc.Messageable, since: float) -> list[discord.Message]:
    """Since that time, the oldest first: read from the newest on, for the last words of a long talk are as good as
    the first. Raises what the library does."""
    found: list[discord.Message] = []
    async for message in where.history(limit=MESSAGES):
        if message.created_at.timestamp() < since:
            break
        found.append(message)
    if len(found) == MESSAGES:
        log.warning("Discord: of a channel with very much that is new only the last %s messages are heard", MESSAGES)
    return found[::-1]


Hear = Callable[[discord.Message], Awaitable[None]]
Place = Readable | discord.PartialMessageable
LONGEST_SECONDS = 86_400.0
# A dead line is noticed by a heartbeat that is not answered, after 102 s at the latest.
MARGIN_SECONDS = 180.0
NOTED_EVERY_SECONDS = 60.0
CHANNELS = 500
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0


class Missed:
    """A look for each shard: their sessions end one by one."""

    def __init__(self, cursors: Cursors, clock: Clock) -> None:
        self._cursors = cursors
        self._clock = clock
        self._looks: dict[int, tuple[Look, asyncio.Task[None]]] = {}

    def begin(self, client: discord.AutoShardedClient, shard: int, hear: Hear, *, ready: bool = True) -> None:
        """The shard listens from now on. `hear` is given what was written before, a place's messages in their order;
        some of them twice, which must change nothing. Not `ready` where its servers are still to come."""
        self.end(shard)
        look = Look(client, shard, hear, self._cursors, self._clock)
        if ready:
            look.ready.set()
        self._looks[shard] = (look, asyncio.create_task(look.run()))

    def ready(self, shard: int) -> None:
        """Its servers are known."""
        if shard in self._looks:
            self._looks[shard][0].ready.set()

    async def before(self, what: discord.Message | discord.Interaction, shard: int) -> None:
        """Returns when what was written before it in its place has been heard, or cannot be yet. Raises
        `StorageTrouble`."""
        if shard in self._looks and isinstance(what.channel, discord.abc.Messageable):
            await self._looks[shard][0].at(what.channel)

    def end(self, shard: int) -> None:
        """The shard is deaf."""
        if shard in self._looks:
            self._looks.pop(shard)[1].cancel()

    async def stop(self) -> None:
        tasks = [task for _, task in self._looks.values()]
        self._looks = {}
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Look:
    """One shard's, as long as its session lasts."""

    def __init__(
        self, client: discord.AutoShardedClient, shard: int, hear: Hear, cursors: Cursors, clock: Clock
    ) -> None:
        self.ready = asyncio.Event()
        self._client = client
        self._shard = shard
        self._hear = hear
        self._cursors = cursors
        self._clock = clock
        self._began = clock.now()
        self._application = client.application_id or 0
        self._name = f"{shard}/{client.shard_count}"
        self._done: set[int] = set()
        self._locks: dict[int, asyncio.Lock] = {}
        self._over = False

    async def run(self) -> None:
        await self.ready.wait()
        await self._catch_up()
        reached = self._began
        while True:
            try:
                await self._cursors.reached(self._application, self._name, reached)
            except StorageTrouble as trouble:
                log.warning("how far was heard could not be noted: %s", trouble)
            await self._clock.sleep(NOTED_EVERY_SECONDS)
            reached = self._clock.now() - MARGIN_SECONDS

    async def at(self, where: discord.abc.Messageable) -> None:
        """Looks there, unless that has been done. Raises `StorageTrouble`."""
        number = int(getattr(where, "id", 0))
        if self._over or number in self._done:
            return
        async with self._locks.setdefault(number, asyncio.Lock()):
            if number not in self._done and await self._is_done(where):
                self._done.add(number)

    async def _catch_up(self) -> None:
        for pause in _pauses():
            try:
                places = await self._places()
                for each in places:
                    await self.at(each)
                if all(each.id in self._done for each in places):
                    break
            except StorageTrouble as trouble:
                log.warning("what was missed cannot be looked up yet: %s", trouble)
            await self._clock.sleep(pause)
        self._over = True
        self._locks.clear()

    async def _since(self) -> float:
        """What was written before anybody ever listened was not written to us."""
        first = await self._cursors.first(self._application, self._began)
        until = await self._cursors.until(self._application, self._name)
        return max(until - MARGIN_SECONDS, self._began - LONGEST_SECONDS, first)

    async def _places(self) -> list[Place]:
        """Discord sends direct messages to the first shard, and does not tell in which of them there is something."""
        since = await self._since()
        numbers = await self._cursors.dms(self._application) if self._shard == 0 else []
        private = discord.ChannelType.private
        dms = [self._client.get_partial_messageable(number, type=private) for number in numbers]
        mine = (guild for guild in self._client.guilds if guild.shard_id == self._shard)
        busy = [each for guild in mine for each in readable(guild) if newest(each) >= since]
        busy.sort(key=newest, reverse=True)
        if len(busy) > CHANNELS:
            log.warning("Discord: of %s channels with something new only %s are looked at", len(busy), CHANNELS)
        return [*dms, *busy[:CHANNELS]]

    async def _is_done(self, where: discord.abc.Messageable) -> bool:
        """Whether it need not be looked at again."""
        try:
            for message in await written(where, await self._since()):
                # What has been begun with a message is done with it also where the look is called off.
                await asyncio.shield(self._hear(message))
        except (discord.NotFound, discord.Forbidden):
            return True
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
            log.warning("Discord: a channel could not be looked at yet: %s", type(error).__name__)
            return False
        return True


def _pauses() -> Iterator[float]:
    pause = FIRST_PAUSE
    while True:
        yield pause
        pause = min(pause * 2, LONGEST_PAUSE)
