"""What the composition root expects of a platform's adapter, and what the adapter gets from it to listen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from core.assistant.assistant import Assistant
from core.messages import Place
from core.ports import Messenger, Store
from core.skills import SkillBook

if TYPE_CHECKING:
    from aiohttp import web


@dataclass(frozen=True, slots=True)
class Finding:
    """`remedy` is what to do about it; "" if nothing has to be done."""

    subject: str
    fact: str
    remedy: str = ""


# Runs something under a name as the only process that does, as soon as no other one does. It is cancelled, and begun
# again, if another process may have taken over. With a database file there is one process, which just runs it.
Alone = Callable[[str, Callable[[], Awaitable[None]]], Awaitable[None]]


class Rooms(Protocol):
    """What listening needs. `alone` is for what only one of several fronts may do, such as polling; `move` is for a
    chat that the platform has given another key."""

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
    """Opened by the adapter's `open_…(settings)`, an async context manager that needs the token only.

    From then on `messenger` can send. Only a process that is to receive messages enters `listening`.
    """

    @property
    def messenger(self) -> Messenger: ...

    def routes(self, rooms: Rooms) -> Sequence[web.RouteDef]:
        """What the platform calls over HTTP, or (). Served beside the health check."""
        ...

    def listening(self, rooms: Rooms) -> AbstractAsyncContextManager[None]:
        """Receives messages until left. Leaving returns when the last one that was received is in the store."""
        ...
