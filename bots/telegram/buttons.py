"""Our buttons as Telegram's: short ones side by side, and below them one to share a result."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from core.messages import Button

_ROW_UNITS = 28  # of labels side by side on a phone


def keyboard(buttons: tuple[Button, ...], share: InlineKeyboardButton | None = None) -> InlineKeyboardMarkup | None:
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
        rows.append([share])
    return InlineKeyboardMarkup(rows) if rows else None
