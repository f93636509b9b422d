"""Several wishes of one message, seen together: united where they are one edit, asked back where they clash. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import reduce

from studio.operations import (
    AddMusic,
    AddText,
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
    Visualize,
)
from studio.understanding.model import About, Ask

_ONCE = (Speed, SetAspect)  # a second one says something else than the first


def reconciled(wishes: Sequence[Operation], kinds: frozenset[str]) -> tuple[Operation, ...] | Ask:
    """The wishes as they are to be done. `kinds` as `understand` has them."""
    if "audio" in kinds and "video" not in kinds:
        wishes = _drawn(wishes)
    muted = Mute() in wishes
    if muted:  # there is nothing left to take music out of
        wishes = [wish for wish in wishes if not isinstance(wish, RemoveMusic)]
    if muted and any(isinstance(wish, ExtractAudio | SetVolume) for wish in wishes):
        return Ask(About.CLASH)
    if muted and any(isinstance(wish, Mute) and wish.parts for wish in wishes):
        return Ask(About.CLASH)
    if any(isinstance(wish, RemoveMusic) for wish in wishes) and any(_is_level_of_music(wish) for wish in wishes):
        return Ask(About.CLASH)
    levels = [wish for wish in wishes if isinstance(wish, SetVolume)]
    if len({(wish.target, wish.parts) for wish in levels}) < len(levels):
        return Ask(About.CLASH)
    if {"all", "voice"} <= {wish.target for wish in levels if not wish.parts}:
        return Ask(About.CLASH)
    counts = Counter(type(wish) for wish in wishes)
    if counts[Trim] > 1 or any(_says_it_twice(wish) for wish in wishes) or _kept_and_cut(wishes):
        return Ask(About.CLASH)
    if any(counts[kind] > 1 for kind in _ONCE):
        return Ask(About.CLASH)
    return _cuts_united(wishes) if counts[Cut] > 1 else tuple(wishes)


def _is_level_of_music(wish: Operation) -> bool:
    return isinstance(wish, SetVolume) and wish.target == "bgm"


def _kept_and_cut(wishes: Sequence[Operation]) -> bool:
    kept = {part for wish in wishes if isinstance(wish, Trim) for part in wish.parts}
    return any(part in kept for wish in wishes if isinstance(wish, Cut) for part in wish.parts)


def _says_it_twice(wish: Operation) -> bool:
    """ "The second half, from 1:05 to the end": one part in two ways, and whether they agree nobody knows."""
    if not isinstance(wish, Trim | Cut) or len(wish.parts) == 1:
        return False
    shares = {moment.share for part in wish.parts for moment in (part.start, part.end)}
    timed = any(moment.seconds for part in wish.parts for moment in (part.start, part.end))
    return timed and not shares <= {0.0, 1.0}


def _drawn(wishes: Sequence[Operation]) -> list[Operation]:
    """ "Square, title 'x', and a waveform": of a sound, shape and title are those of the picture that is drawn."""
    drawn = [wish for wish in wishes if isinstance(wish, Visualize)]
    if not drawn:
        return list(wishes)
    made, others = reduce(_both, drawn), []
    for wish in wishes[: wishes.index(drawn[0])]:
        match wish:
            case SetAspect() if not made.aspect:
                made = replace(made, aspect=wish)
            case AddText(text, None) if not made.title:
                made = replace(made, title=text)
            case AddMusic() | Merge() if wish in (AddMusic(), Merge()):  # "my song, make a video of it"
                pass
            case _:
                others.append(wish)
    behind = [wish for wish in wishes[wishes.index(drawn[0]) + 1 :] if not isinstance(wish, Visualize)]
    return [*others, made, *behind]


def _both(first: Visualize, second: Visualize) -> Visualize:
    """There is one picture: what the second says of it is added to what the first says."""
    said = {field.name: getattr(second, field.name) for field in fields(second) if getattr(second, field.name)}
    return replace(first, **{name: value for name, value in said.items() if not getattr(first, name)})


def _cuts_united(wishes: Sequence[Operation]) -> tuple[Operation, ...]:
    """All times that are named are of what is seen now, not of what the cut before leaves."""
    parts = tuple(part for wish in wishes if isinstance(wish, Cut) for part in wish.parts)
    first = next(number for number, wish in enumerate(wishes) if isinstance(wish, Cut))
    others = [wish for wish in wishes if not isinstance(wish, Cut)]
    return (*others[:first], Cut(parts), *others[first:])
