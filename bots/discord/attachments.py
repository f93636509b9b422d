"""Files as handles: ids that lead to a fresh link, and their bytes in constant memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import discord

from core.errors import FileOutOfReach
from core.messages import Attachment

_LINK = "link "
_CHUNK = 1 << 20
_TRIES = 3
_PAUSE_SECONDS = 1.0
_QUIET_SECONDS = 60.0
_LINK_SECONDS = 10.0


def handles_of(message: discord.Message) -> tuple[Attachment, ...]:
    """The files of a message: its own, or those of the message that it forwards. A handle also has the link that came
    with the message: where its history may not be read, no other can be had."""
    forwarded = [each for snapshot in message.message_snapshots for each in snapshot.attachments]
    where = f"{message.channel.id}/{message.id}"
    found = [*message.attachments, *forwarded]
    return tuple(
        replace(_attachment(each, f"{where}/{each.id} {each.url}"), origin=f"{where}/{each.id}") for each in found
    )


def linked(files: Sequence[discord.Attachment]) -> tuple[Attachment, ...]:
    """Files whose message we cannot fetch again: those of a slash command hang on no message at all, and where the
    bot is a guest it may not look. Discord documents no way to a fresh link by the ids alone, so their handle is the
    link itself, signed by Discord and good for a day; it opens that one file and nothing else."""
    return tuple(_attachment(each, _LINK + each.url) for each in files)


def _attachment(file: discord.Attachment, handle: str) -> Attachment:
    return Attachment(handle=handle, name=file.filename, size=file.size, mime=file.content_type or "")


class Downloads:
    """`fetch` brings a file here. `client` needs only to be logged in."""

    def __init__(self, client: discord.Client, http: aiohttp.ClientSession) -> None:
        self._client = client
        self._http = http

    async def fetch(self, attachment: Attachment, to: Path) -> Path:
        """Raises `FileOutOfReach` where the message or the file is not there any more, or not for us."""
        for attempt in range(_TRIES):
            if attempt:
                await asyncio.sleep(_PAUSE_SECONDS * attempt)
            try:
                # Asked anew each time: some links are refused that a fresh one opens.
                if await self._copy(await self._link(attachment), to):
                    return to
            except (aiohttp.ClientError, TimeoutError, discord.DiscordServerError):
                continue
        raise FileOutOfReach(name=attachment.name)

    async def link(self, attachment: Attachment) -> str:
        """Signed by Discord for this one file, good for a day, and no secret of the bot's; "" where it cannot be had.

        Source: developer documentation, Reference, "Signed Attachment CDN URLs".
        """
        try:
            async with asyncio.timeout(_LINK_SECONDS):
                return await self._link(attachment)
        except (FileOutOfReach, aiohttp.ClientError, TimeoutError, discord.DiscordException):
            return ""

    async def _copy(self, url: str, to: Path) -> bool:
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=30, sock_read=_QUIET_SECONDS)
        async with self._http.get(url, allow_redirects=False, timeout=timeout) as answer:
            if answer.status != 200:
                return False
            with to.open("wb") as file:
                async for chunk in answer.content.iter_chunked(_CHUNK):
                    await asyncio.to_thread(file.write, chunk)
        return True

    async def _link(self, attachment: Attachment) -> str:
        if attachment.handle.startswith(_LINK):
            return attachment.handle.removeprefix(_LINK)
        ids, _, given = attachment.handle.partition(" ")
        channel, message, number = (int(part) for part in ids.split("/"))
        try:
            data = await self._client.http.get_message(channel, message)
        except discord.Forbidden as error:
            if given:
                return given
            raise FileOutOfReach(name=attachment.name) from error
        except discord.NotFound as error:
            raise FileOutOfReach(name=attachment.name) from error
        for each in _attached(data):
            if int(each["id"]) == number:
                return str(each["url"])
        raise FileOutOfReach(name=attachment.name)


def _attached(data: Any) -> list[Any]:
    forwarded = [each["message"].get("attachments", ()) for each in data.get("message_snapshots", ())]
    return [*data.get("attachments", ()), *(each for some in forwarded for each in some)]
