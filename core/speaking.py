"""Saying something within a platform's limits: what is too long for one message goes in several, in order."""

from __future__ import annotations

from dataclasses import replace

from core.messages import Outgoing, Place
from core.ports import Messenger
from core.splitting import split, units


async def speak(messenger: Messenger, place: Place, message: Outgoing) -> None:
    """The last message carries buttons and media, the first one replies. Raises what `send` raises."""
    limits = messenger.limits
    parts = split(message.text, limits.text)
    if message.media and units(message.text) > limits.caption:
        *_, caption = split(message.text, limits.caption)
        before = message.text.rstrip().removesuffix(caption)
        parts = [*split(before, limits.text), caption]
    *first, last = parts or [""]
    for text in first:
        await messenger.send(place, replace(message, text=text, buttons=(), media=None, link=""))
        message = replace(message, reply_to="")
    await messenger.send(place, replace(message, text=last))
