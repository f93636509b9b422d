"""The way of every interaction: it is acknowledged, then admitted, then handed over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from types import TracebackType

import aiohttp
import discord

from bots.discord.access import Choices, Doorkeeper
from bots.discord.account import may_write
from bots.discord.arrivals import Arrivals, Turn
from bots.discord.cursors import Cursors
from bots.discord.live_interactions import TOKEN_SECONDS, LiveInteraction, LiveInteractions
from bots.discord.missed import Missed
from bots.discord.places import Anchor, Spot, Way
from bots.discord.threads import opens_project, thread_for_interaction
from bots.platform import Rooms
from core.language.catalogue import say
from core.messages import Attachment, Incoming
from core.ports import Clock
from core.store import StorageTrouble

log = logging.getLogger(__name__)
OTHERS_SECONDS = 0.5
ACK_PAUSES = (0.1, 0.3, 0.6)
ALREADY_ACKNOWLEDGED = 40060


class InFlight:
    """Counts what must not be cut off: `async with in_flight:` around each; `quiet` returns when none is left."""

    def __init__(self) -> None:
        self._count = 0
        self._none = asyncio.Event()
        self._none.set()

    async def __aenter__(self) -> None:
        self._count += 1
        self._none.clear()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._count -= 1
        if not self._count:
            self._none.set()

    async def quiet(self) -> None:
        await self._none.wait()


@dataclass(frozen=True, slots=True)
class Desk:
    """Where commands, menus, forms and buttons come in. `taking` counts requests that are not saved yet, `acking`
    interactions that are not acknowledged yet; `arrivals` keeps the order in which they came."""

    rooms: Rooms
    doorkeeper: Doorkeeper
    live: LiveInteractions
    clock: Clock
    taking: InFlight
    acking: InFlight
    cursors: Cursors
    arrivals: Arrivals
    missed: Missed

    async def take(
        self,
        interaction: discord.Interaction,
        *,
        text: str = "",
        action: str = "",
        files: Sequence[Attachment] = (),
        hidden: bool = False,
        pressed: bool = False,
    ) -> None:
        """`hidden` answers to that person alone. `pressed` leaves the message with the button as it is."""
        async with self.taking, self.arrivals.of(interaction.channel_id or 0) as turn:
            incoming = await self.acknowledge(interaction, hidden=hidden, pressed=pressed)
            await self.others_first(interaction, turn)
            await self._admit(interaction, incoming, text=text, action=action, files=files, hidden=hidden)
            if interaction.context.dm_channel and interaction.channel_id:
                await self.cursors.note_dm(interaction.application_id, interaction.channel_id)

    async def _admit(
        self,
        interaction: discord.Interaction,
        incoming: Incoming,
        *,
        text: str,
        action: str,
        files: Sequence[Attachment],
        hidden: bool,
    ) -> None:
        admission = await self.doorkeeper.admit(interaction)
        if admission.refused:
            await self.rooms.assistant.tell(incoming, admission.refused)
        elif not hidden and not can_answer(interaction):
            await self.rooms.assistant.tell(incoming, "cannot-write")
        else:
            chosen = admission.chosen
            await self.hand_over(interaction, incoming, chosen, text=text, action=action, files=files, hidden=hidden)

    async def hand_over(
        self,
        interaction: discord.Interaction,
        incoming: Incoming,
        chosen: Choices,
        *,
        text: str = "",
        action: str = "",
        files: Sequence[Attachment] = (),
        hidden: bool = False,
    ) -> None:
        """As the server of the interaction chose: in its language, in a thread, with results of that size."""
        under = str(interaction.message.id) if interaction.message else ""
        asked = replace(incoming, text=text, action=action, attachments=tuple(files), under=under)
        if is_guest(interaction):
            await self.rooms.assistant.handle(asked)
            return
        if not hidden:
            asked = replace(asked, language=chosen.language or asked.language)
        if chosen.threads and not hidden and opens_project(asked):
            asked = await self._in_thread(interaction, asked)
        self.live.learn_upload(Spot.of(asked.place).channel, chosen.upload(interaction.filesize_limit))
        if action and (words := await self.rooms.assistant.objection(asked)):
            await whisper(interaction, words)
        else:
            await self.rooms.assistant.handle(asked)

    async def _in_thread(self, interaction: discord.Interaction, asked: Incoming) -> Incoming:
        moved = await thread_for_interaction(interaction, asked)
        anchor = Anchor.of(asked.reply_to)
        if moved is not asked and anchor and (live := self.live.answered_by(anchor.message)):
            live.loading = False
        return moved

    async def others_first(self, interaction: discord.Interaction, turn: Turn) -> None:
        """Where many come in the same moment, all are acknowledged before the work for the first of them slows down
        the acknowledgement of the last; within reason, for what is not saved yet may be lost. Then what came before in
        the same channel goes on before this, also what was written there while nobody listened."""
        with suppress(TimeoutError):
            async with asyncio.timeout(OTHERS_SECONDS):
                await self.acking.quiet()
        if not is_guest(interaction):
            with suppress(StorageTrouble):  # then it is looked up again
                await self.missed.before(interaction, interaction.guild.shard_id if interaction.guild else 0)
        await turn.comes()

    async def acknowledge(
        self, interaction: discord.Interaction, *, hidden: bool = False, pressed: bool = False
    ) -> Incoming:
        """Within three seconds, or Discord takes it for lost: so before anything that could wait.

        Also before it is saved: what Discord then tells its person to have failed has certainly started nothing, so
        that using it once more never costs twice. The other way round it might have been saved and be under way. Who
        dies between the two leaves a message that says "thinking" for 15 minutes.
        """
        guest, language = is_guest(interaction), str(interaction.locale)
        quiet = pressed and not hidden
        words = say(language, "guest-limits") if guest and not quiet and not hidden else ""
        async with self.acking:
            original = await _acknowledged(interaction, words, hidden=hidden, quiet=quiet)
        spot = Spot(interaction.channel_id or 0, interaction.user.id if guest else 0)
        live = LiveInteraction(
            application=interaction.application_id,
            token=interaction.token,
            place=spot.place,
            person=interaction.user.id,
            original=original,
            until=self.clock.monotonic() + TOKEN_SECONDS,
            hidden=hidden,
            loading=hidden or (not guest and not quiet),
            pressed=quiet,
            guest=guest,
        )
        self.live.add(live)
        self.live.learn_upload(spot.channel, interaction.filesize_limit)
        way = Way.HIDDEN if hidden else Way.REPLY if quiet else Way.LOADING
        anchor = Anchor(original, interaction.user.id, way)
        return Incoming(
            str(interaction.id), spot.place, str(interaction.user.id), language=language, reply_to=str(anchor)
        )


async def _acknowledged(interaction: discord.Interaction, words: str, *, hidden: bool, quiet: bool) -> int:
    """The id of the first answer. Asked again at once where none came back: within three seconds it is not too late,
    and Discord says so where it had taken it."""
    for pause in (*ACK_PAUSES, None):
        try:
            response: discord.InteractionCallbackResponse | None
            if words:
                response = await interaction.response.send_message(words)
            else:
                response = await interaction.response.defer(ephemeral=hidden, thinking=not quiet)
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
            return await _original(interaction, None, quiet=quiet)
        except (aiohttp.ClientError, TimeoutError, OSError):
            if pause is None:
                raise
        else:
            return await _original(interaction, response, quiet=quiet)
        await asyncio.sleep(pause)
    raise AssertionError("the last one returns or raises")


async def _original(
    interaction: discord.Interaction, response: discord.InteractionCallbackResponse | None, *, quiet: bool
) -> int:
    if quiet and interaction.message:
        return interaction.message.id
    if response and response.message_id:
        return response.message_id
    return (await interaction.original_response()).id


async def whisper(interaction: discord.Interaction, words: str) -> None:
    """To whoever pressed, and to nobody else. Nothing hangs on it."""
    try:
        await interaction.followup.send(words, ephemeral=True)
    except (discord.HTTPException, aiohttp.ClientError, TimeoutError, OSError) as error:
        log.info("a press was not explained: %s", type(error).__name__)


def can_answer(interaction: discord.Interaction) -> bool:
    """Interactions carry what the bot may do where they come from."""
    thread = isinstance(interaction.channel, discord.Thread)
    return is_guest(interaction) or interaction.guild is None or may_write(interaction.app_permissions, thread=thread)


def is_guest(interaction: discord.Interaction) -> bool:
    """Brought along by a person, into a channel that the bot is not in. Its own DMs are its own."""
    by_person = interaction.is_user_integration() and not interaction.is_guild_integration()
    return by_person and not interaction.context.dm_channel
