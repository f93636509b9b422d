"""Saying something within a platform's limits: what is too long for one message goes in several, in order."""

from __future__ import annotations

from dataclasses import replace

from core.messages import Outgoing, Place, Sent
from core.ports import Messenger
from core.splitting import split, units


async def speak(messenger: Messenger, place: Place, message: Outgoing) -> Sent:
    """The last message carries buttons and media, the first one replies. Returns that; raises what `send` does."""
    limits = messenger.limits(place)
    parts = split(message.text, limits.text)
    if message.media and units(message.text) > limits.caption:
        *_, caption = split(message.text, limits.caption)
        before = message.text.rstrip().removesuffix(caption)
        parts = [*split(before, limits.text), caption]
    *first, last = parts or [""]
    for number, text in enumerate(first, start=1):
        key = _part(message.key, number)
        await messenger.send(place, replace(message, text=text, buttons=(), media=(), link="", key=key))
        message = replace(message, reply_to="")
    return await messenger.send(place, replace(message, text=last))


def _part(key: str, number: int) -> str:
    return f"{key}-{number}" if key else ""
