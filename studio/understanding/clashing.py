"""Wishes of one message of which not both can be meant: each rule says whether there are such. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from studio.timeline.operations import (
    Cut,
    ExtractAudio,
    Merge,
    Mute,
    Operation,
    RemoveMusic,
    SetAspect,
    SetVolume,
    Speed,
    Trim,
)

Wishes = Sequence[Operation]
_ONCE = (Trim, Speed, SetAspect)  # a second one says something else than the first


def clash(wishes: Wishes) -> bool:
    """Whether any two of them contradict each other."""
    return any(rule(wishes) for rule in _RULES)


def _several(wishes: Wishes) -> bool:
    counts = Counter(type(wish) for wish in wishes)
    return any(counts[kind] > 1 for kind in _ONCE)


def _muted_and_heard(wishes: Wishes) -> bool:
    heard = any(
        isinstance(wish, ExtractAudio | SetVolume) or (isinstance(wish, Mute) and wish.parts) for wish in wishes
    )
    return heard and Mute() in wishes


def _music_gone_and_set(wishes: Wishes) -> bool:
    gone = any(isinstance(wish, RemoveMusic) for wish in wishes)
    return gone and any(isinstance(wish, SetVolume) and wish.target == "bgm" for wish in wishes)


def _two_levels(wishes: Wishes) -> bool:
    levels = [wish for wish in wishes if isinstance(wish, SetVolume)]
    if len({(wish.target, wish.parts) for wish in levels}) < len(levels):
        return True
    return {"all", "voice"} <= {wish.target for wish in levels if not wish.parts}


def _kept_and_cut(wishes: Wishes) -> bool:
    kept = {part for wish in wishes if isinstance(wish, Trim) for part in wish.parts}
    return any(part in kept for wish in wishes if isinstance(wish, Cut) for part in wish.parts)


def _said_twice(wishes: Wishes) -> bool:
    """ "The second half, from 1:05 to the end": one part in two ways, and whether they agree nobody knows."""
    return any(_in_shares_and_seconds(wish) for wish in wishes if isinstance(wish, Trim | Cut))


def _in_shares_and_seconds(wish: Trim | Cut) -> bool:
    moments = [moment for part in wish.parts for moment in (part.start, part.end)]
    shares = {moment.share for moment in moments}
    return len(wish.parts) > 1 and any(moment.seconds for moment in moments) and not shares <= {0.0, 1.0}


_RULES: tuple[Callable[[Wishes], bool], ...] = (
    _several,
    _muted_and_heard,
    _music_gone_and_set,
    _two_levels,
    _kept_and_cut,
    _said_twice,
)


def merges_nothing(wishes: Wishes, kinds: frozenset[str]) -> bool:
    """Whether a sound is to be laid over it and taken out of it, and there is no sound but its own."""
    return {Merge, ExtractAudio} <= {*map(type, wishes)} and "audio" not in kinds
