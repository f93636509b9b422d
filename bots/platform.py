"""What a platform's adapter is to the composition root: it talks, it listens, the doctor can ask it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Protocol

from core.assistant.assistant import Assistant
from core.messages import Place
from core.ports import Messenger, Store
from core.skills import SkillBook

if TYPE_CHECKING:
    from aiohttp import web
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`remedy` is what to do about it; "" where all is well or nothing need be done."""

    subject: str
    fact: str
    remedy: str = ""


# Does something once nobody else does what goes by that name, and until it ends; cancels it, and begins it again,
# where another process might be doing it by now. In a house that has its database to itself it is just done.
Alone = Callable[[str, Callable[[], Awaitable[None]]], Awaitable[None]]


class Rooms(Protocol):
    """What listening needs of a house. `alone` is for what several fronts may not do at once, such as polling;
    `move` for a chat that the platform has given another key."""

    @property
    def assistant(self) -> Assistant: ...
    @property
    def store(self) -> Store: ...
    @property
    def skills(self) -> SkillBook: ...
    @property
    def alone(self) -> Alone: ...
    @property
    def move(self) -> Callable[[Place, Place], Awaitable[None]]: ...


class Platform(Protocol):
    """Opened by the adapter's own `open_…(settings)`, an async context manager that needs the token alone.

    From then on `messenger` talks. Listening is another thing, and only a process that is to receive enters it.
    """

    @property
    def messenger(self) -> Messenger: ...

    def routes(self, rooms: Rooms) -> Sequence[web.RouteDef]:
        """What the platform calls over HTTP, () where it does not. Served beside the health check."""
        ...

    def listening(self, rooms: Rooms) -> AbstractAsyncContextManager[None]:
        """Receives while entered. Leaving returns when the last message that was taken is in the store."""
        ...
