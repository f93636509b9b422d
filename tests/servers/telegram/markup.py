"""Reply markup, checked as the server checks it."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.servers.telegram.calls import Call
from tests.servers.telegram.refusals import Json, bad

MOST_BUTTONS = 100
_PLAIN = ("remove_keyboard", "force_reply", "keyboard")
_USES = (
    "callback_data",
    "url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "web_app",
    "login_url",
    "copy_text",
    "callback_game",
    "pay",
)


def reply_markup(call: Call) -> Json:
    """{} where there is none. Raises `Refusal`."""
    markup = call.object("reply_markup", "reply keyboard markup")
    if not markup:
        return {}
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if any(key in markup for key in _PLAIN):
        return {}
    rows = markup.get("inline_keyboard", [])
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    kept = [[_button(button) for button in row] for row in rows]
    return {"inline_keyboard": [row for row in kept if row]} if any(kept) else {}


def _button(button: Json) -> Json:
    if not button.get("text"):
        raise bad('can\'t parse inline keyboard button: Field "text" must be non-empty')
    use = next((key for key in _USES if key in button), None)
    if use is None:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if use == "callback_data" and not 1 <= len(str(button[use]).encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if use == "url" and (
        urlsplit(button[use]).scheme not in ("http", "https", "tg") or not urlsplit(button[use]).netloc
    ):
        raise bad(f"inline keyboard button URL '{button[use]}' is invalid: Wrong HTTP URL")
    return button
