"""`core.ports.Messenger` for the terminal: messages on a screen, results in a folder."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path

from bots.console.attachments import attached_path
from bots.console.outgoing import save_result
from bots.console.screen import Screen
from core.messages import Attachment, Button, Limits, Mark, Outgoing, Place, Sent, Tone

PLATFORM = "console"
_LIMITS = Limits(text=1_000_000, caption=1_000_000, download=None, upload=None, edit_every=0.1, local_links=True)


class ConsoleMessenger:
    """Shows messages on `screen` and saves results under `out`. `failures` are the errors said so far."""

    platform = PLATFORM

    def __init__(self, screen: Screen, out: Path) -> None:
        self._screen = screen
        self._out = out
        self._ids = itertools.count(1)
        self.buttons: tuple[Button, ...] = ()
        self._with_buttons = ""
        self.failures: list[str] = []

    def limits(self, place: Place) -> Limits:
        return _LIMITS

    async def send(self, place: Place, message: Outgoing) -> Sent:
        match message.tone:
            case Tone.STATUS:
                self._screen.status(message)
            case Tone.ANSWER:
                self._screen.answer(message.text)
            case Tone.ERROR:
                self.failures.append(message.text)
                self._screen.error(message.text)
            case Tone.RESULT:
                await self._show_result(message)
        sent = Sent(str(next(self._ids)))
        if message.tone is not Tone.STATUS:
            self.buttons, self._with_buttons = message.buttons, sent.id
            if message.buttons:
                self._screen.buttons(message.buttons)
        return sent

    async def _show_result(self, message: Outgoing) -> None:
        if not message.media:
            self._screen.result(message.text, None, message.link, None)
        for number, file in enumerate(message.media):
            path = await asyncio.to_thread(save_result, file, self._out)
            self._screen.result(message.text if number == 0 else file.name, path, message.link, file)

    async def edit(self, place: Place, message_id: str, message: Outgoing) -> None:
        self._screen.status(message)

    async def set_buttons(self, place: Place, message_id: str, message: Outgoing) -> None:
        """Only those of the last message can be pressed."""
        if message_id == self._with_buttons:
            self.buttons = message.buttons

    async def fetch(self, attachment: Attachment, to: Path) -> Path:
        """The handle is a path on this machine: the file is used where it lies."""
        return attached_path(Path(attachment.handle))

    async def link(self, attachment: Attachment) -> str:
        """A path on this machine is no address."""
        return ""

    async def typing(self, place: Place) -> None:
        pass

    async def mark(self, place: Place, message_id: str, mark: Mark) -> None:
        pass
