"""A message that was not understood at first, in the other words that may be read once more. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from studio.understanding.footage import as_footage
from studio.understanding.otherwise import said_otherwise
from studio.understanding.spelling import corrected
from studio.understanding.untold import undenied, untold
from studio.understanding.writing import Writing, lowered


def other_texts(writing: Writing, *, softly: bool) -> Iterator[str]:
    """The text said otherwise; `softly` also without slips of the pen, denials, the film's name and what is told.

    Each is made of the one before it, and comes only where it differs.
    """
    text = writing.text
    asking, telling_nothing = partial(undenied, quotes=writing.quotes), partial(untold, quotes=writing.quotes)
    soft = (corrected, asking, said_otherwise, as_footage, telling_nothing)
    for plainer in soft if softly else (asking, said_otherwise):
        if (other := plainer(text)) != text:
            text = other
            yield text


def values_of(text: str) -> set[str]:
    """Every time, size and amount: another way to say something keeps them all, if not as often."""
    return set(re.findall(r"\d+|[秒分%]", lowered(text)))
