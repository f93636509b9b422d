"""Albums: items that come one by one and are one request. There is no last one, only quiet."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import Bot, Message

from bots.telegram.incoming import speaker_of
from bots.telegram.places import PLATFORM
from core.aio import Background
from core.ports import Clock, Store
from core.store import StorageTrouble

log = logging.getLogger(__name__)
QUIET_SECONDS = 0.9
# An album has ten items at the most, and they are never that long on their way.
LONGEST_SECONDS = 6.0
# An item that comes later than that belongs to an album nobody remembers: it is a request of its own.
REMEMBERED_SECONDS = 120.0
TROUBLE_SECONDS = 2.0
# A process that has had an album for that long has died, or lost it.
LEFT_SECONDS, LOOK_SECONDS = 30.0, 15.0


class Albums:
    """`whole` is given an album's items in their order once they are there, and late ones by themselves.

    The items are in the store's inbox, where several processes that receive updates find each other's. Two that hand
    over the same album hand over the same items, and so the same request, which is done once.
    """

    def __init__(
        self, store: Store, bot: Bot, clock: Clock, whole: Callable[[Sequence[Message]], Awaitable[None]]
    ) -> None:
        self._store = store
        self._bot = bot
        self._clock = clock
        self._whole = whole
        self._began: dict[str, float] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._newest: dict[str, Message] = {}  # of the albums that are not handed over
        self._captions: dict[str, str] = {}
        self._handed: set[str] = set()  # and still in the inbox: a late item must not be taken for one of them
        self._handing_over = Background()
        self._left = False

    async def add(self, item: Message) -> None:
        """Returns when it is in the inbox. Raises `StorageTrouble`."""
        await self._store.add_to_inbox(PLATFORM, f"{self._key(item)}{item.message_id:012}", item.to_json())
        self._newest[self._key(item)] = item
        self._wait(self._key(item))

    async def end_before(self, message: Message) -> None:
        """Hands over what the same person sent as an album right before this message, without waiting for quiet: the
        items of an album come one after the other, so there are no more. Raises `StorageTrouble`."""
        before = [key for key, newest in self._newest.items() if _same_writer(newest, message)]
        for key in before:
            if key == self._key(message):
                continue
            if key in self._timers:
                self._timers.pop(key).cancel()
                await self._hand_over(key, at_once=True)
            else:
                await self._handing_over.quiet()

    def caption_of(self, item: Message) -> str:
        """What was asked of the album that a late item belongs to."""
        return self._captions.get(self._key(item), "")

    async def take_up(self, before: float = float("inf")) -> None:
        """Takes over the albums that other processes have had since before that time."""
        for body in await self._store.take_over_inbox(PLATFORM, before):
            self._wait(self._key(self._read(body)))

    async def take_up_for_ever(self) -> None:
        while True:
            await self._clock.sleep(LOOK_SECONDS)
            try:
                await self.take_up(self._clock.now() - LEFT_SECONDS)
            except StorageTrouble as trouble:
                log.warning("albums could not be looked for: %s", trouble)

    async def leave(self) -> None:
        """Ends the waiting: what has not been handed over stays in the inbox, for whoever takes it over."""
        self._left = True
        for timer in self._timers.values():
            timer.cancel()
        await self._handing_over.quiet()

    # --- one album

    def _key(self, item: Message) -> str:
        return f"{self._bot.id}:{item.chat.id}/{item.media_group_id}/"

    def _read(self, body: str) -> Message:
        return Message.de_json(json.loads(body), self._bot)

    def _wait(self, key: str, quiet: float = QUIET_SECONDS) -> None:
        """Until it has been quiet for so long, and not for ever."""
        if self._left:
            return
        loop = asyncio.get_running_loop()
        if key in self._timers:
            self._timers[key].cancel()
        left = self._began.setdefault(key, loop.time()) + LONGEST_SECONDS - loop.time()
        self._timers[key] = loop.call_later(max(0.0, min(quiet, left)), self._quiet, key)

    def _quiet(self, key: str) -> None:
        del self._timers[key]
        self._handing_over.begin(self._guarded(key))

    async def _guarded(self, key: str) -> None:
        try:
            await self._hand_over(key)
        except StorageTrouble as trouble:
            log.warning("an album cannot be handed over (%s); tried again in %.0f s", trouble, TROUBLE_SECONDS)
            self._began.pop(key, None)
            self._wait(key, TROUBLE_SECONDS)

    async def _hand_over(self, key: str, *, at_once: bool = False) -> None:
        entries = await self._store.inbox(PLATFORM, key)
        newest = max((each.since for each in entries), default=0.0)
        if not at_once and self._clock.now() - newest < QUIET_SECONDS / 2 and not self._is_late(key):
            self._wait(key)  # another process was brought an item in the meantime
            return
        self._began.pop(key, None)
        fresh = [each for each in entries if each.item not in self._handed]
        if fresh:
            await self._as_one(key, [self._read(each.body) for each in fresh])
            self._handed.update(each.item for each in fresh)
        await self._store.remove_from_inbox(PLATFORM, [each.item for each in entries])
        self._handed.difference_update(each.item for each in entries)
        if key not in self._timers:
            self._newest.pop(key, None)

    def _is_late(self, key: str) -> bool:
        return asyncio.get_running_loop().time() - self._began.get(key, 0.0) > LONGEST_SECONDS

    async def _as_one(self, key: str, items: Sequence[Message]) -> None:
        # A late item is an album of its own here, and must not take the words away that it will be given.
        self._captions[key] = next((item.caption for item in items if item.caption), self._captions.get(key, ""))
        asyncio.get_running_loop().call_later(REMEMBERED_SECONDS, self._captions.pop, key, None)
        try:
            await self._whole(items)
        except StorageTrouble:
            raise
        except Exception:
            # One that cannot be understood must not come back for ever.
            log.exception("an album was left out")


def _same_writer(one: Message, other: Message) -> bool:
    return one.chat.id == other.chat.id and speaker_of(one) == speaker_of(other)
