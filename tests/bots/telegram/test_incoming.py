"""Whether a message is for the bot."""

from __future__ import annotations

import datetime as dt

import pytest
from telegram import Chat, Message, MessageEntity, User

from bots.telegram.incoming import Told, told

ME = User(1, "Cutroom", is_bot=True, username="cut_bot")
ANNA = User(2, "Anna", is_bot=False)
NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


def message(text: str, *, kind: str = "supergroup", mention: str = "", reply_to: User | None = None) -> Message:
    chat = Chat(-100, kind)
    entities = []
    if mention:
        before = len(text[: text.index(mention)].encode("utf-16-le")) // 2
        entities = [MessageEntity(MessageEntity.MENTION, before, len(mention))]
    replied = Message(1, NOW, chat, from_user=reply_to) if reply_to else None
    return Message(2, NOW, chat, from_user=ANNA, text=text, entities=entities, reply_to_message=replied)


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        ("@cut_bot make it brighter", "@cut_bot", Told("make it brighter")),
        ("@Cut_Bot, make it brighter", "@Cut_Bot", Told("make it brighter")),
        ("🎬🎬 make it brighter @cut_bot", "@cut_bot", Told("🎬🎬 make it brighter")),
        ("@cut_bot2 make it brighter", "@cut_bot2", None),
        ("ask @cut_bot-dev", "", None),
        ("make it brighter", "", None),
        ("/edit cut it", "", Told("cut it", "edit")),
        ("/edit@CUT_bot cut it", "", Told("cut it", "edit")),
        ("/edit@cut_bot", "", Told("", "edit")),
        ("/edit@other_bot cut it", "", None),
        ("/edit@cut_bot2 cut it", "", None),
        ("/a/path is no command", "", None),
    ],
)
def test_in_a_group_only_what_names_the_bot_is_for_it(text: str, mention: str, expected: Told | None) -> None:
    assert told(message(text, mention=mention), ME) == expected


def test_a_reply_to_the_bot_is_for_it_and_one_to_somebody_else_is_not() -> None:
    assert told(message("brighter", reply_to=ME), ME) == Told("brighter")
    assert told(message("brighter", reply_to=ANNA), ME) is None


def test_everything_is_for_the_bot_in_a_chat_of_two() -> None:
    assert told(message("brighter", kind="private"), ME) == Told("brighter")


def test_links_behind_words_are_written_beside_them_wherever_they_stand() -> None:
    text = "🎬 cut this [talk], see my page"
    behind = [
        MessageEntity(MessageEntity.BOLD, 0, 2),
        MessageEntity(MessageEntity.TEXT_LINK, 7, 11, url="https://files.example.com/talk.mp4"),
        MessageEntity(MessageEntity.TEXT_LINK, 24, 7, url="https://example.com/about_(us"),
    ]
    written = Message(2, NOW, Chat(7, "private"), from_user=ANNA, text=text, entities=behind)
    assert told(written, ME) == Told(
        "🎬 cut [this talk](https://files.example.com/talk.mp4), see my page <https://example.com/about_(us>"
    )
    elsewhere = Message(2, NOW, Chat(-100, "supergroup"), from_user=ANNA, text=text, entities=behind)
    assert told(elsewhere, ME) is None
