"""Long texts in messages of a platform's size, cut where a reader would cut them."""

from __future__ import annotations

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
