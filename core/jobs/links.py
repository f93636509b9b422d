"""The link to a result: shown only if people can open it.

With an address at which this bot is reached from outside, each result has a page there. Without one the link is the
backend's own, if it leads to the public internet and the file was just fetched from it, or if people sit at this
machine.
"""

from __future__ import annotations

import asyncio
import secrets
from base64 import b32encode
from dataclasses import dataclass
from pathlib import Path

from core.jobs.context import JobContext
from core.messages import MediaFile
from core.reachability import leads_to_public
from core.records import PublishedResult

# Where the pages stand below the address at which this bot is reached.
PAGES = "/r/"
_SLUG_BYTES = 20  # nobody guesses 160 bits


@dataclass(frozen=True, slots=True)
class Link:
    """`address` is "" where there is none that people can open. It leads nowhere after `until`, in seconds since the
    epoch; 0 where that is unknown."""

    address: str = ""
    until: float = 0


async def link_to(context: JobContext, file: MediaFile, address: str, url: str) -> Link:
    """The link to a file of the backend, which was just fetched from `address`, "" if only its id led to it. `url` is
    where the backend says that it lies."""
    services = context.services
    if services.public_url:
        # A backend that serves its files itself may do so at another port after a restart: their id still leads there.
        lies = "" if services.gateway.client.is_own(url) else address or url
        page = await services.store.publish(await _published(context, file, lies))
        return Link(f"{services.public_url}{PAGES}{page.slug}", page.until)
    if address and (context.messenger.limits(context.job.place).local_links or await leads_to_public(address)):
        return Link(address)
    return Link()


async def _published(context: JobContext, file: MediaFile, url: str) -> PublishedResult:
    job, now = context.job, context.services.clock.now()
    return PublishedResult(
        slug=b32encode(secrets.token_bytes(_SLUG_BYTES)).decode().lower(),
        id=job.id,
        place=job.place,
        skill=context.skill.name,
        name=file.name,
        kind=file.kind,
        url=url,
        render=job.render,
        size=file.size,
        made=now,
        until=now + context.services.timing.page_life,
        duration=file.duration,
        width=file.width,
        height=file.height,
        poster=await asyncio.to_thread(_read, file.thumbnail),
    )


def _read(picture: Path | None) -> bytes:
    return picture.read_bytes() if picture else b""
