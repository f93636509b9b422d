"""The two lexicons: what a text does, and what it names. Pure."""

from __future__ import annotations

from studio.understanding.acts import ACTS, Act
from studio.understanding.things import THINGS, Thing

__all__ = ["ACTS", "MILD", "THINGS", "Act", "Thing", "acts_in", "things_in"]


# Said beside many a wish and no wish by themselves.
MILD = frozenset({Act.ADD, Act.MAKE, Act.SET, Act.EXTRACT})


def acts_in(text: str) -> frozenset[Act]:
    return frozenset(act for act, pattern in ACTS.items() if pattern.search(text))


def things_in(text: str) -> frozenset[Thing]:
    return frozenset(thing for thing, pattern in THINGS.items() if pattern.search(text))
