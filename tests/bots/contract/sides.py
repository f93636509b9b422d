"""What the contract needs of a platform: its messenger, what a person reads there, and what goes wrong on request."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from core.messages import Attachment, Place
from core.ports import Messenger


class Side(Protocol):
    """A conversation of one person with the bot."""

    place: Place

    @property
    def messenger(self) -> Messenger: ...

    def reads(self, words: str) -> int:
        """How many of the bot's messages a person reads as exactly these words now. No mark-up of a platform's makes
        bold, links or pings of them."""
        ...

    def buttons(self) -> list[str]:
        """The labels under the newest message."""
        ...

    def asks(self, words: str) -> str:
        """The person writes; what an answer's `reply_to` says for it."""
        ...

    def gives(self, content: Path, name: str) -> Attachment:
        """The person sends a file."""
        ...


class Network(Side, Protocol):
    """A platform that is reached over a network. `drops_repeats` where it drops a message whose key it knows."""

    drops_repeats: bool

    def files(self) -> list[tuple[str, bytes]]:
        """Name and content of what the bot has sent, in order."""
        ...

    def replies_to(self) -> str:
        """The `reply_to` of the newest message, "" for none."""
        ...

    def loses_an_answer(self) -> None:
        """The next message is taken and its answer is lost."""
        ...

    def is_hurried(self, seconds: float) -> None:
        """The next message is refused with the wish to wait for so long."""
        ...

    def is_too_large(self) -> None:
        """The next file is refused for its size."""
        ...

    def shuts(self) -> None:
        """The person wants to hear nothing more of the bot."""
        ...

    def withdraws(self, attachment: Attachment) -> None:
        """The file is not there any more."""
        ...

    async def goes_away(self) -> None:
        """From here on nothing listens where the platform was."""
        ...
