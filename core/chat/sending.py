"""A message within a platform's limits: what is too long for one goes in several, in order."""

from __future__ import annotations

from dataclasses import replace

from core.messages import Limits, Outgoing, Place, Sent
from core.ports import Messenger
from core.splitting import split, units


def parts_of(message: Outgoing, limits: Limits) -> list[Outgoing]:
    """At least one. The last carries buttons, media and the key, the first one replies."""
    texts = split(message.text, limits.text)
    if message.media and units(message.text) > limits.caption:
        *_, caption = split(message.text, limits.caption)
        before = message.text.rstrip().removesuffix(caption)
        texts = [*split(before, limits.text), caption]
    *first, last = texts or [""]
    bare = replace(message, buttons=(), media=(), link="")
    parts = [
        replace(bare, text=text, key=f"{message.key}-{number}" if message.key else "")
        for number, text in enumerate(first, start=1)
    ]
    parts.append(replace(message, text=last))
    return [part if number == 0 else replace(part, reply_to="") for number, part in enumerate(parts)]


async def speak(messenger: Messenger, place: Place, message: Outgoing) -> Sent:
    """Says all of it. Returns the last part; raises what `send` raises."""
    *first, last = parts_of(message, messenger.limits(place))
    for part in first:
        await messenger.send(place, part)
    return await messenger.send(place, last)
