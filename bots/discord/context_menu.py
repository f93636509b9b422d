"""“Edit this media…” on anyone's message: Discord shows us that message whatever else we may read."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import discord
from discord import app_commands

from bots.discord.attachments import handles_of, linked
from bots.discord.commands import localised
from bots.discord.interactions import Desk, is_guest
from core.language.catalogue import say
from core.messages import Attachment, Incoming

PREFIX = "cutroom-form:"
MOST = 1000


class EditThis:
    """The files are kept in memory from the menu to the form, and looked up again where we may look."""

    def __init__(self, client: discord.Client, desk: Desk) -> None:
        self._client = client
        self._desk = desk
        self._chosen: OrderedDict[int, tuple[Attachment, ...]] = OrderedDict()

    def add_to(self, tree: app_commands.CommandTree[Any]) -> None:
        async def edit_this(interaction: discord.Interaction, message: discord.Message) -> None:
            await self._ask(interaction, message)

        tree.add_command(app_commands.ContextMenu(name=localised("name-edit-this"), callback=edit_this))

    async def _ask(self, interaction: discord.Interaction, message: discord.Message) -> None:
        self._chosen[message.id] = linked(message.attachments) if is_guest(interaction) else handles_of(message)
        while len(self._chosen) > MOST:
            self._chosen.popitem(last=False)
        language = str(interaction.locale)
        form = discord.ui.Modal(title=say(language, "form-title"), custom_id=f"{PREFIX}{message.id}")
        words: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="request", style=discord.TextStyle.paragraph, max_length=1500
        )
        form.add_item(discord.ui.Label(text=say(language, "form-request"), component=words))
        form.stop()  # it is found by its custom id, also by another process than the one that showed it
        await interaction.response.send_modal(form)

    async def submitted(self, interaction: discord.Interaction) -> None:
        """Handles a form of ours; any other is left alone."""
        data: Any = interaction.data or {}
        custom_id = str(data.get("custom_id", ""))
        number = custom_id.removeprefix(PREFIX)
        if not custom_id.startswith(PREFIX) or not number.isdecimal():
            return
        async with self._desk.arrivals.of(interaction.channel_id or 0) as turn:
            incoming = await self._desk.acknowledge(interaction)
            await self._desk.others_first(interaction, turn)
            await self._admit(interaction, incoming, int(number), _value(data.get("components", ())))

    async def _admit(self, interaction: discord.Interaction, incoming: Incoming, message: int, words: str) -> None:
        admission = await self._desk.doorkeeper.admit(interaction)
        if admission.refused:
            await self._desk.rooms.assistant.tell(incoming, admission.refused)
            return
        files = await self._files(interaction, message)
        if not files:
            await self._desk.rooms.assistant.tell(incoming, "no-media-there")
            return
        await self._desk.hand_over(interaction, incoming, admission.chosen, text=words, files=files)

    async def _files(self, interaction: discord.Interaction, message: int) -> tuple[Attachment, ...]:
        if message in self._chosen:
            return self._chosen[message]
        try:
            where = self._client.get_partial_messageable(interaction.channel_id or 0)
            return handles_of(await where.fetch_message(message))
        except discord.HTTPException:
            return ()


def _value(components: Any) -> str:
    """The one text that a form of ours has, in a row or under a label."""
    for each in components:
        inner = [each["component"]] if "component" in each else each.get("components", ())
        for field in inner:
            if "value" in field:
                return str(field["value"])
    return ""
