"""A real PTB bot talks: what it sends stands in the chat, what people do comes as updates."""

from __future__ import annotations

import io

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, InputMediaAudio, InputMediaVideo
from telegram.error import BadRequest

from tests.servers.telegram import TelegramServer

CLIP = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 40


async def test_the_bot_knows_itself(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.username, me.can_read_all_group_messages) == ("cutroom_bot", False)


async def test_a_message_comes_again_until_an_offset_confirms_it(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna", language="en-GB")
    anna.send("hello")
    first = (await bot.get_updates())[0]
    again = (await bot.get_updates())[0]
    assert first.update_id == again.update_id
    assert first.message is not None
    assert first.message.text == "hello"
    assert first.message.from_user is not None
    assert first.message.from_user.language_code == "en-GB"
    assert await bot.get_updates(offset=first.update_id + 1, timeout=0) == ()
    assert telegram.updates.confirmed == [first.update_id]


async def test_a_text_is_edited_in_place_and_an_unchanged_one_is_refused(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send("hello")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Cancel", callback_data="cancel:1")]])
    sent = await bot.send_message(anna.id, "<b>Working</b> &amp; so on", parse_mode="HTML", reply_markup=keyboard)
    assert sent.text == "Working & so on"
    assert sent.entities[0].length == 7
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content and reply markup"):
        await bot.edit_message_text(
            "<b>Working</b> &amp; so on", anna.id, sent.message_id, parse_mode="HTML", reply_markup=keyboard
        )
    await bot.edit_message_text("Done", anna.id, sent.message_id)
    assert anna.chat.last.text == "Done"
    assert anna.chat.last.buttons == []
    assert anna.chat.transcript == ["Anna: hello", "Cutroom: Working & so on [Cancel]", "Cutroom edits: Done"]


async def test_a_pressed_button_is_answered_once(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send("hello")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Cancel", callback_data="cancel:1")]])
    await bot.send_message(anna.id, "Working", reply_markup=keyboard)
    press = anna.press("Cancel")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.data == "cancel:1"
    await query.answer("Cancelled.")
    assert await press.answered() == {"text": "Cancelled."}
    with pytest.raises(BadRequest, match=r"(?i)query is too old and response timeout expired or query ID is invalid"):
        await query.answer()


async def test_a_video_is_fetched_byte_for_byte(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send_video(CLIP, "make it louder", name="talk.mp4")
    message = (await bot.get_updates())[0].message
    assert message is not None
    assert message.video is not None
    assert message.caption == "make it louder"
    assert message.video.file_name == "talk.mp4"
    file = await bot.get_file(message.video.file_id)
    assert bytes(await file.download_as_bytearray()) == CLIP


async def test_what_is_uploaded_is_kept_byte_for_byte(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send("hello")
    await bot.send_video(anna.id, InputFile(io.BytesIO(CLIP), "cut.mp4"), width=320, height=180, duration=3)
    await bot.send_media_group(anna.id, [InputMediaVideo(CLIP, filename="a.mp4"), InputMediaVideo(CLIP[:-5])])
    video = anna.chat.media[0]
    assert anna.chat.file(video).data == CLIP
    assert video.json["video"]["width"] == 320
    assert anna.chat.file(anna.chat.media[2]).data == CLIP[:-5]
    assert anna.chat.media[1].json["media_group_id"] == anna.chat.media[2].json["media_group_id"]


async def test_audio_and_video_do_not_go_into_one_album(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send("hello")
    with pytest.raises(BadRequest, match="Can't use the media of the specified type in the album"):
        await bot.send_media_group(anna.id, [InputMediaVideo(CLIP), InputMediaAudio(b"ID3")])


async def test_an_action_is_seen(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send("hello")
    await bot.send_chat_action(anna.id, "upload_video")
    assert [action for _, action, _ in anna.chat.room.actions] == ["upload_video"]
