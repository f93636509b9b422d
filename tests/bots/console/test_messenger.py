from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from bots.console.attachments import attach, attached_path
from bots.console.messenger import ConsoleMessenger
from core.errors import IsDirectory, MissingFile, UnreadableFile
from core.messages import Attachment, Button, MediaFile, MediaKind, Outgoing, Tone
from tests.jobs import HERE


class _Screen:
    """Writes down which of its methods was called with what."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Any]] = []

    def said(self, who: str, text: str) -> None:
        self.calls.append(("said", text))

    def status(self, message: Outgoing) -> None:
        self.calls.append(("status", message.text))

    def answer(self, text: str) -> None:
        self.calls.append(("answer", text))

    def buttons(self, buttons: tuple[Button, ...]) -> None:
        self.calls.append(("buttons", buttons))

    def result(self, text: str, path: Path | None, link: str, media: MediaFile | None) -> None:
        self.calls.append(("result", (text, path, link)))

    def error(self, text: str) -> None:
        self.calls.append(("error", text))

    def settle(self) -> None:
        self.calls.append(("settle", None))


BUTTONS = (Button("Export", "export"),)


@pytest.fixture
def screen() -> _Screen:
    return _Screen()


@pytest.fixture
def messenger(screen: _Screen, tmp_path: Path) -> ConsoleMessenger:
    return ConsoleMessenger(screen, tmp_path / "out")


async def test_each_tone_has_its_place_on_the_screen(messenger: ConsoleMessenger, screen: _Screen) -> None:
    await messenger.send(HERE, Outgoing("working", Tone.STATUS))
    await messenger.send(HERE, Outgoing("hello"))
    await messenger.send(HERE, Outgoing("no", Tone.ERROR))
    assert screen.calls == [("status", "working"), ("answer", "hello"), ("error", "no")]
    assert messenger.failures == ["no"]


async def test_every_message_has_an_id_of_its_own_and_an_edit_is_a_status(
    messenger: ConsoleMessenger, screen: _Screen
) -> None:
    ids = [(await messenger.send(HERE, Outgoing("working", Tone.STATUS))).id for _ in range(2)]
    assert len(set(ids)) == 2
    await messenger.edit(HERE, ids[0], Outgoing("done", Tone.STATUS))
    assert screen.calls[-1] == ("status", "done")


async def test_a_result_is_saved_and_shown_with_its_path(
    messenger: ConsoleMessenger, screen: _Screen, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    made.write_bytes(b"x")
    media = MediaFile(made, "clip.mp3", MediaKind.AUDIO, 1)
    await messenger.send(HERE, Outgoing("ready", Tone.RESULT, media=(media,), link="https://x.example"))
    await messenger.send(HERE, Outgoing("too big", Tone.RESULT, link="https://x.example"))
    saved = tmp_path / "out" / "clip.mp3"
    assert saved.read_bytes() == b"x"
    assert screen.calls == [
        ("result", ("ready", saved, "https://x.example")),
        ("result", ("too big", None, "https://x.example")),
    ]


async def test_the_buttons_are_those_of_the_last_message_that_is_no_status(
    messenger: ConsoleMessenger, screen: _Screen
) -> None:
    await messenger.send(HERE, Outgoing("hello", buttons=BUTTONS))
    await messenger.send(HERE, Outgoing("working", Tone.STATUS, (Button("Cancel", "cancel:1"),)))
    assert messenger.buttons == BUTTONS
    assert screen.calls[1] == ("buttons", BUTTONS)
    await messenger.send(HERE, Outgoing("bye"))
    assert not messenger.buttons
    assert [call for call, _ in screen.calls].count("buttons") == 1


async def test_a_file_is_used_where_it_lies(messenger: ConsoleMessenger, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"x")
    attachment = attach(path)
    assert attachment == Attachment(handle=str(path), name="a.mp4", size=1)
    assert await messenger.fetch(attachment, tmp_path / "to") == path
    path.unlink()
    with pytest.raises(MissingFile):
        await messenger.fetch(attachment, tmp_path / "to")


def test_a_file_is_found_again_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.mp4").write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    assert Path(attach(Path("a.mp4")).handle).is_absolute()


@pytest.mark.parametrize("name", ["nothing.mp4", "x" * 300, "nul\0l", "a.mp4/inside"])
def test_what_is_not_there_is_said_to_be_missing(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.mp4").write_bytes(b"x")
    with pytest.raises(MissingFile):
        attached_path(tmp_path / name)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(IsDirectory) as raised:
        attached_path(tmp_path)
    assert raised.value.values == {"name": tmp_path.name}


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(MissingFile):
        attached_path(tmp_path / "pipe")


def test_a_file_that_may_not_be_read_is_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"x")
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # whoever runs this may be root
    with pytest.raises(UnreadableFile):
        attached_path(path)


def test_a_file_in_a_closed_folder_is_said_to_be_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", closed)
    with pytest.raises(UnreadableFile):
        attached_path(Path("/closed/a.mp4"))
