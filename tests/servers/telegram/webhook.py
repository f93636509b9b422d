"""Webhook delivery: one update at a time in a chat, several chats at once, again until it is taken with 2xx."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.servers.telegram.refusals import Json
from tests.servers.telegram.updates import Update
from tests.servers.telegram.world import World

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Webhook:
    """`answers` are the status codes that deliveries got, 0 where there was none."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._busy: dict[object, asyncio.Task[None]] = {}
        self.answers: list[tuple[int, int]] = []  # update id, status

    async def run(self) -> None:
        """Delivers as long as a webhook is set; until cancelled."""
        async with ClientSession(timeout=ClientTimeout(total=60)) as http:
            try:
                while True:
                    self._world.webhook_changed.clear()
                    if not self._world.webhook:
                        await self._world.webhook_changed.wait()
                        continue
                    self._start(http)
                    await self._something()
            finally:
                for task in self._busy.values():
                    task.cancel()

    def _start(self, http: ClientSession) -> None:
        """A delivery for every chat that has an update and none on its way."""
        self._busy = {chat: task for chat, task in self._busy.items() if not task.done()}
        for update in self._world.updates.pending:
            chat = _chat(update)
            if chat not in self._busy and len(self._busy) < self._world.webhook["max_connections"]:
                self._busy[chat] = asyncio.create_task(self._deliver(http, update))

    async def _something(self) -> None:
        """Returns when a delivery ended, an update came or the webhook changed."""
        waits: set[asyncio.Task[object]] = {asyncio.create_task(self._world.webhook_changed.wait())}
        waits.add(asyncio.create_task(self._world.updates.newer(len(self._world.updates.pending))))
        try:
            await asyncio.wait({*waits, *self._busy.values()}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _deliver(self, http: ClientSession, update: Update) -> None:
        wait = FIRST_WAIT
        while self._world.webhook:
            status = await self._post(http, update)
            self.answers.append((update.id, status))
            if 200 <= status < 300:
                self._world.updates.confirm(update.id)
                self._world.stir()
                return
            error = f"Wrong response from the webhook: {status}" if status else "Connection refused"
            self._world.webhook |= {"last_error_date": int(self._world.clock.now()), "last_error_message": error}
            self._world.stir()
            await self._world.clock.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def _post(self, http: ClientSession, update: Update) -> int:
        secret = self._world.webhook["secret"]
        headers = {HEADER: secret} if secret else {}
        with suppress(ClientError, TimeoutError):
            async with http.post(self._world.webhook["url"], json=update.json, headers=headers) as response:
                return response.status
        return 0


def _chat(update: Update) -> object:
    content: Json = update.content
    message = content.get("message", content)
    return message.get("chat", {}).get("id", content.get("from", {}).get("id", update.id))
