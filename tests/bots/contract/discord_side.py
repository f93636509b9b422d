"""Discord's side of the contract: a direct conversation on the loopback server."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import patch

from pydantic import SecretStr

from bots.discord.app import open_discord
from bots.discord.configuration import DiscordSettings
from core.messages import Attachment, Place
from core.ports import Messenger
from tests.servers.discord import DiscordServer, File

_MESSAGES = r"POST /api/v10/channels/\d+/messages$"
_ESCAPED = re.compile(r"\\([\\`*_~|>#\-\[\]()])")
_MARKUP = re.compile(r"(?<!\\)(?:\*\*|__|~~|\|\||`|\*(?=\w))")


class DiscordSide:
    drops_repeats = True

    def __init__(self, server: DiscordServer, messenger: Messenger) -> None:
        self._server = server
        self._anna = server.people.person("anna")
        self._dm = server.people.dm(self._anna)
        self.messenger = messenger
        self.place = Place("discord", str(self._dm.id))

    def reads(self, words: str) -> int:
        contents = [message.content for message in self._server.hub.said(self._dm)]
        for content in contents:
            assert not _MARKUP.search(content), f"some of it is mark-up: {content}"
        assert not any(message.pinged_everyone or message.pinged for message in self._server.hub.said(self._dm))
        return sum(_ESCAPED.sub(r"\1", content) == words for content in contents)

    def buttons(self) -> list[str]:
        return list(self._server.hub.said(self._dm)[-1].buttons)

    def asks(self, words: str) -> str:
        return str(self._server.people.write(self._anna, self._dm, words).id)

    def gives(self, content: Path, name: str) -> Attachment:
        message = self._server.people.write(self._anna, self._dm, "", File(name, content, "video/mp4"))
        [file] = message.files
        return Attachment(f"{self._dm.id}/{message.id}/{file.id}", name, content.stat().st_size)

    def files(self) -> list[tuple[str, bytes]]:
        said = self._server.hub.said(self._dm)
        return [(each.file.name, each.file.read()) for message in said for each in message.files]

    def replies_to(self) -> str:
        replied = self._server.hub.said(self._dm)[-1].reply_to
        return str(replied.id) if replied else ""

    def loses_an_answer(self) -> None:
        self._server.faults.plan(_MESSAGES, drop_answer=True)

    def is_hurried(self, seconds: float) -> None:
        self._server.faults.plan(_MESSAGES, status=429, retry_after=seconds)

    def is_too_large(self) -> None:
        self._server.hub.upload_limit = 1

    def shuts(self) -> None:
        self._anna.blocks_the_bot = True

    def withdraws(self, attachment: Attachment) -> None:
        _, message, _ = attachment.handle.split("/")
        del self._dm.messages[int(message)]

    async def goes_away(self) -> None:
        await self._server._runner.cleanup()


@asynccontextmanager
async def discord_side() -> AsyncIterator[DiscordSide]:
    async with DiscordServer() as server:
        settings = DiscordSettings(
            _env_file=None,  # type: ignore[call-arg]
            bot_token=SecretStr(server.hub.token),
            api_url=server.api_url,
            gateway_url=server.gateway_url,
        )
        async with open_discord(settings) as discord:
            with patch("bots.discord.retries.PAUSES", (0.05,) * 3):
                yield DiscordSide(server, discord.messenger)
