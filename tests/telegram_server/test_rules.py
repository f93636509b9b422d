"""Limits and refusals, worded as Telegram words them; raw HTTP where the library would hide something."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    InlineQueryResultCachedVideo,
    InputFile,
    InputMediaVideo,
    ReactionTypeEmoji,
)
from telegram.error import BadRequest

from tests.clock import FakeClock
from tests.servers.telegram import Person, TelegramServer
from tests.servers.telegram.entities import parse_html, read_text
from tests.servers.telegram.flood import PRIVATE
from tests.servers.telegram.menus import menu
from tests.servers.telegram.refusals import Json, Refusal
from tests.telegram_server.conftest import bot_of


async def refused(http: httpx.AsyncClient, method: str, **values: Any) -> Json:
    response = await http.post(method, json=values)
    body: Json = response.json()
    assert not body["ok"]
    assert body["error_code"] == response.status_code
    return body


# --- words


async def test_a_text_ends_at_4096_after_entities(bot: Bot, anna: Person) -> None:
    await bot.send_message(anna.id, f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(anna.id, "x" * 4097)
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(anna.id, "😀" * 2049)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(anna.id, b"data", caption="x" * 1025)


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("🏟<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("🏟<int>", 'Unsupported start tag "int" at byte offset 4'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<i>a</em>", 'Unmatched end tag at byte offset 4, expected "</i>", found "</em>"'),
        ("a < b", "Unsupported start tag"),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ('<span class="x">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_broken_html_is_refused(bot: Bot, anna: Person, html: str, complaint: str) -> None:
    with pytest.raises(BadRequest) as caught:
        await bot.send_message(anna.id, html, parse_mode="HTML")
    assert complaint.lower() in caught.value.message.lower()
    assert caught.value.message.lower().startswith("can't parse entities: ")


def test_html_is_read_in_utf_16_units() -> None:
    rich = parse_html('😀<b>bold <i>both</i></b> &lt;x&gt; &nbsp; <a href="https://example.org/?a=1&amp;b">link</a>')
    assert rich.text == "😀bold both <x> &nbsp; link"
    assert rich.entities == (
        {"type": "bold", "offset": 2, "length": 9},
        {"type": "italic", "offset": 7, "length": 4},
        {"type": "text_link", "offset": 23, "length": 4, "url": "https://example.org/?a=1&b"},
    )


def test_commands_mentions_and_links_are_marked() -> None:
    rich = read_text("/edit@cutroom_bot ask @anna at https://example.org/x.mp4, ok?", "")
    kinds = [(entity["type"], rich.text[entity["offset"] :][: entity["length"]]) for entity in rich.entities]
    assert kinds == [
        ("bot_command", "/edit@cutroom_bot"),
        ("mention", "@anna"),
        ("url", "https://example.org/x.mp4"),
    ]


@pytest.mark.parametrize("bytes_", [0, 1, 64, 65])
async def test_callback_data_has_64_bytes(http: httpx.AsyncClient, anna: Person, bytes_: int) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "x" * bytes_}]]}
    response = await http.post("sendMessage", json={"chat_id": anna.id, "text": "hi", "reply_markup": markup})
    assert response.json()["ok"] is (1 <= bytes_ <= 64)


# --- edits


async def test_a_medium_has_a_caption_and_a_text_has_none(bot: Bot, anna: Person) -> None:
    text = await bot.send_message(anna.id, "text")
    video = await bot.send_video(anna.id, InputFile(b"clip", "a.mp4"), caption="old")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("new", anna.id, video.message_id)
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(anna.id, text.message_id, caption="new")
    await bot.edit_message_caption(anna.id, video.message_id, caption="new")
    assert anna.chat.last.text == "new"
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("new", anna.id, 999)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("new", anna.id, 1)


async def test_a_deleted_message_is_gone(bot: Bot, anna: Person) -> None:
    sent = await bot.send_message(anna.id, "text")
    await bot.delete_message(anna.id, sent.message_id)
    assert anna.chat.shown == []
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(anna.id, sent.message_id)


# --- flood control


async def test_who_does_not_wait_waits_longer_and_other_chats_go_on(
    http: httpx.AsyncClient, telegram: TelegramServer
) -> None:
    anna, bob = telegram.person("Anna"), telegram.person("Bob")
    anna.send("hello")
    bob.send("hello")
    telegram.world.flood.close(anna.id, 5)
    bodies = [await refused(http, "sendMessage", chat_id=anna.id, text="x") for _ in range(3)]
    assert [body["parameters"]["retry_after"] for body in bodies] == [6, 7, 8]
    assert bodies[0]["description"] == "Too Many Requests: retry after 6"
    assert (await http.post("sendMessage", json={"chat_id": bob.id, "text": "x"})).json()["ok"]


async def test_a_chat_has_its_pace() -> None:
    clock = FakeClock()
    async with TelegramServer(clock=clock) as telegram, httpx.AsyncClient() as http:
        anna = telegram.person("Anna")
        anna.send("hello")
        telegram.world.flood.private = PRIVATE
        url = f"{telegram.url}/bot{telegram.token}/sendMessage"
        codes = [(await http.post(url, json={"chat_id": anna.id, "text": "x"})).status_code for _ in range(4)]
        assert codes == [200, 200, 200, 429]
        await clock.advance(3.5)
        assert (await http.post(url, json={"chat_id": anna.id, "text": "x"})).status_code == 200


# --- the rest


async def test_a_token_that_is_not_its_own_is_unauthorized(telegram: TelegramServer) -> None:
    async with bot_of(telegram) as bot, httpx.AsyncClient() as http:
        assert (await bot.get_me()).is_bot
        wrong = await http.post(f"{telegram.url}/bot123:nonsense/getMe")
        shapeless = await http.post(f"{telegram.url}/botnonsense/getMe")
    assert wrong.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert shapeless.json()["description"] == "Unauthorized: invalid token specified"


async def test_an_unknown_method_is_not_found() -> None:
    async with TelegramServer() as telegram, httpx.AsyncClient() as http:  # no check of the specification here
        response = await http.post(f"{telegram.url}/bot{telegram.token}/sendHologram")
    assert response.json() == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}


async def test_menus_go_by_scope_and_language(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    group = telegram.supergroup("Film club", anna)
    await bot.set_my_commands([BotCommand("help", "What I can do")])
    await bot.set_my_commands([BotCommand("aide", "Aide")], language_code="fr")
    await bot.set_my_commands([BotCommand("edit", "Edit")], scope=BotCommandScopeAllGroupChats())
    assert menu(telegram.world, anna.chat.room) == ["help"]
    assert menu(telegram.world, anna.chat.room, "fr") == ["aide"]
    assert menu(telegram.world, group.room, "fr") == ["edit"]
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Help", "What I can do")])
    await bot.delete_my_commands(scope=BotCommandScopeAllGroupChats())
    assert menu(telegram.world, group.room) == ["help"]


async def test_only_telegrams_own_signs_are_taken(bot: Bot, anna: Person) -> None:
    await bot.set_message_reaction(anna.id, 1, ReactionTypeEmoji("👀"))
    assert anna.chat.message(1).reactions == ["👀"]
    with pytest.raises(BadRequest, match="Reaction_invalid"):
        await bot.set_message_reaction(anna.id, 1, ReactionTypeEmoji("✅"))


async def test_an_inline_query_is_answered_once_with_known_files(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    video = anna.send_video(b"clip")
    asked = anna.ask_inline("clip")
    query = (await bot.get_updates())[-1].inline_query
    assert query is not None
    result = {"type": "video", "id": "1", "title": "Clip", "video_file_id": video.json["video"]["file_id"]}
    await query.answer([InlineQueryResultCachedVideo("1", result["video_file_id"], "Clip")])
    assert await asked.results() == [result]
    group = telegram.supergroup("Film club", anna)
    shared = anna.choose(result, group)
    assert shared.json["via_bot"]["username"] == "cutroom_bot"
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await query.answer([])


async def test_what_the_library_cannot_read_is_a_refusal() -> None:
    with pytest.raises(Refusal, match="can't parse entities"):
        read_text("<x>", "HTML")


async def test_a_shared_message_is_edited_by_its_inline_id_and_takes_no_upload(
    bot: Bot, telegram: TelegramServer
) -> None:
    anna, bob = telegram.person("Anna"), telegram.person("Bob")
    video = anna.send_video(b"clip")
    markup = {"inline_keyboard": [[{"text": "Again", "callback_data": "again"}]]}
    result = {"id": "1", "video_file_id": video.json["video"]["file_id"], "reply_markup": markup}
    shared = anna.choose(result, telegram.supergroup("Film club", anna, bob))
    chosen = (await bot.get_updates())[-1].chosen_inline_result
    assert chosen is not None
    await bot.edit_message_caption(inline_message_id=chosen.inline_message_id, caption="new")
    assert shared.text == "new"
    with pytest.raises(BadRequest, match="Can't upload new file for an inline message"):
        await bot.edit_message_media(InputMediaVideo(b"clip"), inline_message_id=chosen.inline_message_id)
