"""What a message carries: its own file, else that of the message it replies to, here or in another chat."""

from __future__ import annotations

import datetime as dt

from telegram import (
    Animation,
    Chat,
    Document,
    ExternalReplyInfo,
    Message,
    MessageOriginHiddenUser,
    PhotoSize,
    User,
    Video,
)

from bots.telegram.attachments import attachments_of
from bots.telegram.incoming import incoming_of
from core.messages import Attachment

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
CHAT = Chat(2, "private")
VIDEO = Video("vid", "u", 320, 180, 3, mime_type="video/quicktime", file_size=3_000_000_000)


def test_a_reply_to_a_video_of_another_chat_uses_it() -> None:
    elsewhere = ExternalReplyInfo(MessageOriginHiddenUser(NOW, "Somebody"), video=VIDEO)
    asked = Message(2, NOW, CHAT, text="extract the audio", external_reply=elsewhere)
    assert attachments_of(asked) == (Attachment("vid", "video.mov", 3_000_000_000, "video/quicktime"),)


def test_its_own_file_comes_before_that_of_what_it_replies_to() -> None:
    replied = Message(1, NOW, CHAT, video=VIDEO)
    own = Document("doc", "u", file_name="song.wav", mime_type="audio/wav", file_size=7)
    asked = Message(2, NOW, CHAT, caption="merge", document=own, reply_to_message=replied)
    assert attachments_of(asked) == (Attachment("doc", "song.wav", 7, "audio/wav", "merge", origin="2/2"),)


def test_an_animation_is_no_document_although_it_comes_as_one_too() -> None:
    moving = Animation("ani", "u", 320, 180, 3, mime_type="video/mp4")
    [file] = attachments_of(Message(1, NOW, CHAT, animation=moving, document=Document("doc", "u")))
    assert (file.handle, file.name) == ("ani", "animation.mp4")


def test_of_a_picture_its_largest_size_is_taken() -> None:
    sizes = (PhotoSize("small", "u1", 90, 51), PhotoSize("large", "u2", 1280, 720, file_size=9))
    [file] = attachments_of(Message(1, NOW, CHAT, photo=sizes))
    assert (file.handle, file.size) == ("large", 9)


def test_the_file_of_a_result_of_ours_is_no_file_of_the_message_that_replies_to_it() -> None:
    me = User(9, "Cutroom", is_bot=True)
    replied = Message(1, NOW, CHAT, from_user=me, video=VIDEO)
    asked = Message(2, NOW, CHAT, text="mute it", reply_to_message=replied)
    assert attachments_of(asked, me) == ()
    incoming = incoming_of(asked, me, "mute it", ())
    assert (incoming.result, [file.handle for file in incoming.result_files]) == ("1", ["vid"])


def test_words_alone_carry_nothing() -> None:
    assert attachments_of(Message(1, NOW, CHAT, text="hello")) == ()
