"""The state of the loopback Discord, and what both its HTTP and its gateway side do with it."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.servers.discord import payloads
from tests.servers.discord.faults import Faults
from tests.servers.discord.world import Channel, Guild, Interaction, Json, Message, Person

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAw.loop.back-token"
ACK_SECONDS = 3.0
TOKEN_SECONDS = 900.0
FOREIGN_FOLLOWUPS = 5
UPLOAD_LIMIT = 10 << 20


class Hub:
    """`upload_limit` in bytes a file. `skew` seconds are added to the clock: time passes by raising it.

    `calls` are the requests as they came: method, path, body. `journal` is a file that every message, edit and
    reaction is written to, a JSON a line, so that another process can read it and a kill loses none.
    """

    def __init__(self, journal: Path | None = None) -> None:
        self.bot = Person("cutroom", bot=True)
        self.token = TOKEN
        self.base = ""
        self.message_content_granted = True
        self.upload_limit = UPLOAD_LIMIT
        self.skew = 0.0
        self.people: dict[int, Person] = {self.bot.id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.interactions: dict[str, Interaction] = {}
        self.commands: list[Json] = []
        self.syncs = 0
        self.calls: list[tuple[str, str, Any]] = []
        self.faults = Faults()
        self.complaints: list[str] = []
        self.dispatch: Callable[[str, Json, Guild | None], None] = lambda name, data, guild: None
        self._journal = journal.open("a", encoding="utf-8") if journal else None
        self._news = asyncio.Event()

    def now(self) -> float:
        return time.time() + self.skew

    # --- looking

    @property
    def messages(self) -> list[Message]:
        everything = [each for place in self.channels.values() for each in place.messages.values()]
        return sorted(everything, key=lambda each: each.id)

    def said(self, place: Channel | None = None) -> list[Message]:
        """What the bot said, in order, without what is still loading."""
        mine = [each for each in self.messages if each.author is self.bot and not each.loading]
        return [each for each in mine if place is None or each.channel is place]

    async def until(self, condition: Callable[[], object], seconds: float = 90.0) -> None:
        """Returns when `condition` holds; looked at after everything that happens."""
        async with asyncio.timeout(seconds):
            while not condition():
                self._news.clear()
                await self._news.wait()

    def happened(self, event: str, **facts: Any) -> None:
        if self._journal:
            self._journal.write(json.dumps({"event": event, "at": time.time(), **facts}, ensure_ascii=False) + "\n")
            self._journal.flush()
        self._news.set()

    # --- messages

    def post(self, message: Message) -> Message:
        message.history.append(message.content)
        self._ping(message)
        message.channel.messages[message.id] = message
        if message.nonce:
            message.channel.nonces[message.nonce] = message.id
        self._note("message", message)
        if message.ephemeral_to is None and not message.loading:
            self.dispatch("MESSAGE_CREATE", self.in_gateway(message), message.channel.guild)
        return message

    def changed(self, message: Message) -> None:
        message.history.append(message.content)
        message.edited = self.now()
        self._ping(message)
        self._note("edit", message)
        if message.ephemeral_to is None:
            self.dispatch("MESSAGE_UPDATE", self.in_gateway(message), message.channel.guild)

    def shown(self, message: Message) -> Json:
        """A message as REST answers it: its links are signed anew each time."""
        made = payloads.message(self.base, message, self.now())
        if message.reply_to:
            made["referenced_message"]["mentions"] = payloads.mentions(message.reply_to, self.people)
        return made | {"mentions": payloads.mentions(message, self.people)}

    def in_gateway(self, message: Message) -> Json:
        made = self.shown(message)
        if guild := message.channel.guild:
            made["guild_id"] = str(guild.id)
            if not message.author.bot:
                made["member"] = payloads.member(message.author, guild, with_user=False)
        return made

    def _note(self, event: str, message: Message) -> None:
        files = [{"name": a.file.name, "size": a.file.size, "sha256": a.file.sha256} for a in message.files]
        self.happened(
            event,
            id=str(message.id),
            channel=str(message.channel.id),
            author=message.author.name,
            content=message.content,
            nonce=message.nonce,
            reply_to=str(message.reply_to.id) if message.reply_to else "",
            files=files if message.author is self.bot else [],
            buttons=message.buttons,
        )

    def _ping(self, message: Message) -> None:
        """A person's message pings whom it names; the bot's are settled by its allowed mentions before."""
        if message.author is not self.bot:
            message.pinged = frozenset(named(message.content))
            if message.reply_to and not message.reply_to.webhook:  # an interaction's answer is nobody's
                message.pinged |= {message.reply_to.author.id}

    def visible_channels(self) -> Iterable[Channel]:
        return (place for place in self.channels.values() if not place.deleted)

    def close(self) -> None:
        if self._journal:
            self._journal.close()


def named(content: str) -> set[int]:
    """The ids of the people whom a text mentions."""
    return {int(number) for number in re.findall(r"<@!?(\d+)>", content)}
