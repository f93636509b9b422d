"""How a result looks in a chat: what stands under it, and what becomes of it where it cannot be sent as it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bots.telegram.app import open_telegram
from core.errors import MediaRefused
from core.messages import Button, MediaFile, MediaKind, Outgoing, Place, Tone
from core.ports import Messenger
from tests.bots.telegram.house import running, settings_for
from tests.making import lengthened, make_picture
from tests.servers.telegram import Fault, Kind, Standing, TelegramServer

FIRST_SECOND = "only keep the first 0.5 seconds"

PUBLIC = "https://bot.example.org"


@pytest.fixture
async def messenger(telegram: TelegramServer, tmp_path: Path) -> AsyncIterator[Messenger]:
    async with open_telegram(settings_for(telegram, tmp_path).telegram) as platform:
        yield platform.messenger


def can_be_shared(standing: Standing) -> bool:
    return any("switch_inline_query" in button for row in standing.keyboard for button in row)


async def test_a_result_over_the_limit_is_a_link_with_the_reason_and_can_be_shared(
    telegram: TelegramServer, short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bots.telegram.app.CLOUD_UPLOAD", 2000)
    async with running(settings_for(telegram, tmp_path, public_url=PUBLIC)):
        anna = telegram.person("Anna")
        asked = anna.send_video(short, FIRST_SECOND)
        result = await anna.chat.hears("more than the 2 KB that can be sent here")
        await anna.chat.hears("✅ Done in")
        assert f"{PUBLIC}/r/" in result.text
        assert (result.reply_to, result.silent) == (asked.id, False)
        assert can_be_shared(result)
        assert telegram.asked("sendVideo") == []
        [found] = await anna.ask_inline("").results()
        assert found["type"] == "article"


async def test_a_file_that_the_server_finds_too_large_after_all_is_a_link(
    telegram: TelegramServer, short: Path, tmp_path: Path
) -> None:
    telegram.fail(Fault(Kind.PAGE, "sendVideo", status=413))
    async with running(settings_for(telegram, tmp_path, public_url=PUBLIC)):
        anna = telegram.person("Anna")
        anna.send_video(short, FIRST_SECOND)
        result = await anna.chat.hears("was not accepted here as a file")
        assert can_be_shared(result)
        await anna.chat.hears("✅ Done in")
        assert anna.chat.media == []


async def test_a_result_arrives_although_its_request_is_deleted(
    telegram: TelegramServer, short: Path, tmp_path: Path
) -> None:
    async with running(settings_for(telegram, tmp_path)):
        anna = telegram.person("Anna")
        asked = anna.send_video(short, FIRST_SECOND)
        anna.delete(asked)
        [result] = await anna.chat.receives()
        assert result.reply_to is None
        await anna.chat.hears("✅ Done in")


async def test_several_files_are_an_album_with_the_buttons_below(
    messenger: Messenger, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    asked = anna.send("both, please")
    first = MediaFile(short, "a.mp4", MediaKind.VIDEO, short.stat().st_size, 2.0, 160, 90)
    message = Outgoing(
        "Two pieces.",
        Tone.RESULT,
        (Button("Status", "status"),),
        (first, replace(first, name="b.mp4")),
        reply_to=str(asked.id),
        result="job-1",
    )
    sent = await messenger.send(Place("telegram", str(anna.id)), message)
    one, other, below = anna.chat.shown
    assert one.json["media_group_id"] == other.json["media_group_id"]
    assert sent.files == tuple(f"video:{each.json['video']['file_id']}" for each in (one, other))
    assert (one.text, other.text, one.silent, one.reply_to) == ("Two pieces.", "", False, asked.id)
    assert (below.buttons[0], below.reply_to, below.silent) == ("Status", one.id, True)
    assert can_be_shared(below)


async def test_files_that_no_album_holds_are_not_taken_together(
    messenger: Messenger, telegram: TelegramServer, tmp_path: Path
) -> None:
    """A picture of more than 10 MB goes as a document, and documents go among themselves."""
    anna = telegram.person("Anna")
    anna.send("both, please")
    small = make_picture(tmp_path / "small.png")
    large = lengthened(small, tmp_path, 11 << 20)
    files = tuple(MediaFile(path, path.name, MediaKind.IMAGE, path.stat().st_size) for path in (small, large))
    with pytest.raises(MediaRefused):
        await messenger.send(Place("telegram", str(anna.id)), Outgoing("Two.", Tone.RESULT, media=files))
    assert anna.chat.shown == []
    await messenger.send(Place("telegram", str(anna.id)), Outgoing("One.", Tone.RESULT, media=files[1:]))
    [document] = anna.chat.media
    assert "document" in document.json
