"""Our buttons as the platform's: short ones side by side, and one to share a result by."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from core.messages import Button

_ROW_UNITS = 28  # of labels side by side on a phone
_SHARE_QUERY = 40


def keyboard(buttons: tuple[Button, ...], share: str = "", share_label: str = "") -> InlineKeyboardMarkup | None:
    """`share` is what is looked for inline when somebody shares the result; "" for none."""
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
        rows.append([InlineKeyboardButton(share_label, switch_inline_query=share[:_SHARE_QUERY])])
    return InlineKeyboardMarkup(rows) if rows else None
