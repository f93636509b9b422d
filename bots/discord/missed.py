"""What was written while nobody listened: looked up in the places that we lately worked in."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import discord

from bots.discord.client import Ears
from bots.discord.places import PLATFORM, Spot
from core.ports import Store

log = logging.getLogger(__name__)
LONGEST = timedelta(days=1)
PLACES = 50
MESSAGES = 100


async def look_up_missed(ears: Ears, store: Store) -> None:
    """A message that was heard before changes nothing, so it is no harm to look far enough back."""
    since = datetime.now(UTC) - LONGEST
    jobs = await store.jobs(platform=PLATFORM, most=200)
    recent = [job for job in jobs if job.created >= since.timestamp() or not job.stage.over]
    spots = dict.fromkeys(spot for job in recent if not (spot := Spot.of(job.place)).guest)
    for spot in list(spots)[:PLACES]:
        # Only what came after the first thing that we know of there: older words were not lost by us.
        known = min(job.created for job in recent if Spot.of(job.place) == spot)
        after = max(since, datetime.fromtimestamp(known, UTC))
        try:
            await _look(ears, spot.channel, after)
        except (discord.HTTPException, discord.RateLimited, OSError) as error:
            log.info("nothing looked up in a channel: %s", type(error).__name__)
        await asyncio.sleep(0)


async def _look(ears: Ears, channel: int, after: datetime) -> None:
    where = await ears.fetch_channel(channel)
    if isinstance(where, discord.abc.Messageable):
        async for message in where.history(after=after, limit=MESSAGES, oldest_first=True):
            await ears.hear(message)
