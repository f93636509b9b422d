"""Our buttons as the platform's: short ones side by side, and one to share a result by."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from core.messages import Button

_ROW_UNITS = 28  # of labels side by side on a phone
_SHARE_QUERY = 40


@dataclass(frozen=True, slots=True)
class Share:
    """How a result is shared: `query` is what is looked for inline, "" where the bot has no inline mode; `link` brings
    it into a chat with the bot."""

    query: str
    link: str


def keyboard(buttons: tuple[Button, ...], share: Share | None = None) -> InlineKeyboardMarkup | None:
    rows: list[list[InlineKeyboardButton]] = []
    width = _ROW_UNITS + 1
    for button in buttons:
        if not button.action:
            continue
        if width + len(button.label) > _ROW_UNITS:
            rows.append([])
            width = 0
        rows[-1].append(InlineKeyboardButton(button.label, callback_data=button.action))
        width += len(button.label) + 4
    if share:
        rows.append(_ways(share))
    return InlineKeyboardMarkup(rows) if rows else None


def _ways(share: Share) -> list[InlineKeyboardButton]:
    # Signs and no words: a result is seen by people of every language.
    inline = [InlineKeyboardButton("↗️", switch_inline_query=share.query[:_SHARE_QUERY])] if share.query else []
    return [*inline, InlineKeyboardButton("🔗", url=share.link)]
