"""Buttons: found by what stands in them, so they work after a restart as before it."""

from __future__ import annotations

import re
from typing import Any, Self

import discord

from bots.discord.interactions import Desk
from bots.discord.outgoing import PREFIX

# What only whoever pressed need read.
_HIDDEN = frozenset({"status", "cancel"})


def action_button(desk: Desk) -> type[discord.ui.DynamicItem[discord.ui.Button[Any]]]:
    """The one kind of button there is, bound to where presses are taken to. Whose it is, the core knows."""

    class ActionButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=rf"{PREFIX}(?P<action>.{{1,90}})"):
        @classmethod
        async def from_custom_id(
            cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
        ) -> Self:
            return cls(discord.ui.Button(custom_id=match.string))

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            action = self.custom_id.removeprefix(PREFIX)
            hidden = action.partition(":")[0] in _HIDDEN
            await desk.take(interaction, action=action, hidden=hidden, pressed=True)

    return ActionButton
