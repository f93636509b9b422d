"""The terminal's side of the contract: what is printed is what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bots.console.attachments import attach
from bots.console.messenger import ConsoleMessenger
from bots.console.screen import RichScreen
from core.messages import Attachment, Place


class ConsoleSide:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self._printed = ""
        self.messenger = ConsoleMessenger(RichScreen(), folder / "out")
        self.place = Place("console", "here")

    def reads(self, words: str) -> int:
        return " ".join(self._everything().split()).count(" ".join(words.split()))

    def buttons(self) -> list[str]:
        return [button.label for button in self.messenger.buttons]

    def asks(self, words: str) -> str:
        return ""

    def gives(self, content: Path, name: str) -> Attachment:
        return attach(content)

    def _everything(self) -> str:
        self._printed += self._capsys.readouterr().out
        return self._printed
