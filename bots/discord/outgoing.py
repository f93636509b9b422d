"""What a message looks like on Discord: words escaped, a bar of progress, rows of buttons."""

from __future__ import annotations

import discord
from discord import utils

from core.chat.sending import split
from core.messages import Button, MediaFile, Outgoing

TEXT = 2000
LABEL = 80
BUTTONS = 25
PREFIX = "cutroom:"
_CELLS = 12


def words_of(message: Outgoing, before: str = "") -> list[str]:
    """The text in pieces that fit; usually one. Words of others are no markdown, and links stay whole.

    Escaping makes a text longer than the limit that the core knows of, so it is split here once more.
    """
    text = utils.escape_markdown(message.text)
    if message.progress is not None:
        text = f"{text}\n{bar(message.progress)}"
    return split(f"{before}{text}", TEXT) or [before.strip() or "\u200b"]


def bar(share: float) -> str:
    """Twelve cells: ▰▰▰▱…"""
    full = round(min(1.0, max(0.0, share)) * _CELLS)
    return "▰" * full + "▱" * (_CELLS - full)


def view_of(buttons: tuple[Button, ...]) -> discord.ui.View | None:
    """The buttons as components; None for none. Needs a running loop."""
    usable = [button for button in buttons if button.action]
    if not usable:
        return None
    view = discord.ui.View(timeout=None)
    for button in usable[:BUTTONS]:
        label = button.label if len(button.label) <= LABEL else f"{button.label[: LABEL - 1]}…"
        view.add_item(discord.ui.Button(label=label, custom_id=PREFIX + button.action, style=_style(button.action)))
    # A press is found by its custom id wherever it comes in; the library need not remember each message for it.
    view.stop()
    return view


def _style(action: str) -> discord.ButtonStyle:
    match action.partition(":")[0]:
        case "cancel":
            return discord.ButtonStyle.danger
        case "export" | "retry":
            return discord.ButtonStyle.primary
        case _:
            return discord.ButtonStyle.secondary


def files_of(media: tuple[MediaFile, ...]) -> list[discord.File]:
    """Opened, and closed by the library when they have been sent."""
    return [discord.File(file.path, filename=file.name) for file in media]


def mentioning(person: int, *, replied: bool = False) -> discord.AllowedMentions:
    """Nobody, or the one person."""
    users: list[discord.abc.Snowflake] = [discord.Object(person)] if person else []
    return discord.AllowedMentions(everyone=False, roles=False, users=users or False, replied_user=replied)
