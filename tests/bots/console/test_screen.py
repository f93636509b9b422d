"""What reaches the terminal: for scripts one JSON a line, for people what they may safely see."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.console.screen import JsonScreen, RichScreen, Screen
from core.messages import Button, MediaFile, MediaKind, Outgoing, Tone

EVIL = "\x1b]0;title\x07\x1b[31mred\x9b2J\x08\r\x7f\u202edrawkcab\u2028\ud800"
# Sequences by which rich itself draws: colours, moving the cursor, clearing a line, hiding the cursor.
DRAWING = re.compile(r"\x1b\[(?:\d+(?:;\d+)*)?[mAK]|\x1b\[\?25[hl]|\r")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@contextmanager
def _at_a_terminal() -> Iterator[_Terminal]:
    terminal = _Terminal()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "stdout", terminal)
        patched.setenv("TERM", "xterm-256color")
        for name in ("NO_COLOR", "TTY_COMPATIBLE", "COLUMNS"):
            patched.delenv(name, raising=False)
        yield terminal


def _show_everything(screen: Screen, text: str) -> None:
    media = MediaFile(Path("x"), text, MediaKind.AUDIO, 5, 1.5)
    screen.said("you", text)
    screen.status(Outgoing(text, Tone.STATUS))
    screen.status(Outgoing(text, Tone.STATUS, progress=0.5))
    screen.answer(text)
    screen.buttons((Button(text, text), Button("b", "b")))
    screen.result(text, Path(f"/out/{text}"), text, media)
    screen.result(text, None, "", None)
    screen.error(text)
    screen.settle()


def _controls(text: str) -> set[str]:
    return {char for char in text if char != "\n" and not char.isprintable()}


def _events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_script_reads_one_event_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    screen = JsonScreen()
    screen.said("you", "hello")
    screen.status(Outgoing("Uploading…", Tone.STATUS, progress=0.25))
    screen.answer("two\nlines")
    screen.buttons((Button("Export", "export"), Button("撤销", "undo")))
    screen.result("ready", Path("/out/a.mp3"), "https://x.example", MediaFile(Path("x"), "a", MediaKind.AUDIO, 5, 1.5))
    screen.result("ready", None, "", None)
    screen.error("no")
    out, err = capsys.readouterr()
    assert _events(out) == [
        {"event": "status", "text": "Uploading…", "progress": 0.25},
        {"event": "text", "text": "two\nlines"},
        {
            "event": "buttons",
            "buttons": [
                {"number": 1, "label": "Export", "action": "export"},
                {"number": 2, "label": "撤销", "action": "undo"},
            ],
        },
        {
            "event": "result",
            "text": "ready",
            "path": "/out/a.mp3",
            "link": "https://x.example",
            "duration": 1.5,
            "size": 5,
            "kind": "audio",
        },
        {"event": "result", "text": "ready", "path": None, "link": None},
        {"event": "error", "text": "no"},
    ]
    assert "撤销" in out, "people read along"
    assert err == "no\n"


@given(st.text(st.characters(exclude_categories=())))
def test_a_script_gets_every_text_as_it_was(text: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        out = io.StringIO()
        patched.setattr(sys, "stdout", out)
        JsonScreen().answer(text)
    assert len(out.getvalue().splitlines()) == 1
    assert _events(out.getvalue()) == [{"event": "text", "text": text}]
    out.getvalue().encode()


def test_no_control_character_reaches_a_scripts_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    _show_everything(JsonScreen(), EVIL)
    out, err = capsys.readouterr()
    assert _controls(out + err) == set()
    assert len(_events(out)) == 7


def test_no_control_character_reaches_a_persons_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with _at_a_terminal() as terminal:
        _show_everything(RichScreen(), EVIL)
    written = terminal.getvalue()
    assert "drawkcab" in written
    assert _controls(DRAWING.sub("", written)) == set()
    assert "[31m" not in DRAWING.sub("", written).replace("[31mred", "")
    assert _controls(capsys.readouterr().err) == set()


def test_no_control_character_reaches_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    _show_everything(RichScreen(), EVIL)
    out, err = capsys.readouterr()
    assert _controls(out + err) == set()


MARKUP = r"[bold]x[/bold] [/] \[red]y[/red] [link=https://x.example]z[/link] :smile: {task.description} [1] \\[b]"


def test_markup_in_foreign_text_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    _show_everything(RichScreen(), MARKUP)
    out = capsys.readouterr().out
    assert out.count(MARKUP) >= 6


def test_markup_beside_a_bar_is_text() -> None:
    with _at_a_terminal() as terminal:
        screen = RichScreen()
        screen.status(Outgoing(MARKUP[:40], Tone.STATUS, progress=0.5))
        screen.settle()
    assert MARKUP[:40] in re.sub(r"\x1b\[[\d;]*m", "", terminal.getvalue())


def test_blanks_and_joined_signs_stay(capsys: pytest.CaptureFixture[str]) -> None:
    RichScreen().answer("10\u00a0MB\tand　more\n👨\u200d👩\u200d👧")
    assert capsys.readouterr().out == "bot  10 MB and more\n     👨\u200d👩\u200d👧\n"


def test_without_a_terminal_each_step_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    screen = RichScreen()
    for text in ("Uploading a.mp4… 0%", "Uploading a.mp4… 50%", "Uploading a.mp4… 100%", "Rendering… 1%"):
        screen.status(Outgoing(text, Tone.STATUS))
    screen.status(Outgoing("Rendering… 2%\n⏳ Still working… (2:00)", Tone.STATUS))
    screen.status(Outgoing("Rendering… 3%\n⏳ Still working… (2:00)", Tone.STATUS))
    assert capsys.readouterr().out.split("\n") == [
        "     Uploading a.mp4… 0%",
        "     Rendering… 1%",
        "     Rendering… 2%",
        "     ⏳ Still working… (2:00)",
        "",
    ]


def test_buttons_are_numbered_as_they_are_pressed(capsys: pytest.CaptureFixture[str]) -> None:
    RichScreen().buttons((Button("Export", "export"), Button("Undo", "undo")))
    assert capsys.readouterr().out.strip() == "[1] Export   [2] Undo"
