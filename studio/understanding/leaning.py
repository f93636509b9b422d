"""A clause that leans on what was named before it: "…, remove it", "，删了". Pure."""

from __future__ import annotations

import re

from studio.understanding.lexicon import Act, Thing
from studio.understanding.remainder import unread
from studio.understanding.writing import Clause

_PRONOUN = re.compile(r"\b(?:it|that|this|them|those|these)\b|它")
_SHORT = 34  # characters


def is_bare_verb(clause: Clause, *acts: Act) -> bool:
    """ "…, remove it", "，删了": what it is done to was named before."""
    if not clause.does(*acts) or clause.spans or clause.quotes or len(clause.words) > _SHORT:
        return False
    named = clause.things - ({Thing.VIDEO} if clause.says(_PRONOUN) else set())
    return not named and unread(clause, (), strictly=True) is None
