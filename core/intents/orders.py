"""What a message orders or asks beside which something else is said: courtesy, impatience, a reason.

Each stretch has to be an order or a question that is known, or an aside. Of two different ones, and wherever the film
is spoken of, nothing is decided: the message is an edit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from core.intents.model import Act, Cancel, Credits, Intent, NeverMind, NewProject, Status
from core.intents.plain import QUOTED, plain
from core.intents.reading import Word, read
from core.intents.stretches import beginnings, stretches, tells
from core.language.traditional import simplified

Decide = Callable[[str], Intent | None]

_LONGEST = 200  # letters
_MOST_STRETCHES = 12
_MILD = frozenset(
    {"filler", "fine", "it", "yet", "done", "result", "some", "final", "again", "how_long", "link", "format"}
)
_REASON = frozenset({"reason", "waited"})
_HARMLESS = _MILD | _REASON | {"size", "condition"}
_FILM = frozenset({"edit", "sound", "shaping"})
_ORDERS = frozenset({"export", "give", "stop", "new_project", "restart", "upload"})
_DIGIT = re.compile(r"\d")


def ordered(text: str, decide: Decide) -> Intent | None:
    """`decide` reads a part that is said for itself."""
    said = simplified(plain(text))
    if len(said) > _LONGEST or QUOTED in said:
        return None
    parts = stretches(text)
    if len(parts) > _MOST_STRETCHES:
        return None
    found: list[Intent] = []
    for part in parts:
        intent = _of(part, decide)
        if intent:
            found.append(intent)
        elif not _is_aside(part):
            return None
    intent = _one(found)
    return None if isinstance(intent, Act) and _is_bound(read(said)) else intent


def _of(part: str, decide: Decide) -> Intent | None:
    for head, reason in beginnings(part):
        intent = decide(head)
        if intent and (not reason or _is_aside(reason)):
            return intent
    return None


def _one(found: Sequence[Intent]) -> Intent | None:
    """The one that all agree on. Who begins anew stops what runs; who also asks about what is to stop wants it to stop.
    Prices are told with what is left."""
    kinds = {type(intent) for intent in found}
    for kind, beside in _BESIDE.items():
        if kind in kinds and kinds <= {kind, *beside}:
            return next(intent for intent in found if isinstance(intent, kind))
    return found[0] if len(kinds) == 1 else None


_BESIDE: dict[type[Intent], tuple[type[Intent], ...]] = {
    NewProject: (Cancel, NeverMind),
    Cancel: (NeverMind, Status),
    Credits: (Status,),
}


def _is_aside(part: str) -> bool:
    """Whether `part` wishes nothing: it is courtesy, impatience or a reason, or tells of the writer."""
    words = read(simplified(plain(part)))
    if _speaks_of_film(words) or _wishes(words):
        return False
    return (
        tells(part)
        or all(word.concepts & _HARMLESS for word in words)
        or any(word.concepts & _REASON for word in words)
    )


def _speaks_of_film(words: Sequence[Word]) -> bool:
    return any(word.concepts & _FILM for word in words)


def _is_bound(words: Sequence[Word]) -> bool:
    """Whether something of the film, a condition or a number is said: "stop at 0:30", "export it once it's muted"."""
    return _speaks_of_film(words) or any(
        "condition" in word.concepts or (_DIGIT.search(word.text) and not word.concepts & {"waited", "format"})
        for word in words
    )


def _wishes(words: Sequence[Word]) -> bool:
    """Whether something is wanted, but for "i want to go", or something that is known to be an order is refused."""
    refused = any("not" in word.concepts for word in words) and any(word.concepts & _ORDERS for word in words)
    wanted = any("want" in word.concepts and not word.concepts & {"reason"} for word in words)
    return refused or wanted
