"""A result over the limit ends in a file that fits, or in buttons that bring one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bots.wiring.house import House
from core.media import Media
from core.settings import BackendKind
from tests.bots.telegram.house import running, settings_for
from tests.bots.telegram.stories.cutroom import Cutroom
from tests.making import chosen_ffmpeg, make_clip
from tests.servers.cloud import FakeCloud
from tests.servers.script import Reply
from tests.servers.telegram import Standing, TelegramServer
from tests.servers.telegram.people import Person
from tests.servers.waiting_ffmpeg import WaitingFfmpeg

FITS, SPOILS = 140_000, 70_000
SECOND_PASS = "-pass 2"
_RUN = """
import runpy, bots.telegram.app
bots.telegram.app.CLOUD_UPLOAD = {limit}
runpy.run_module("bots", run_name="__main__", alter_sys=True)
"""


class SmallLimit(Cutroom):
    """The process, on a Telegram that takes less."""

    command = ("-c", _RUN.format(limit=FITS), "run")


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds of small picture with sound: about 400 KB."""
    return make_clip(tmp_path_factory.mktemp("long") / "long.mp4", seconds=12, size="160x90")


@pytest.fixture
async def cloud(long: Path) -> AsyncIterator[FakeCloud]:
    async with FakeCloud() as cloud:
        cloud.media = long.read_bytes()
        yield cloud


@pytest.fixture
def limit(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    limit: int = getattr(request, "param", FITS)
    monkeypatch.setattr("bots.telegram.app.CLOUD_UPLOAD", limit)
    monkeypatch.setattr("bots.telegram.messenger.PRIVATE_SECONDS", 0.5)
    return limit


@pytest.fixture
async def bot(telegram: TelegramServer, cloud: FakeCloud, limit: int, tmp_path: Path) -> AsyncIterator[House]:
    settings = settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=cloud.url)
    async with running(settings) as house:
        yield house


async def facts_of(anna: Person, result: Standing, folder: Path) -> Media:
    path = folder / "received.mp4"
    path.write_bytes(anna.chat.file(result).data)
    media = await chosen_ffmpeg().probe(path)
    assert media is not None
    return media


@pytest.mark.usefixtures("bot")
async def test_a_result_over_the_limit_is_made_to_fit_and_that_is_said(
    telegram: TelegramServer, cloud: FakeCloud, long: Path, tmp_path: Path
) -> None:
    anna = telegram.person("Anna")
    asked = anna.send_video(long, "make it brighter", name="talk.mp4")
    [result] = await anna.chat.receives()
    await anna.chat.hears("✅ Done in")
    media = await facts_of(anna, result, tmp_path)
    assert 0.95 * FITS <= anna.chat.file(result).size <= FITS
    assert "Made smaller to fit: 1" in result.text
    assert (result.reply_to, anna.chat.file(result).name) == (asked.id, "talk.mp4")
    assert media.duration is not None
    assert (abs(media.duration - 12) < 0.2, media.audio is not None) == (True, True)


