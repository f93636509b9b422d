"""Several wishes of one message, seen together: united where they are one edit, asked back where they clash. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from studio.operations import Cut, ExtractAudio, Mute, Operation, RemoveMusic, SetAspect, SetVolume, Speed
from studio.understanding.model import About, Ask

_ONCE = (Speed, SetAspect)  # a second one says something else than the first


def reconciled(wishes: Sequence[Operation]) -> tuple[Operation, ...] | Ask:
    """The wishes as they are to be done."""
    muted = Mute() in wishes
    if muted:  # there is nothing left to take music out of
        wishes = [wish for wish in wishes if not isinstance(wish, RemoveMusic)]
    if muted and any(isinstance(wish, ExtractAudio | SetVolume) for wish in wishes):
        return Ask(About.CLASH)
    counts = Counter(type(wish) for wish in wishes)
    if any(counts[kind] > 1 for kind in _ONCE):
        return Ask(About.CLASH)
    return _cuts_united(wishes) if counts[Cut] > 1 else tuple(wishes)


def _cuts_united(wishes: Sequence[Operation]) -> tuple[Operation, ...]:
    """All times that are named are of what is seen now, not of what the cut before leaves."""
    parts = tuple(part for wish in wishes if isinstance(wish, Cut) for part in wish.parts)
    first = next(number for number, wish in enumerate(wishes) if isinstance(wish, Cut))
    others = [wish for wish in wishes if not isinstance(wish, Cut)]
    return (*others[:first], Cut(parts), *others[first:])
