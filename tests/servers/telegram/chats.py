"""A chat as a test holds it: what stands there, what was said, and waiting for more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.servers.telegram.files import StoredFile
from tests.servers.telegram.media import file_of
from tests.servers.telegram.refusals import Json
from tests.servers.telegram.rooms import Room, Standing
from tests.servers.telegram.world import World


@dataclass(frozen=True, slots=True)
class Chat:
    """`thread` is the topic that is meant, None for the chat itself (and for the General topic)."""

    world: World
    room: Room
    thread: int | None = None

    @property
    def id(self) -> int:
        return self.room.id

    @property
    def transcript(self) -> list[str]:
        return self.room.transcript

    def read_aloud(self) -> str:
        return "\n".join(self.room.transcript)

    @property
    def shown(self) -> list[Standing]:
        """The bot's messages that stand here, in order."""
        return [standing for standing in self.room.of_bot if self.thread is None or standing.thread == self.thread]

    @property
    def last(self) -> Standing:
        return self.shown[-1]

    @property
    def media(self) -> list[Standing]:
        """The bot's messages with a file."""
        return [standing for standing in self.shown if file_of(standing.json)]

    def file(self, standing: Standing) -> StoredFile:
        stored = self.world.files.find(file_of(standing.json))
        assert stored is not None, f"no file in {standing.json}"
        return stored

    def message(self, message_id: int) -> Standing:
        return self.room.messages[message_id]

    async def until(self, condition: Callable[[], object], timeout: float = 90) -> None:
        """Raises `AssertionError` with the transcript where it does not come to that in time (real seconds)."""
        try:
            await self.world.until(condition, timeout)
        except TimeoutError:
            raise AssertionError(f"not within {timeout} s; the chat reads:\n{self.read_aloud()}") from None

    async def hears(self, words: str, timeout: float = 90) -> Standing:
        """Waits for a message of the bot's that reads so now, and returns it: the newest if there are several."""

        def found() -> list[Standing]:
            return [standing for standing in self.shown if words in standing.text]

        await self.until(found, timeout)
        return found()[-1]

    async def receives(self, count: int = 1, timeout: float = 60) -> list[Standing]:
        """Waits for so many messages with a file."""
        await self.until(lambda: len(self.media) >= count, timeout)
        return self.media


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button. `answer` is what the bot answered, None until it did."""

    world: World
    id: str

    @property
    def answer(self) -> Json | None:
        return self.world.pressed[self.id]

    async def answered(self, timeout: float = 90) -> Json:
        await self.world.until(lambda: self.answer is not None, timeout)
        return self.answer or {}


@dataclass(frozen=True, slots=True)
class Asked:
    """An inline query on its way."""

    world: World
    id: str

    async def results(self, timeout: float = 90) -> list[Json]:
        await self.world.until(lambda: self.world.asked[self.id] is not None, timeout)
        results: list[Json] = (self.world.asked[self.id] or {})["results"]
        return results
