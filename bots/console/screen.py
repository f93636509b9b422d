"""Shows a conversation: to a person with colours and a progress bar, to a script as one JSON object per line."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console
from rich.live import Live
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from core.messages import Button, MediaFile, Outgoing

_KEPT = "\n\u200d"  # the joiner holds many an emoji together
_PERCENTAGE = re.compile(r"\d+ ?%")


_INDENT = "     "  # what is said stands in a column of its own


class Screen(Protocol):
    def said(self, who: str, text: str) -> None: ...
    def status(self, message: Outgoing) -> None: ...
    def answer(self, text: str) -> None: ...
    def buttons(self, buttons: tuple[Button, ...]) -> None: ...
    def result(self, text: str, path: Path | None, link: str, media: MediaFile | None) -> None: ...
    def error(self, text: str) -> None: ...
    def settle(self) -> None:
        """Nothing more comes for now: the next line belongs to the person."""


class JsonScreen:
    """One event a line on stdout; the sentence of an error on stderr as well."""

    def said(self, who: str, text: str) -> None:
        """A script knows what it said."""

    def status(self, message: Outgoing) -> None:
        _print_json("status", text=message.text, progress=message.progress)

    def answer(self, text: str) -> None:
        _print_json("text", text=text)

    def buttons(self, buttons: tuple[Button, ...]) -> None:
        choices = [{"number": n, "label": b.label, "action": b.action} for n, b in enumerate(buttons, 1)]
        _print_json("buttons", buttons=choices)

    def result(self, text: str, path: Path | None, link: str, media: MediaFile | None) -> None:
        facts = {"duration": media.duration, "size": media.size, "kind": media.kind.value} if media else {}
        _print_json("result", text=text, path=str(path) if path else None, link=link or None, **facts)

    def error(self, text: str) -> None:
        _print_json("error", text=text)
        _print_error(text)

    def settle(self) -> None:
        sys.stdout.flush()


class RichScreen:
    """For a person. Foreign text is printed as it is: no markup, no control characters."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=True)
        self._live: Live | None = None
        self._last_status = ""

    def said(self, who: str, text: str) -> None:
        self._end_status()
        self._console.print(_speech(who, "bold cyan", text))

    def status(self, message: Outgoing) -> None:
        if not self._console.is_terminal:
            self._plain_status(message)
            return
        if self._live is None:
            self._live = Live(console=self._console, refresh_per_second=8)
            self._live.start()
        self._live.update(_bar(message) if message.progress is not None else Text(_indented(message.text), "dim"))

    def answer(self, text: str) -> None:
        self._end_status()
        self._console.print(_speech("bot", "bold green", text))

    def buttons(self, buttons: tuple[Button, ...]) -> None:
        choices = "   ".join(f"[{number}] {_printable(button.label)}" for number, button in enumerate(buttons, 1))
        self._console.print(Text(_INDENT + choices, "dim"))

    def result(self, text: str, path: Path | None, link: str, media: MediaFile | None) -> None:
        self.answer(text)
        if path:
            self._console.print(Text.assemble(_INDENT, ("→ ", "dim"), (_printable(str(path)), "bold")))

    def error(self, text: str) -> None:
        self._end_status()
        _print_error(text)

    def settle(self) -> None:
        self._end_status()

    def _plain_status(self, message: Outgoing) -> None:
        # Without a terminal a bar is noise: each step once, without its percentages.
        step = _PERCENTAGE.sub("", message.text)
        if step != self._last_status:
            self._console.print(Text(_indented(message.text), "dim"))
        self._last_status = step

    def _end_status(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None


def _bar(message: Outgoing) -> Progress:
    progress = Progress(TextColumn("{task.description}", markup=False), BarColumn(bar_width=30))
    progress.add_task(_printable(message.text), total=1000, completed=round(1000 * (message.progress or 0)))
    return progress


def _speech(who: str, style: str, text: str) -> Text:
    return Text.assemble((f"{who:<{len(_INDENT)}}", style), _indented(text).lstrip(" "))


def _indented(text: str) -> str:
    return _INDENT + _printable(text).replace("\n", "\n" + _INDENT)


def _printable(text: str) -> str:
    """Without the control characters by which a stranger's text could drive the terminal."""
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char in _KEPT or char.isprintable():
        return char
    return " " if char == "\t" or unicodedata.category(char) == "Zs" else ""


def _print_json(event: str, **values: Any) -> None:
    line = json.dumps({"event": event, **values}, ensure_ascii=False)
    # People read along: letters of every script stay as they are, what could drive a terminal is escaped.
    sys.stdout.write("".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in line) + "\n")
    sys.stdout.flush()


def _print_error(text: str) -> None:
    sys.stderr.write(_printable(text) + "\n")
    sys.stderr.flush()
