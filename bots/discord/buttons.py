"""Our buttons as Discord's, and presses of them. The button holds its action, so it works after a restart."""

from __future__ import annotations

import re
from collections.abc import Awaitable
from typing import Any, Protocol, Self

import discord

from core.messages import Button

LABEL = 80
BUTTONS = 25
PREFIX = "cutroom:"
# What only whoever pressed need read.
_HIDDEN = frozenset({"status", "cancel"})


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
        case "export" | "retry" | "choice":
            return discord.ButtonStyle.primary
        case _:
            return discord.ButtonStyle.secondary


class Take(Protocol):
    """Where presses are taken to."""

    def __call__(
        self, interaction: discord.Interaction, /, *, action: str, hidden: bool, pressed: bool
    ) -> Awaitable[None]: ...


def action_button(take: Take) -> type[discord.ui.DynamicItem[discord.ui.Button[Any]]]:
    """The one kind of button there is. Whose it is, the core knows."""

    class ActionButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=rf"{PREFIX}(?P<action>.{{1,90}})"):
        @classmethod
        async def from_custom_id(
            cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
        ) -> Self:
            return cls(discord.ui.Button(custom_id=match.string))

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            action = self.custom_id.removeprefix(PREFIX)
            hidden = action.partition(":")[0] in _HIDDEN
            await take(interaction, action=action, hidden=hidden, pressed=True)

    return ActionButton
