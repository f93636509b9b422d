"""Telegram's side of the contract: a private chat on the loopback Bot API server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bots.telegram.app import open_telegram
from core.messages import Attachment, Place
from core.ports import Messenger
from tests.bots.telegram.house import settings_for
from tests.servers.telegram import Fault, Kind, TelegramServer

# What clients make of words by themselves, without changing how they read.
_BY_ITSELF = {"url", "mention", "hashtag", "bot_command", "email"}


class TelegramSide:
    drops_repeats = False

    def __init__(self, server: TelegramServer, messenger: Messenger) -> None:
        self._server = server
        self._anna = server.person("Anna")
        self._anna.send("/start")
        self.messenger = messenger
        self.place = Place("telegram", str(self._anna.id))

    def reads(self, words: str) -> int:
        for standing in self._anna.chat.shown:
            assert {entity["type"] for entity in standing.json.get("entities", [])} <= _BY_ITSELF
        return sum(standing.text == words for standing in self._anna.chat.shown)

    def buttons(self) -> list[str]:
        return self._anna.chat.last.buttons

    def asks(self, words: str) -> str:
        return str(self._anna.send(words).id)

    def gives(self, content: Path, name: str) -> Attachment:
        sent = self._anna.send_document(content, name=name)
        document = sent.json["document"]
        return Attachment(document["file_id"], name, document["file_size"])

    def files(self) -> list[tuple[str, bytes]]:
        stored = [self._anna.chat.file(standing) for standing in self._anna.chat.media]
        return [(file.name, file.data) for file in stored]

    def replies_to(self) -> str:
        return str(self._anna.chat.last.reply_to or "")

    def loses_an_answer(self) -> None:
        self._server.fail(Fault(Kind.LOSE, "sendMessage"))

    def is_hurried(self, seconds: float) -> None:
        self._server.world.flood.close(self._anna.id, seconds)

    def is_too_large(self) -> None:
        self._server.fail(Fault(Kind.PAGE, "sendVideo", status=413))

    def shuts(self) -> None:
        self._anna.block()

    def withdraws(self, attachment: Attachment) -> None:
        self._server.world.files.forget(attachment.handle)

    async def goes_away(self) -> None:
        await self._server._runner.cleanup()


@asynccontextmanager
async def telegram_side(folder: Path) -> AsyncIterator[TelegramSide]:
    async with TelegramServer() as server:
        async with open_telegram(settings_for(server, folder).telegram) as telegram:
            yield TelegramSide(server, telegram.messenger)
        assert server.violations == []
