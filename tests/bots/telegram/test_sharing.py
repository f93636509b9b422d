"""The button by which a result is shared."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from telegram import User

from bots.telegram.sharing import share_button


def a_bot(*, inline: bool) -> User:
    return User(1, "Cutroom", is_bot=True, username="cut_bot", supports_inline_queries=inline)


def test_a_bot_with_inline_mode_looks_for_the_result_by_its_name() -> None:
    button = share_button(a_bot(inline=True), "talk.mp4", "job-1")
    assert button is not None
    assert (button.switch_inline_query, button.url) == ("talk.mp4", None)


def test_a_bot_without_it_shares_a_link_that_shows_the_result() -> None:
    button = share_button(a_bot(inline=False), "talk.mp4", "job-1")
    assert button is not None
    assert button.url is not None
    assert urlsplit(button.url).netloc == "t.me"
    assert parse_qs(urlsplit(button.url).query) == {"url": ["https://t.me/cut_bot?start=share_job-1"]}


def test_what_is_no_result_has_no_such_button() -> None:
    assert share_button(a_bot(inline=False), "talk.mp4", "") is None
