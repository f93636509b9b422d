"""Groups, topics, channels: who may write where, and what reaches a bot in privacy mode."""

from __future__ import annotations

import pytest
from telegram import Bot, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.servers.telegram import TelegramServer


async def texts(bot: Bot) -> list[str]:
    """What is pending, without confirming it."""
    updates = await bot.get_updates()
    return [update.message.text for update in updates if update.message and update.message.text]


async def test_a_chat_nobody_opened_is_not_found(bot: Bot, telegram: TelegramServer) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(telegram.person("Anna").id, "hello")


async def test_a_bot_that_is_blocked_may_not_write(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send("hello")
    anna.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(anna.id, "hello")
    anna.unblock()
    await bot.send_message(anna.id, "hello again")
    assert anna.chat.last.text == "hello again"


async def test_a_bot_that_was_removed_may_not_write(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    group = telegram.supergroup("Film club", anna)
    anna.remove_bot(group)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(group.id, "hello")
    changes = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["member", "kicked"]


async def test_privacy_mode_keeps_the_talk_of_a_group_away(bot: Bot, telegram: TelegramServer) -> None:
    anna, bob = telegram.person("Anna"), telegram.person("Bob")
    group = telegram.supergroup("Film club", anna, bob)
    anna.send("has anybody seen it?", to=group)
    anna.send("@cutroom_bot have you?", to=group)
    anna.send("/edit@other_bot faster", to=group)
    anna.send("/status", to=group)
    anna.send("/edit@cutroom_bot faster", to=group)
    said = await bot.send_message(group.id, "Send me a video.")
    bob.send("/status now", to=group)
    bob.send("which one?", to=group, reply_to=group.message(said.message_id))
    assert await texts(bot) == ["/edit@cutroom_bot faster", "/status now", "which one?"]


async def test_an_administrator_reads_everything(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    group = telegram.supergroup("Film club", anna)
    group.room.bot = "administrator"
    anna.send("has anybody seen it?", to=group)
    assert await texts(bot) == ["has anybody seen it?"]


async def test_a_command_in_reply_brings_the_video_along(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    group = telegram.supergroup("Film club", anna)
    video = anna.send_video(b"clip", to=group)
    anna.send("/edit@cutroom_bot cut the first 3 s", to=group, reply_to=video)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.reply_to_message is not None
    assert message.reply_to_message.video is not None
    assert message.message_thread_id == video.id  # a thread of replies
    assert not message.is_topic_message


async def test_a_topic_is_written_to_by_its_id_and_the_general_one_without(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    forum = telegram.forum("Studio", anna)
    trailers = telegram.topic(forum, "Trailers")
    in_topic = await bot.send_message(forum.id, "here", message_thread_id=trailers.thread)
    in_general = await bot.send_message(forum.id, "there")
    assert (in_topic.message_thread_id, in_topic.is_topic_message) == (trailers.thread, True)
    assert in_general.message_thread_id is None
    for thread in (1, 77):
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(forum.id, "nowhere", message_thread_id=thread)
    await bot.send_chat_action(forum.id, "typing", message_thread_id=1)
    assert forum.room.actions[-1][2] == 1
    assert forum.transcript == ["Cutroom in #Trailers: here", "Cutroom: there"]


async def test_a_thread_id_is_unknown_where_there_are_no_topics(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    group = telegram.supergroup("Film club", anna)
    video = anna.send_video(b"clip", to=group)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(group.id, "hello", message_thread_id=video.id)


async def test_a_reply_to_a_deleted_message_needs_leave(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    asked = anna.send("hello")
    asked.deleted = True
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(anna.id, "yes?", reply_parameters=ReplyParameters(asked.id))
    sent = await bot.send_message(
        anna.id, "yes?", reply_parameters=ReplyParameters(asked.id, allow_sending_without_reply=True)
    )
    assert sent.reply_to_message is None


async def test_a_group_that_moved_says_where_to(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    group = telegram.group("Film club", anna)
    new = telegram.migrate(group)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.id, "hello")
    assert caught.value.new_chat_id == new.id
    moved = [update.message for update in await bot.get_updates() if update.message]
    assert [message.migrate_to_chat_id for message in moved] == [None, new.id, None]
    assert [message.migrate_from_chat_id for message in moved] == [None, None, group.id]
    await bot.send_message(new.id, "hello")


async def test_an_anonymous_admin_and_a_channel_write_as_chats(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    group = telegram.supergroup("Film club", anna)
    anna.send("/status@cutroom_bot", to=group, anonymous=True)
    channel = telegram.channel("Premieres", anna)
    anna.send("tonight", to=channel)
    *_, anonymous, post = await bot.get_updates()
    assert anonymous.message is not None
    assert anonymous.message.sender_chat is not None
    assert anonymous.message.sender_chat.id == group.id
    assert anonymous.message.from_user is not None
    assert anonymous.message.from_user.username == "GroupAnonymousBot"
    assert post.channel_post is not None
    assert post.channel_post.from_user is None


async def test_administrators_are_told(bot: Bot, telegram: TelegramServer) -> None:
    anna, bob = telegram.person("Anna"), telegram.person("Bob")
    group = telegram.supergroup("Film club", anna, bob)
    assert [member.user.first_name for member in await bot.get_chat_administrators(group.id)] == ["Anna"]
    assert (await bot.get_chat_member(group.id, bob.id)).status == "member"
    assert (await bot.get_chat(group.id)).title == "Film club"
