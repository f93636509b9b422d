"""Keeps a message within a platform's limits: a text that is too long is split where a reader would split it."""

from __future__ import annotations

from dataclasses import replace

from core.messages import Limits, Outgoing, Place, Sent
from core.ports import Messenger

_LAST_OF_ONE_UNIT = "\uffff"
_BORDERS = ("\n\n", "\n", ". ", "。", "！", "？", "; ", "，", ", ", " ")


def units(text: str) -> int:
    """Length in UTF-16 units, which is what platforms count."""
    return len(text) + sum(char > _LAST_OF_ONE_UNIT for char in text)


def split(text: str, limit: int) -> list[str]:
    """Parts of at most `limit` UTF-16 units, in order; nothing but white space at the cuts is lost."""
    parts = []
    rest = text.strip()
    while units(rest) > limit:
        end = _cut(rest, limit)
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [part for part in [*parts, rest] if part]


def _cut(text: str, limit: int) -> int:
    longest = _beginning(text, limit)
    for border in _BORDERS:
        at = longest.rfind(border)
        # A border near the beginning would make a crumb of a message.
        if at >= len(longest) // 3:
            return at + len(border)
    return max(1, len(longest))


def _beginning(text: str, limit: int) -> str:
    longest = text[:limit]
    while units(longest) > limit:
        longest = longest[: -max(1, (units(longest) - limit) // 2)]
    return longest


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