@pytest.mark.usefixtures("bot")
async def test_it_is_said_in_the_language_of_the_request(telegram: TelegramServer, long: Path) -> None:
    anna = telegram.person("Anna")
    anna.send_video(long, "把画面调亮一点", name="talk.mp4")
    [result] = await anna.chat.receives()
    assert "为了能在这里发送，已压缩到 1" in result.text


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("limit", [SPOILS], indirect=True)
async def test_what_would_be_spoilt_is_offered_as_sound_as_a_piece_and_in_parts(
    telegram: TelegramServer, cloud: FakeCloud, long: Path, tmp_path: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send_video(long, "make it brighter", name="talk.mp4")
    offered = await anna.chat.hears("making it that small would spoil it")
    await anna.chat.until(lambda: anna.chat.shown[0].text[0] in "✅💬")
    assert anna.chat.media == []
    assert offered.buttons[:3] == ["Only the sound", "The first 5 seconds", "In 3 parts"]
    turns, renders = len(cloud.asked("run")), len(cloud.asked("render"))
    for label, count in zip(offered.buttons[:3], (1, 2, 5), strict=True):
        anna.press(label, offered)
        await anna.chat.receives(count)
    sound, piece, *parts = anna.chat.media
    assert all(anna.chat.file(each).size <= SPOILS for each in anna.chat.media)
    assert "audio" in sound.json
    assert abs((await facts_of(anna, piece, tmp_path)).duration or 0) == pytest.approx(5, abs=0.2)
    lengths = [(await facts_of(anna, part, tmp_path)).duration or 0 for part in parts]
    assert lengths == pytest.approx([4, 4, 4], abs=0.2)
    assert [part.text.partition("\n")[0] for part in parts] == [f"Part {number} of 3" for number in (1, 2, 3)]
    assert (len(cloud.asked("run")), len(cloud.asked("render"))) == (turns, renders)


@pytest.mark.parametrize("limit", [SPOILS], indirect=True)
async def test_where_a_part_cannot_be_made_the_others_come_and_it_is_not_called_done(
    telegram: TelegramServer, cloud: FakeCloud, limit: int, long: Path, tmp_path: Path
) -> None:
    program = tmp_path / "failing-ffmpeg"
    second = 'case "$*" in *"-ss 4.000 -t 4.000"*) exit 1;; esac'
    program.write_text(f'#!/bin/sh\n{second}\nexec {chosen_ffmpeg().binary} "$@"\n')
    program.chmod(0o700)
    more = {"backend": BackendKind.CLOUD, "nemo_api_url": cloud.url, "studio_ffmpeg": str(program)}
    async with running(settings_for(telegram, tmp_path, **more)):
        anna = telegram.person("Anna")
        asked = anna.send_video(long, "make it brighter", name="talk.mp4")
        offered = await anna.chat.hears("making it that small would spoil it")
        anna.press("In 3 parts", offered)
        await anna.chat.hears("Part 2 of 3 could not be made small enough.")
        await anna.chat.hears("⚠️ Only partly done after")
        await anna.chat.until(lambda: asked.reactions == ["😢"])
    assert [part.text.partition("\n")[0] for part in anna.chat.media] == ["Part 1 of 3", "Part 3 of 3"]


@pytest.mark.parametrize("limit", [SPOILS], indirect=True)
async def test_where_there_is_no_link_what_could_be_sent_instead_is_not_called_done(
    bot: House, telegram: TelegramServer, cloud: FakeCloud, long: Path
) -> None:
    cloud.broken["poll"] = Reply(body={"status": "completed", "progress": 100})
    anna = telegram.person("Anna")
    anna.send_video(long, "make it brighter", name="talk.mp4")
    offered = await anna.chat.hears("What shall I send instead?")
    await anna.chat.hears("💬 Answered after")
    assert "http" not in offered.text
    assert "Only the sound" in offered.buttons


async def test_cancel_stops_what_is_made_to_fit(
    telegram: TelegramServer, cloud: FakeCloud, limit: int, long: Path, tmp_path: Path
) -> None:
    ffmpeg = WaitingFfmpeg(tmp_path, SECOND_PASS)
    more = {"backend": BackendKind.CLOUD, "nemo_api_url": cloud.url, "studio_ffmpeg": str(ffmpeg.program)}
    async with running(settings_for(telegram, tmp_path, **more)):
        anna = telegram.person("Anna")
        anna.send_video(long, "make it brighter")
        await ffmpeg.waits()
        await anna.chat.until(lambda: "small enough to send" in anna.chat.shown[0].text)
        assert "Cancel" in anna.chat.shown[0].buttons
        await anna.press("Cancel").answered()
        await anna.chat.hears("🚫 Cancelled after")
        anna.send("/help")
        await anna.chat.hears("Send me a video or an audio file")
    assert anna.chat.media == []
    assert list((tmp_path / "data").rglob("*-pass-*")) == []


async def test_a_kill_while_it_is_made_to_fit_costs_no_turn_and_no_render(
    telegram: TelegramServer, cloud: FakeCloud, long: Path, tmp_path: Path
) -> None:
    ffmpeg = WaitingFfmpeg(tmp_path, SECOND_PASS)
    settings = {"BACKEND": "cloud", "NEMO_API_URL": cloud.url, "STUDIO_FFMPEG": str(ffmpeg.program)}
    async with SmallLimit(tmp_path, telegram, **settings) as bot:
        anna = telegram.person("Anna")
        anna.send_video(long, "make it brighter")
        await ffmpeg.waits()
        await bot.kill()
        ffmpeg.go_on()
        await bot.start()
        [result] = await anna.chat.receives()
        await anna.chat.hears("✅ Done in")
    assert anna.chat.file(result).size <= FITS
    assert (len(cloud.asked("run")), len(cloud.asked("render"))) == (1, 1)
    assert ffmpeg.times >= 2
