"""Where the platform ends: large files, a server of one's own, flood control, a chat that is gone, the webhook."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

from bots.wiring.house import House
from tests.bots.telegram.house import running, settings_for
from tests.bots.telegram.stories.cutroom import Cutroom
from tests.making import decoded_seconds, lengthened
from tests.servers.telegram import Generated, TelegramServer
from tests.servers.telegram.flood import GROUP, PRIVATE


async def test_a_file_over_the_limit_is_said_before_anything_is_tried(bot: House, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send_video(Generated(25 << 20), "make it louder")
    heard = await anna.chat.hears("bots can receive files of up to 20")
    assert heard.reply_to is not None
    assert telegram.asked("getFile") == []


async def test_a_server_of_ones_own_takes_more(local_telegram: TelegramServer, clip: Path, tmp_path: Path) -> None:
    large = lengthened(clip, tmp_path, 30 << 20)
    async with running(settings_for(local_telegram, tmp_path, telegram_local_mode=True)):
        anna = local_telegram.person("Anna")
        anna.send_video(large, "only keep the first 2 seconds")
        [result] = await anna.chat.receives()
        path = tmp_path / "result.mp4"
        path.write_bytes(anna.chat.file(result).data)
    assert abs(decoded_seconds(path, "v") - 2) < 0.1


async def test_flood_control_is_waited_for_in_its_own_chat_only(
    bot: House, telegram: TelegramServer, clip: Path
) -> None:
    anna, bob = telegram.person("Anna"), telegram.person("Bob")
    anna.send_video(clip, "only keep the first 2 seconds")
    await anna.chat.until(lambda: anna.chat.shown)
    telegram.world.flood.close(anna.id, 15)
    bob.send("/help")
    await bob.chat.hears("Send me a video or an audio file", 14)  # and not after the 15 seconds
    await anna.chat.receives()
    assert telegram.world.flood.refused[anna.id] <= 2


async def test_a_usual_request_never_meets_flood_control(bot: House, telegram: TelegramServer, clip: Path) -> None:
    telegram.world.flood.private, telegram.world.flood.group = PRIVATE, GROUP
    anna = telegram.person("Anna")
    anna.send_video(clip, "extract the audio as mp3")
    await anna.chat.receives()
    await anna.chat.hears("✅ Done in")
    assert telegram.world.flood.refused[anna.id] == 0, anna.chat.read_aloud()


async def test_who_blocks_the_bot_ends_only_their_own_request(bot: House, telegram: TelegramServer, clip: Path) -> None:
    anna, bob = telegram.person("Anna"), telegram.person("Bob")
    anna.send_video(clip, "only keep the first 2 seconds")
    await anna.chat.until(lambda: anna.chat.shown)
    anna.block()
    bob.send_video(clip, "only keep the first 2 seconds")
    await bob.chat.receives()
    assert anna.chat.media == []


async def test_a_group_that_moves_gets_its_result_where_it_is_now(
    bot: House, telegram: TelegramServer, clip: Path
) -> None:
    anna = telegram.person("Anna")
    group = telegram.group("Film club", anna)
    video = anna.send_video(clip, to=group)
    anna.send("/edit@cutroom_bot only keep the first 2 seconds", to=group, reply_to=video)
    await group.until(lambda: group.shown)
    moved = telegram.migrate(group)
    [result] = await moved.receives()
    assert result.json["video"]["duration"] == 2


async def test_a_chinese_person_is_answered_in_chinese(bot: House, telegram: TelegramServer, clip: Path) -> None:
    mei = telegram.person("Mei", language="zh-hans")
    mei.send_video(clip, "提取音频为mp3")
    [result] = await mei.chat.receives()
    assert result.json["audio"]["file_name"].endswith(".mp3")
    await mei.chat.hears("✅ 完成")


async def test_updates_come_by_webhook_too(telegram: TelegramServer, clip: Path, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    async with Cutroom(tmp_path, telegram, TELEGRAM_WEBHOOK="true", PUBLIC_URL=f"http://127.0.0.1:{port}", PORT=port):
        async with asyncio.timeout(60):
            await telegram.world.until(lambda: telegram.world.webhook)
        assert telegram.world.webhook["secret"]
        anna = telegram.person("Anna")
        anna.send_video(clip, "only keep the first 2 seconds")
        await anna.chat.receives()
        assert telegram.asked("getUpdates") == []
        await telegram.world.until(lambda: telegram.updates.confirmed)
    assert all(status == 200 for _, status in telegram.webhook.answers)
