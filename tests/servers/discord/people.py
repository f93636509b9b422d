"""What people do on the loopback Discord: write, attach, use commands, press buttons, fill in forms."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from tests.servers.discord import payloads
from tests.servers.discord.channels_api import dm_with
from tests.servers.discord.hub import Hub
from tests.servers.discord.world import (
    DM,
    GROUP_DM,
    TEXT,
    THREAD,
    Attached,
    Channel,
    File,
    Guild,
    Interaction,
    Json,
    Message,
    Person,
    snowflake,
)

_OPTION_TYPES = {str: 3, int: 4, bool: 5, Channel: 7, File: 11}


class People:
    """Everything that happens on the other side of the screen."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    # --- the place

    def person(self, name: str, locale: str = "en-US", *, bot: bool = False) -> Person:
        made = Person(name, locale, bot)
        self._hub.people[made.id] = made
        return made

    def guild(self, name: str, owner: Person, members: Sequence[Person] = (), **facts: Any) -> Guild:
        made = Guild(name, owner, [owner, *members], **facts)
        self._hub.guilds[made.id] = made
        return made

    def channel(self, guild: Guild, name: str, **facts: Any) -> Channel:
        return self._add(Channel(TEXT, name, guild, **facts))

    def thread(self, parent: Channel, name: str) -> Channel:
        made = self._add(Channel(THREAD, name, parent.guild, parent))
        self._hub.dispatch("THREAD_CREATE", payloads.channel(made, self._hub.bot), parent.guild)
        return made

    def dm(self, person: Person) -> Channel:
        return dm_with(self._hub, person)

    def group_dm(self, *people: Person) -> Channel:
        return self._add(Channel(GROUP_DM, "a group", recipients=list(people)))

    def _add(self, place: Channel) -> Channel:
        self._hub.channels[place.id] = place
        return place

    def delete_channel(self, place: Channel) -> None:
        place.deleted = True
        self._hub.dispatch("CHANNEL_DELETE", payloads.channel(place, self._hub.bot), place.guild)

    # --- messages

    def write(
        self,
        person: Person,
        place: Channel,
        text: str = "",
        *files: File,
        reply_to: Message | None = None,
        forwards: Message | None = None,
    ) -> Message:
        if place.kind == DM and not place.messages:
            data = payloads.channel(place, self._hub.bot)
            self._hub.dispatch("CHANNEL_CREATE", data, None)
        attached = [Attached(file) for file in files]
        flags = (1 << 13) if any(file.voice for file in files) else 0
        flags |= (1 << 14) if forwards else 0
        message = Message(place, person, text, attached, flags=flags, reply_to=reply_to, forwarded=forwards)
        return self._hub.post(message)

    def rewrite(self, message: Message, text: str) -> None:
        message.content = text
        self._hub.changed(message)

    @property
    def mention(self) -> str:
        return f"<@{self._hub.bot.id}>"

    # --- commands

    def slash(self, person: Person, place: Channel, name: str, *, foreign: bool = False, **options: Any) -> Interaction:
        """Uses a command that the bot has synced. A `File` is attached, a `Channel` is named."""
        data = self._command(name, 1)
        attached = Message(place, person, "", ephemeral_to=person)
        made, resolved = self._options(place, attached, options)
        if attached.files:
            place.messages[attached.id] = attached  # where the links of the attachments lead
        interaction = self._begin(2, person, place, {**data, "options": made, "resolved": resolved}, foreign=foreign)
        return self._send(interaction)

    def menu(self, person: Person, place: Channel, name: str, target: Message, *, foreign: bool = False) -> Interaction:
        """Right-clicks a message."""
        resolved = {"messages": {str(target.id): self._hub.shown(target)}}
        data = {**self._command(name, 3), "target_id": str(target.id), "resolved": resolved}
        return self._send(self._begin(2, person, place, data, foreign=foreign))

    def complete(self, person: Person, place: Channel, name: str, option: str, typed: str) -> Interaction:
        focused = {"name": option, "type": 3, "value": typed, "focused": True}
        return self._send(self._begin(4, person, place, {**self._command(name, 1), "options": [focused]}))

    def press(self, person: Person, message: Message, label: str, *, foreign: bool = False) -> Interaction:
        """Presses the button with that label, or with that custom id."""
        custom_id = message.buttons.get(label, label)
        data = {"custom_id": custom_id, "component_type": 2}
        return self._send(self._begin(3, person, message.channel, data, message=message, foreign=foreign))

    def submit(self, person: Person, opened: Interaction, **values: Any) -> Interaction:
        """Fills in the form that `opened` brought up: the values by custom id; one value goes into the first field."""
        assert opened.modal is not None, "no form came up"
        components = [_filled(row, values) for row in opened.modal["components"]]
        data = {"custom_id": opened.modal["custom_id"], "components": components, "resolved": {}}
        made = self._begin(5, person, opened.channel, data, message=opened.message, foreign=opened.foreign)
        return self._send(made)

    def _command(self, name: str, kind: int) -> Json:
        for each in self._hub.commands:
            if each["name"] == name and each.get("type", 1) == kind:
                return {"id": each["id"], "name": name, "type": kind}
        raise AssertionError(f"{name!r} was not synced: {[each['name'] for each in self._hub.commands]}")

    def _options(self, place: Channel, attached: Message, options: dict[str, Any]) -> tuple[list[Json], Json]:
        made: list[Json] = []
        resolved: Json = {}
        for name, value in options.items():
            given: Any = value
            if isinstance(value, File):
                one = Attached(value, ephemeral=True)
                attached.files.append(one)
                shown = payloads.attachment(self._hub.base, place, one, self._hub.now())
                resolved.setdefault("attachments", {})[str(one.id)] = shown
                given = str(one.id)
            elif isinstance(value, Channel):
                shown = payloads.channel(value, self._hub.bot) | {"permissions": str((1 << 53) - 1)}
                resolved.setdefault("channels", {})[str(value.id)] = shown
                given = str(value.id)
            made.append({"name": name, "type": _OPTION_TYPES[type(value)], "value": given})
        return made, resolved

    def _begin(
        self,
        kind: int,
        person: Person,
        place: Channel,
        data: Json,
        *,
        message: Message | None = None,
        foreign: bool = False,
    ) -> Interaction:
        made = Interaction(kind, person, place, f"i-{secrets.token_hex(20)}", data, self._hub.now(), foreign, message)
        made.id = snowflake(made.created)
        self._hub.interactions[made.token] = made
        return made

    def _send(self, each: Interaction) -> Interaction:
        shown = payloads.interaction(self._hub.base, each, self._hub.bot, self._hub.now(), self._hub.upload_limit)
        # Interactions reach the bot wherever it is installed, also where it is no member.
        guild = each.channel.guild if each.channel.guild and each.channel.guild.installed else None
        self._hub.dispatch("INTERACTION_CREATE", shown, guild)
        return each


def _filled(component: Json, values: dict[str, Any]) -> Json:
    """A form's component as the client sends it back."""
    if "component" in component:
        return {"type": component["type"], "id": 0, "component": _filled(component["component"], values)}
    if "components" in component:
        return {"type": component["type"], "components": [_filled(each, values) for each in component["components"]]}
    if "custom_id" not in component:
        return {"type": component["type"]}
    name = component["custom_id"]
    given = values.get(name, next(iter(values.values()), "") if len(values) == 1 else "")
    return {"type": component["type"], "id": 0, "custom_id": name, "value": given}
