"""The adapter over the wire: a real Bot API client, the loopback server, the studio behind it."""

from __future__ import annotations

import logging
from pathlib import Path

import httpx
import pytest

from bots.telegram.webhook import HEADER, PATH, secret_of
from bots.wiring.house import House
from core.access import Access
from tests.bots.telegram.house import running, settings_for
from tests.making import lengthened
from tests.servers.telegram import Fault, Generated, Item, Kind, TelegramServer
from tests.servers.telegram.world import TOKEN

MP3 = "extract the audio as mp3"


async def test_a_file_alone_is_kept_and_the_pressed_suggestion_is_done(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send_video(short, name="talk.mp4")
    kept = await anna.chat.hears("Got talk.mp4")
    press = anna.press(kept.buttons[0], kept)
    await press.answered()
    await anna.chat.receives()


async def test_words_first_and_the_file_after_are_one_request(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    anna.send(MP3)
    await anna.chat.hears("Which file?")
    anna.send_video(short)
    [result] = await anna.chat.receives()
    assert "audio" in result.json


async def test_an_album_keeps_the_words_of_each_file_and_a_late_one_is_not_lost(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    items = [Item("video", short, MP3, "a.mp4"), Item("video", short, "save the sound as wav", "b.mp4")]
    first, _ = anna.send_album(items)
    await anna.chat.receives(2)
    assert {anna.chat.file(one).name for one in anna.chat.media} == {"a.mp3", "b.wav"}
    anna.send_late(Item("video", short, "", "c.mp4"), first.json["media_group_id"])
    await anna.chat.receives(3)
    assert anna.chat.file(anna.chat.media[-1]).name == "c.mp3"


async def test_in_a_group_only_what_is_addressed_is_done(bot: House, telegram: TelegramServer, short: Path) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    group = telegram.supergroup("Lab", anna, ben)
    sent = ben.send_video(short, "look at this", to=group)
    anna.send(f"/edit@{telegram.world.bot['username']} {MP3}", to=group, reply_to=sent)
    [result] = await group.receives()
    assert result.reply_to != sent.id, "in reply to who asked"
    anna.send(f"@{telegram.world.bot['username']}2 {MP3}", to=group, reply_to=sent)
    anna.send(f"/status@{telegram.world.bot['username']}", to=group)
    await group.hears("Timeline")
    assert len(group.media) == 1


async def test_an_anonymous_admin_is_answered_as_the_chat(bot: House, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    group = telegram.supergroup("Lab", anna)
    anna.send(f"/help@{telegram.world.bot['username']}", to=group, anonymous=True)
    await group.hears("Send me a video")


async def test_what_is_too_large_is_told_before_anything_is_tried(bot: House, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send_video(Generated(30 << 20), MP3, name="long.mp4")
    said = await anna.chat.hears("bots can receive files of up to 20 MB here")
    assert "30 MB" in said.text
    assert telegram.asked("getFile") == []


async def test_a_server_of_our_own_hands_files_over_by_their_path(
    local_telegram: TelegramServer, short: Path, tmp_path: Path
) -> None:
    async with running(settings_for(local_telegram, tmp_path, telegram_local_mode=True)):
        anna = local_telegram.person("Anna")
        anna.send_video(short, MP3, name="talk.mp4")
        await anna.chat.receives()


async def test_a_server_on_another_machine_hands_files_over_by_http(short: Path, tmp_path: Path) -> None:
    folder = f"/var/lib/telegram-bot-api/{TOKEN}"
    async with (
        TelegramServer(local=True, elsewhere=folder) as telegram,
        running(settings_for(telegram, tmp_path, telegram_local_mode=True)),
    ):
        anna = telegram.person("Anna")
        anna.send_video(lengthened(short, tmp_path, 30 << 20), MP3, name="talk.mp4")
        await anna.chat.receives()
        anna.send_video(b"", MP3, name="empty.mp4")
        await anna.chat.hears("empty.mp4 is empty")
        assert telegram.violations == []


async def test_flood_control_of_one_chat_stops_no_other(bot: House, telegram: TelegramServer) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    telegram.world.flood.close(anna.chat.id, 10)
    anna.send("/help")
    await telegram.world.until(lambda: telegram.world.flood.refused[anna.id])
    ben.send("/help")
    await ben.chat.hears("Send me a video", timeout=9.5)  # and not after the ten seconds
    await anna.chat.hears("Send me a video", timeout=60)
    assert telegram.world.flood.refused[anna.id] == 1, "nothing is asked during the wait"


async def test_a_person_who_blocked_the_bot_ends_only_their_own_job(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    anna.send_video(short, MP3)
    anna.block()
    ben.send_video(short, MP3)
    await ben.chat.receives()


async def test_a_group_that_becomes_a_supergroup_keeps_its_project(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    group = telegram.group("Lab", anna)
    mention = f"@{telegram.world.bot['username']}"
    anna.send_video(short, f"/edit{mention} {MP3}", to=group)
    await group.receives()
    new = telegram.migrate(group)
    anna.send(f"/status{mention}", to=new)
    await new.hears("Timeline")


async def test_a_sticker_and_a_wrong_file_are_refused_in_words(bot: House, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna", language="zh-hans")
    anna.send_sticker()
    await anna.chat.hears("贴纸无法编辑")
    anna.send_document(b"%PDF-1.7", "提取音频", name="book.pdf", mime="application/pdf")
    await anna.chat.hears("book.pdf")


async def test_commands_have_menus_by_scope_and_language(bot: House, telegram: TelegramServer) -> None:
    await telegram.world.until(lambda: len(telegram.asked("setMyCommands")) == 9)
    anna = telegram.person("Anna", language="zh-hans")
    anna.send("/credits")
    await anna.chat.hears("积分")


async def test_results_are_found_inline_and_by_a_link(bot: House, telegram: TelegramServer, short: Path) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    anna.send_video(short, MP3, name="talk.mp4")
    [result] = await anna.chat.receives()
    await anna.chat.hears("Done in")
    assert any("switch_inline_query" in button or "url" in button for row in result.keyboard for button in row)
    [found] = await anna.ask_inline("talk").results()
    assert (found["type"], found["audio_file_id"]) == ("audio", result.json["audio"]["file_id"])
    assert await ben.ask_inline("talk").results() == []
    ben.start(f"share_{found['id']}")
    [shown] = await ben.chat.receives()
    assert shown.json["audio"]["file_id"] == found["audio_file_id"]


async def test_who_is_not_listed_gets_in_on_no_path(telegram: TelegramServer, short: Path, tmp_path: Path) -> None:
    anna, eve = telegram.person("Anna"), telegram.person("Eve")
    listed = settings_for(telegram, tmp_path, telegram_access=Access.LISTED, telegram_allowed_users=(str(anna.id),))
    async with running(listed):
        eve.send_video(short, MP3)
        await eve.chat.hears("I am not open to everybody")
        anna.send_video(short, name="talk.mp4")
        kept = await anna.chat.hears("Got talk.mp4")
        group = telegram.supergroup("Lab", anna, eve)
        eve.send(f"/status@{telegram.world.bot['username']}", to=group)
        await group.hears("I am not open to everybody")
        press = eve.press_data("status", kept, to=anna.chat)
        assert "not open to you" in (await press.answered())["text"]
        assert await eve.ask_inline("").results() == []


async def test_a_webhook_is_answered_only_with_the_secret_and_after_the_row_is_there(
    telegram: TelegramServer, short: Path, tmp_path: Path, unused_tcp_port: int
) -> None:
    settings = settings_for(
        telegram,
        tmp_path,
        telegram_webhook=True,
        public_url=f"http://127.0.0.1:{unused_tcp_port}",
        port=unused_tcp_port,
    )
    async with running(settings) as house, httpx.AsyncClient(base_url=settings.http.public_url) as http:
        anna = telegram.person("Anna")
        anna.send_video(short, MP3)
        await anna.chat.receives()
        assert (await http.post(PATH, json={})).status_code == 401
        secret = {HEADER: secret_of(telegram.token)}
        assert (await http.post(PATH, content=b"nonsense", headers=secret)).status_code == 400
        assert await house.store.jobs(platform="telegram")


async def test_the_token_is_nowhere(
    telegram: TelegramServer, short: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    settings = settings_for(telegram, tmp_path)
    telegram.fail(Fault(Kind.LOSE, "sendAudio"))
    async with running(settings) as house:
        anna = telegram.person("Anna")
        anna.send_video(short, MP3)
        await anna.chat.receives()
        await anna.chat.hears("Done in")
        shown = repr([settings, await house.store.jobs(), anna.chat.read_aloud()])
    kept = b"".join(path.read_bytes() for path in settings.core.data_dir.rglob("*") if path.is_file())
    secret = telegram.token.partition(":")[2]
    assert secret.encode() not in kept
    assert secret not in shown
    assert secret not in caplog.text


async def test_a_poller_beside_ours_is_told_and_waited_for(
    bot: House, telegram: TelegramServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bots.telegram.polling.CONFLICT_SECONDS", 0.1)
    await telegram.world.until(lambda: telegram.asked("getUpdates"))
    telegram.updates.conflict()
    anna = telegram.person("Anna")
    anna.send("/help")
    await anna.chat.hears("Send me a video")
    assert "another program is polling" in caplog.text
